import { createHash, type Hash } from 'node:crypto';
import type { CopyProgress } from '../types.ts';
import { ItemFlag, Word } from '../item-record.ts';

const zeros = Buffer.alloc(64 * 1024);

/** SHA-256 of content that comes in order, with holes that are not read. */
export class ContentHash {
  readonly #hash: Hash;
  readonly #progress: CopyProgress;
  #position = 0;
  /** The copy was stopped while a hole was hashed. */
  cancelled = false;

  constructor(progress: CopyProgress, hash: Hash = createHash('sha256')) {
    this.#progress = progress;
    this.#hash = hash;
  }

  update(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#position += bytes.length;
  }

  /** Zeros up to a position. */
  hole(end: number): void {
    for (let turn = 0; this.#position < end && !this.cancelled; turn++) {
      const left = end - this.#position;
      this.update(left < zeros.length ? zeros.subarray(0, left) : zeros);
      if (turn % 256 === 255) this.cancelled = !this.#progress(0);
    }
  }

  store(record: Uint32Array, at: number): void {
    storeHash(this.#hash.digest(), record, at);
  }
}

export function storeHash(digest: Buffer, record: Uint32Array, at: number): void {
  for (let i = 0; i < 8; i++) record[at + Word.ContentHash + i] = digest.readUInt32LE(i * 4);
  record[at + Word.Flags] |= ItemFlag.Hashed;
}
