import { writeSync } from 'node:fs';
import { NO_BLOCK } from '../../native/item-record.ts';
import type { BlockBuilder } from './block-builder.ts';
import { writeDigest } from './block-digest.ts';
import { INDEX_WORDS, IndexWord } from './format.ts';

const BUFFER_BYTES = 1 << 20;
/** Words of an entry kept until the end: the block id, then the index entry. */
const ENTRY_WORDS = 1 + INDEX_WORDS;

/** Which directory a block belongs to. */
export interface BlockIdentity {
  id: number;
  parentBlock: number;
  parentRecord: number;
}

/**
 * Appends finished blocks to the manifest under construction. Several threads write to one file: each reserves its
 * stretch with an atomic counter, and keeps the index entries of its own blocks.
 */
export class BlockWriter {
  readonly #file: number;
  readonly #end: BigInt64Array;
  #bytes: Buffer;
  #words: Uint32Array;
  #filled = 0;
  #entries = new Uint32Array(256 * ENTRY_WORDS);
  #entryCount = 0;
  #flushedEntries = 0;

  /**
   * @param file descriptor of the manifest under construction
   * @param end shared counter: the file's next free offset
   */
  constructor(file: number, end: BigInt64Array) {
    this.#file = file;
    this.#end = end;
    const memory = new ArrayBuffer(2 * BUFFER_BYTES);
    this.#bytes = Buffer.from(memory);
    this.#words = new Uint32Array(memory);
  }

  append(block: BlockBuilder, identity: BlockIdentity, next: number, losses: number): void {
    const length = block.byteLength;
    if (this.#filled + length > this.#bytes.length) this.#makeRoom(length);
    const at = this.#filled;
    const count = block.count;
    block.writeTo(this.#bytes, this.#words, at, identity.id, next, losses);
    this.#filled += length;
    this.#note(identity, at, length, count, next);
    if (this.#filled >= BUFFER_BYTES) this.flush();
  }

  flush(): void {
    if (this.#filled === 0) return;
    const base = Number(Atomics.add(this.#end, 0, BigInt(this.#filled)));
    for (let done = 0; done < this.#filled;)
      done += writeSync(this.#file, this.#bytes, done, this.#filled - done, base + done);
    this.#filled = 0;
    // Offsets were relative to the buffer until its place in the file was known.
    for (let i = this.#flushedEntries; i < this.#entryCount; i++) {
      const at = i * ENTRY_WORDS + 1;
      const offset = base + this.#entries[at + IndexWord.Offset];
      this.#entries[at + IndexWord.Offset] = offset % 0x1_0000_0000;
      this.#entries[at + IndexWord.OffsetHi] = Math.floor(offset / 0x1_0000_0000);
    }
    this.#flushedEntries = this.#entryCount;
  }

  /** Block ids and index entries of everything written, {@link ENTRY_WORDS} words each. */
  finish(): Uint32Array {
    this.flush();
    return this.#entries.slice(0, this.#entryCount * ENTRY_WORDS);
  }

  #note(identity: BlockIdentity, at: number, length: number, count: number, next: number): void {
    if ((this.#entryCount + 1) * ENTRY_WORDS > this.#entries.length) {
      const larger = new Uint32Array(this.#entries.length * 2);
      larger.set(this.#entries);
      this.#entries = larger;
    }
    const entry = this.#entryCount * ENTRY_WORDS;
    const words = this.#entries;
    words[entry] = identity.id;
    words[entry + 1 + IndexWord.Offset] = at;
    words[entry + 1 + IndexWord.OffsetHi] = 0;
    words[entry + 1 + IndexWord.Length] = length;
    words[entry + 1 + IndexWord.Count] = count;
    words[entry + 1 + IndexWord.Next] = next;
    words[entry + 1 + IndexWord.ParentBlock] = identity.parentBlock;
    words[entry + 1 + IndexWord.ParentRecord] = identity.parentRecord;
    writeDigest(this.#bytes.subarray(at, at + length), words, entry + 1 + IndexWord.Digest);
    this.#entryCount++;
  }

  #makeRoom(length: number): void {
    this.flush();
    if (length <= this.#bytes.length) return;
    const memory = new ArrayBuffer(length * 2);
    this.#bytes = Buffer.from(memory);
    this.#words = new Uint32Array(memory);
  }
}

/** Merges the entries of all writers into the index of `blocks` block ids. */
export function mergeIndex(parts: readonly Uint32Array[], blocks: number): Uint32Array {
  const index = new Uint32Array(blocks * INDEX_WORDS);
  for (let id = 0; id < blocks; id++) index[id * INDEX_WORDS + IndexWord.Next] = NO_BLOCK;
  for (const part of parts)
    for (let at = 0; at < part.length; at += ENTRY_WORDS)
      index.set(part.subarray(at + 1, at + ENTRY_WORDS), part[at] * INDEX_WORDS);
  return index;
}
