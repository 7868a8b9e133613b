import { linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { threadId } from 'node:worker_threads';
import type { Directory, Native, NativeCode, PinnedBuffer } from '../../native/index.ts';
import type { BytePath } from '../../native/byte-path.ts';
import { fsPath } from '../../native/fs-path.ts';
import { RECORD_WORDS, Word } from '../../native/item-record.ts';

/** How long a follower waits for a leader that has announced its copy but not placed it yet. */
const PATIENCE_MS = 10_000;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/**
 * Keeps the hard links of the source: the first name of a file that is placed leaves a link to its copy here, under the
 * file's id, and every further name is linked to that. Whichever thread comes first wins; no memory is held, however many
 * such files there are.
 */
export class LinkPool {
  readonly #native: Native;
  readonly #directory: Directory;
  readonly #path: string;
  readonly #key: PinnedBuffer;

  /**
   * @param folder the pool's folder, below the set
   * @param path the same, absolute, as text
   */
  constructor(native: Native, set: Directory, folder: BytePath, path: string) {
    this.#native = native;
    this.#directory = native.openDirectory(set, folder, 'fill');
    this.#path = path;
    this.#key = native.allocate(64);
  }

  /**
   * Links the item to the copy of an earlier name of its file.
   * @returns undefined when this is the first name; else the code of the link, and on success the record of what was
   *   placed, hash included, in `record`
   */
  follow(
    record: Uint32Array,
    at: number,
    target: Directory,
    names: PinnedBuffer,
    name: number,
  ): NativeCode | undefined {
    const key = this.#writeKey(record, at);
    const code = this.#native.link(this.#directory, this.#key, 0, target, names, name);
    if (this.#native.isMissing(code)) return undefined;
    if (code === 0) record.set(this.#readRecord(key), at);
    return code;
  }

  /**
   * Offers a placed item to the further names of its file.
   * @returns false when another thread was first; {@link follow} it instead
   */
  lead(record: Uint32Array, at: number, target: Directory, names: PinnedBuffer, name: number): boolean {
    const key = this.#writeKey(record, at);
    const draft = fsPath(this.#path, `draft-${threadId}`);
    writeFileSync(draft, record.subarray(at, at + RECORD_WORDS));
    try {
      // The record is the announcement: who finds the link finds its record, and only one thread can make it.
      linkSync(draft, fsPath(this.#path, `${key}.record`));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      this.#awaitLeader(target, names, name);
      return false;
    } finally {
      unlinkSync(draft);
    }
    // A failure (the link limit, for one) only means that further names get copies of their own.
    this.#native.link(target, names, name, this.#directory, this.#key, 0);
    return true;
  }

  close(): void {
    this.#native.closeDirectory(this.#directory);
  }

  /** Removes this thread's copy; waits until the leader's can be linked to. */
  #awaitLeader(target: Directory, names: PinnedBuffer, name: number): void {
    const probe = this.#native.allocate(8);
    probe.bytes.write('probe\0', 0, 'latin1');
    const until = Date.now() + PATIENCE_MS;
    while (Date.now() < until) {
      const code = this.#native.link(this.#directory, this.#key, 0, this.#directory, probe, 0);
      if (code === 0) {
        this.#native.removeFile(this.#directory, probe, 0);
        this.#native.removeFile(target, names, name);
        return;
      }
      if (!this.#native.isMissing(code)) return;
      Atomics.wait(sleeper, 0, 0, 1);
    }
  }

  #writeKey(record: Uint32Array, at: number): string {
    const high = record[at + Word.FileIdHi].toString(16);
    const key = `${record[at + Word.Device].toString(16)}-${high}-${record[at + Word.FileId].toString(16)}`;
    this.#key.bytes[this.#key.bytes.latin1Write(key, 0)] = 0;
    return key;
  }

  #readRecord(key: string): Uint32Array {
    const bytes = readFileSync(fsPath(this.#path, `${key}.record`));
    return new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  }
}
