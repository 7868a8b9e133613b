import { NativeError, type CopyProgress, type Directory, type Native, type PinnedBuffer } from '../../native/index.ts';
import type { BytePath } from '../../native/byte-path.ts';
import { FileType, ItemFlag, RECORD_WORDS, Word, readSeconds } from '../../native/item-record.ts';
import { sameContentHash, sameDigest } from '../plan/compare-records.ts';

/** Clocks of source and destination may differ by this much before content is compared. */
const CLOCK_SLACK_SECONDS = 2;

/** A staging folder of an interrupted run, below the set. */
export interface ResumeFolder {
  folder: BytePath;
  /** Written since the machine was started: what was never flushed is still there. */
  trusted: boolean;
}

/**
 * Finds files that an interrupted run has copied already. A staged file carries its final name only once it is whole
 * with all its metadata, so equal metadata says it is the same version; its content is read once for the hash.
 */
export class ResumeLookup {
  readonly #native: Native;
  readonly #roots: Directory[];
  readonly #folders: readonly ResumeFolder[];
  readonly #opened: (Directory | undefined)[] = [];
  readonly #staged = new Uint32Array(RECORD_WORDS);
  readonly #check = new Uint32Array(RECORD_WORDS);
  #path: BytePath = '';
  #isOpen = false;

  constructor(native: Native, set: Directory, folders: readonly ResumeFolder[]) {
    this.#native = native;
    this.#folders = folders;
    this.#roots = folders.map(({ folder }) => native.openDirectory(set, folder, 'reference'));
  }

  get isEmpty(): boolean {
    return this.#roots.length === 0;
  }

  enter(path: BytePath): void {
    this.#path = path;
  }

  leave(): void {
    if (!this.#isOpen) return;
    for (const directory of this.#opened) if (directory) this.#native.closeDirectory(directory);
    this.#opened.length = 0;
    this.#isOpen = false;
  }

  /**
   * Looks for a staged copy of the item. On success the record holds the content hash and the metadata digest.
   * @returns the directory to link it from, under the same name
   */
  find(
    source: Directory,
    names: PinnedBuffer,
    name: number,
    record: Uint32Array,
    at: number,
    hash: boolean,
    progress: CopyProgress,
  ): Directory | undefined {
    if ((record[at + Word.Mode] & FileType.Mask) !== FileType.File) return undefined;
    if (!this.#isOpen) this.#open();
    for (let i = 0; i < this.#opened.length; i++) {
      const directory = this.#opened[i];
      const { trusted } = this.#folders[i];
      if (directory && this.#isSame(directory, trusted, source, names, name, record, at, hash, progress))
        return directory;
    }
    return undefined;
  }

  close(): void {
    this.leave();
    for (const root of this.#roots) this.#native.closeDirectory(root);
  }

  #isSame(
    directory: Directory,
    trusted: boolean,
    source: Directory,
    names: PinnedBuffer,
    name: number,
    record: Uint32Array,
    at: number,
    hash: boolean,
    progress: CopyProgress,
  ): boolean {
    const native = this.#native;
    const staged = this.#staged;
    if (native.stat(directory, names, name, staged, 0) !== 0) return false;
    for (const word of SAME) if (staged[word] !== record[at + word]) return false;
    if (native.digestMetadata(directory, names, name, staged, 0) !== 0) return false;
    if (native.digestMetadata(source, names, name, record, at) !== 0 || !sameDigest(record, at, staged, 0))
      return false;
    // Changed again after it was staged, or so soon that the times cannot tell: compare the content.
    const suspicious =
      !trusted || lastTouched(record, at) >= readSeconds(staged, Word.ChangeTime) - CLOCK_SLACK_SECONDS;
    if (!hash && !suspicious) return true;
    if (native.hashContent(directory, names, name, staged, 0, progress) !== 0) return false;
    if ((staged[Word.Flags] & ItemFlag.Hashed) === 0) return false;
    if (suspicious) {
      this.#check.set(record.subarray(at, at + RECORD_WORDS));
      if (native.hashContent(source, names, name, this.#check, 0, progress) !== 0) return false;
      if (!sameContentHash(this.#check, 0, staged, 0)) return false;
    }
    if (hash) {
      record.set(staged.subarray(Word.ContentHash, RECORD_WORDS), at + Word.ContentHash);
      record[at + Word.Flags] |= ItemFlag.Hashed;
    }
    return true;
  }

  #open(): void {
    for (const root of this.#roots) {
      try {
        this.#opened.push(this.#native.openDirectory(root, this.#path, 'list'));
      } catch (error) {
        if (!(error instanceof NativeError)) throw error;
        this.#opened.push(undefined);
      }
    }
    this.#isOpen = true;
  }
}

const SAME = [
  Word.Mode,
  Word.Size,
  Word.SizeHi,
  Word.WriteTime,
  Word.WriteTimeHi,
  Word.WriteTimeNs,
  Word.Owner,
  Word.Group,
] as const;

function lastTouched(record: Uint32Array, at: number): number {
  return Math.max(readSeconds(record, at + Word.WriteTime), readSeconds(record, at + Word.ChangeTime));
}
