import { mkdirSync } from 'node:fs';
import {
  NativeError,
  type CopyResult,
  type Directory,
  type Entry,
  type Native,
  type NativeCode,
  type PinnedBuffer,
} from '../../native/index.ts';
import { byteFromText, type BytePath } from '../../native/byte-path.ts';
import { FileType, ItemFlag, RECORD_WORDS, Word, readUnsigned64 } from '../../native/item-record.ts';
import { emptyCopyResult } from '../apply/applier.ts';
import type { Layout } from '../generation/layout.ts';
import { HEALING } from '../generation/recover.ts';
import { sameContentHash, sameDigest } from '../plan/compare-records.ts';
import { removeEntry } from '../remove/remove-entry.ts';
import { inodeOf } from './inspect.ts';
import { pinned } from './places.ts';

/** What came of making a copy. */
export type Made =
  { kind: 'Made'; losses: number; attributes: 'AsRecorded' | 'Other' } | { kind: 'Refused'; why: string };

/** An error code, 0 for success, or: what was to get a further name is another file by now. */
export type Placed = NativeCode | 'Replaced';

/** The folder of the set in which fresh copies are made, and get their names from. */
export class Workshop {
  readonly #native: Native;
  readonly #layout: Layout;
  readonly #signal: AbortSignal;
  readonly #staged: Directory;
  readonly #temporary: Directory;
  readonly #link: PinnedBuffer;
  readonly #record = new Uint32Array(RECORD_WORDS);
  readonly #found = new Uint32Array(RECORD_WORDS);
  readonly #result: CopyResult = emptyCopyResult();
  #made: Entry | undefined;

  /** Needs the set's lock. @throws NativeError */
  constructor(native: Native, layout: Layout, signal: AbortSignal) {
    this.#native = native;
    this.#layout = layout;
    this.#signal = signal;
    removeEntry(native, layout.set, layout.work(HEALING));
    for (const folder of ['', 'staged', 'temporary'])
      mkdirSync(layout.path(layout.work(HEALING), folder), { mode: 0o700 });
    const set = native.openRoot(byteFromText(layout.set), 'reference');
    try {
      this.#staged = native.openDirectory(set, `${layout.work(HEALING)}/staged`, 'fill');
      this.#temporary = native.openDirectory(set, `${layout.work(HEALING)}/temporary`, 'fill');
    } finally {
      native.closeDirectory(set);
    }
    this.#link = pinned(native, 'link');
  }

  /**
   * Makes a copy with the metadata that was recorded, durable when it returns; nothing of the set is changed by that.
   * @param donors what may have the ACL, extended attributes and so on that were recorded, the origin last
   */
  make(origin: Entry, name: BytePath, record: Uint32Array, donors: readonly Entry[]): Made {
    this.discard();
    const native = this.#native;
    const copied = this.#record;
    const result = this.#result;
    const seen = native.stat(origin.directory, origin.names, origin.name, copied, 0);
    if (seen !== 0) return this.#refused(seen);
    if (!looksAlike(copied, record)) return { kind: 'Refused', why: 'it has another type or size' };
    copied[Word.Losses] = 0;
    copied[Word.Flags] &= ~ItemFlag.Hashed;
    const names = pinned(native, name);
    const paths = { source: origin.directory, names, name: 0, target: this.#staged, temporary: this.#temporary };
    native.copy({ ...paths, record: copied, at: 0, hash: true }, () => !this.#signal.aborted, result);
    this.#signal.throwIfAborted();
    if (result.code !== 0) return this.#refused(result.code);
    if (result.typeChanged) return { kind: 'Refused', why: 'it has another type' };
    const made: Entry = { directory: this.#staged, names, name: 0 };
    this.#made = made;
    if (result.torn || !sameContentHash(copied, 0, record, 0)) {
      this.discard();
      return { kind: 'Refused', why: 'its SHA-256 is another' };
    }
    return this.#finish(made, record, donors);
  }

  /** Gives one more name to what was made, or to an item of the set, in place of what has that name now. */
  place(from: Entry | 'Made', inode: string | undefined, directory: Directory, name: BytePath): Placed {
    const native = this.#native;
    const source = from === 'Made' ? this.#made : from;
    if (!source) throw new Error('Nothing was made.');
    native.removeFile(this.#temporary, this.#link, 0);
    const linked = native.link(source.directory, source.names, source.name, this.#temporary, this.#link, 0);
    if (linked !== 0) return linked;
    // What was looked at, and not what has got its name since.
    const seen = native.stat(this.#temporary, this.#link, 0, this.#found, 0);
    if (seen !== 0) return seen;
    if (inode !== undefined && inodeOf(this.#found) !== inode) return 'Replaced';
    return native.renameOver(this.#temporary, this.#link, 0, directory, pinned(native, name), 0);
  }

  discard(): void {
    if (this.#made) this.#native.removeFile(this.#made.directory, this.#made.names, this.#made.name);
    this.#made = undefined;
  }

  /** Makes durable what was placed. */
  flush(): void {
    this.#native.syncVolume(this.#staged);
  }

  close(): void {
    const native = this.#native;
    native.closeDirectory(this.#staged);
    native.closeDirectory(this.#temporary);
    try {
      removeEntry(native, this.#layout.set, this.#layout.work(HEALING));
    } catch (error) {
      // The next run removes it.
      if (!(error instanceof NativeError)) throw error;
    }
  }

  #finish(made: Entry, record: Uint32Array, donors: readonly Entry[]): Made {
    const native = this.#native;
    const isPlain = record[Word.MetadataDigest] === 0 && record[Word.MetadataDigest + 1] === 0;
    const donor = isPlain && native.platform === 'linux' ? undefined : (this.#donorOf(record, donors) ?? donors.at(-1));
    const wanted = this.#record;
    wanted.set(record);
    wanted[Word.Losses] = 0;
    const code = native.applyRecord(made, donor, wanted, 0);
    if (code !== 0) {
      this.discard();
      return this.#refused(code);
    }
    return {
      kind: 'Made',
      losses: wanted[Word.Losses],
      attributes: sameDigest(wanted, 0, record, 0) ? 'AsRecorded' : 'Other',
    };
  }

  #donorOf(record: Uint32Array, donors: readonly Entry[]): Entry | undefined {
    const found = this.#found;
    return donors.find(({ directory, names, name }) => {
      if (this.#native.stat(directory, names, name, found, 0) !== 0) return false;
      if (((found[Word.Mode] ^ record[Word.Mode]) & FileType.Mask) !== 0) return false;
      return this.#native.digestMetadata(directory, names, name, found, 0) === 0 && sameDigest(found, 0, record, 0);
    });
  }

  #refused(code: NativeCode): Made {
    const { text, name } = this.#native.describeError(code);
    return { kind: 'Refused', why: `${text} (${name})` };
  }
}

function looksAlike(found: Uint32Array, record: Uint32Array): boolean {
  if (((found[Word.Mode] ^ record[Word.Mode]) & FileType.Mask) !== 0) return false;
  const isFile = (record[Word.Mode] & FileType.Mask) === FileType.File;
  return !isFile || readUnsigned64(found, Word.Size) === readUnsigned64(record, Word.Size);
}
