import { closeSync, openSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import type { Directory, Native, NativeCode, PinnedBuffer } from '../../native/index.ts';
import type { BytePath } from '../../native/byte-path.ts';
import { fsPath, type FsPath } from '../../native/fs-path.ts';
import { RECORD_WORDS, Word } from '../../native/item-record.ts';
import { pause } from '../../native/pause.ts';

const PAUSE_MS = 2;

/** `first`: this name's item has to be placed, then {@link LinkPool.lead} or {@link LinkPool.abandon} be called. */
export type Followed = 'first' | 'stopped' | NativeCode;

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
  /** The file whose first name this thread is placing. */
  #claimed = '';

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
   * Links the item to the copy of an earlier name of its file, waiting for it if another thread is placing that now.
   * On success the record of what was placed, hash included, is in `record`.
   * @param stopped asked while waiting
   */
  follow(
    record: Uint32Array,
    at: number,
    target: Directory,
    names: PinnedBuffer,
    name: number,
    stopped: () => boolean,
  ): Followed {
    const key = this.#writeKey(record, at);
    for (;;) {
      const code = this.#native.link(this.#directory, this.#key, 0, target, names, name);
      if (code === 0) record.set(this.#readRecord(key), at);
      if (!this.#native.isMissing(code)) return code;
      if (this.#claim(key)) return 'first';
      if (stopped()) return 'stopped';
      pause(PAUSE_MS);
    }
  }

  /** Offers the placed item to the further names of the file that {@link follow} called `first`. */
  lead(record: Uint32Array, at: number, target: Directory, names: PinnedBuffer, name: number): void {
    const path = this.#recordPath(this.#claimed);
    this.#key.bytes[this.#key.bytes.latin1Write(this.#claimed, 0)] = 0;
    // The record is complete before the link is there: who finds the link finds the record.
    writeFileSync(path, record.subarray(at, at + RECORD_WORDS));
    // If it cannot be linked (the link limit, for one), further names get copies of their own.
    if (this.#native.link(target, names, name, this.#directory, this.#key, 0) !== 0) unlinkSync(path);
  }

  /** The first name could not be placed: the next one is first again. */
  abandon(): void {
    unlinkSync(this.#recordPath(this.#claimed));
  }

  close(): void {
    this.#native.closeDirectory(this.#directory);
  }

  /** Only one thread can create the record: the one whose name is first. */
  #claim(key: string): boolean {
    try {
      closeSync(openSync(this.#recordPath(key), 'wx', 0o600));
      this.#claimed = key;
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  #recordPath(key: string): FsPath {
    return fsPath(this.#path, `${key}.record`);
  }

  #writeKey(record: Uint32Array, at: number): string {
    const high = record[at + Word.FileIdHi].toString(16);
    const key = `${record[at + Word.Device].toString(16)}-${high}-${record[at + Word.FileId].toString(16)}`;
    this.#key.bytes[this.#key.bytes.latin1Write(key, 0)] = 0;
    return key;
  }

  #readRecord(key: string): Uint32Array {
    const bytes = readFileSync(this.#recordPath(key));
    return new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  }
}
