import { readSync } from 'node:fs';
import { NO_BLOCK, RECORD_BYTES, RECORD_WORDS, Word } from '../../native/item-record.ts';
import type { BytePath } from '../../native/byte-path.ts';
import { BLOCK_HEADER_WORDS, BLOCK_MAGIC, BlockWord, INDEX_WORDS, IndexWord } from './format.ts';
import { blockIsIntact, damaged, type ManifestFile } from './manifest-file.ts';

/** Blocks are small and the next one wanted is mostly the next one in the file. */
const WINDOW_BYTES = 64 * 1024;

/** Reads one block at a time into memory it reuses. */
export class BlockReader {
  readonly manifest: ManifestFile;
  bytes: Buffer;
  words: Uint32Array;
  id = NO_BLOCK;
  /** Records of the block. */
  count = 0;
  next = NO_BLOCK;
  losses = 0;
  #names = 0;
  readonly #window: Buffer | undefined;
  #windowStart = 0;
  #windowEnd = 0;
  /** Where the last block asked for ended: reading ahead pays only where the next one follows. */
  #lastEnd = 0;

  /** @param inOrder blocks are mostly asked for in the order they were written in */
  constructor(manifest: ManifestFile, inOrder = false) {
    this.manifest = manifest;
    this.#window = inOrder ? Buffer.allocUnsafeSlow(WINDOW_BYTES) : undefined;
    const memory = new ArrayBuffer(256 * 1024);
    this.bytes = Buffer.from(memory);
    this.words = new Uint32Array(memory);
  }

  /** @throws EngineError ManifestDamaged, naming the file and the block */
  load(id: number): void {
    const { index, path } = this.manifest;
    const entry = id * INDEX_WORDS;
    const length = index[entry + IndexWord.Length];
    this.id = id;
    if (length === 0) {
      this.count = 0;
      this.next = NO_BLOCK;
      this.losses = 0;
      return;
    }
    if (length > this.bytes.length) this.#grow(length);
    const offset = index[entry + IndexWord.Offset] + index[entry + IndexWord.OffsetHi] * 0x1_0000_0000;
    const got = this.#read(length, offset);
    if (got !== length || this.words[BlockWord.Magic] !== BLOCK_MAGIC || this.words[BlockWord.Id] !== id)
      throw damaged(path, `block ${id} at byte ${offset} is not where the index says`);
    if (!blockIsIntact(index, id, this.bytes.subarray(0, length)))
      throw damaged(path, `the checksum of block ${id} at byte ${offset} does not match (${this.#describe(id)})`);
    this.count = this.words[BlockWord.Count];
    this.next = this.words[BlockWord.Next];
    this.losses = this.words[BlockWord.Losses];
    this.#names = BLOCK_HEADER_WORDS * 4 + this.count * RECORD_BYTES;
  }

  /** Word offset of a record in {@link words}. */
  at(record: number): number {
    return BLOCK_HEADER_WORDS + record * RECORD_WORDS;
  }

  /** Byte offset of a record's NUL-terminated name in {@link bytes}. */
  nameAt(record: number): number {
    return this.#names + this.words[this.at(record) + Word.Name];
  }

  name(record: number): BytePath {
    const from = this.nameAt(record);
    return this.bytes.latin1Slice(from, this.bytes.indexOf(0, from));
  }

  /** Whether as many records of another block have the same bytes and the same names, those at the same places. */
  hasSameRecords(from: number, to: number, other: BlockReader, otherFrom: number): boolean {
    const length = (to - from) * RECORD_BYTES;
    const at = this.at(from) * 4;
    const otherAt = other.at(otherFrom) * 4;
    const namesBytes = this.words[BlockWord.NamesBytes];
    return (
      namesBytes === other.words[BlockWord.NamesBytes] &&
      this.bytes.compare(other.bytes, otherAt, otherAt + length, at, at + length) === 0 &&
      this.bytes.compare(
        other.bytes,
        other.#names,
        other.#names + namesBytes,
        this.#names,
        this.#names + namesBytes,
      ) === 0
    );
  }

  #read(length: number, offset: number): number {
    const { file } = this.manifest;
    const window = this.#window;
    const follows = offset >= this.#lastEnd && offset - this.#lastEnd < WINDOW_BYTES;
    this.#lastEnd = offset + length;
    const isThere = offset >= this.#windowStart && offset + length <= this.#windowEnd;
    if (!window || length > window.length || !(isThere || follows))
      return readSync(file, this.bytes, 0, length, offset);
    if (offset < this.#windowStart || offset + length > this.#windowEnd) {
      this.#windowStart = offset;
      this.#windowEnd = offset + readSync(file, window, 0, window.length, offset);
    }
    const from = offset - this.#windowStart;
    return window.copy(this.bytes, 0, from, Math.min(from + length, this.#windowEnd - this.#windowStart));
  }

  #describe(id: number): string {
    return id === 0 ? 'the list of sources' : `${this.manifest.index[id * INDEX_WORDS + IndexWord.Count]} items`;
  }

  #grow(length: number): void {
    const memory = new ArrayBuffer((length * 2 + 7) & ~7);
    this.bytes = Buffer.from(memory);
    this.words = new Uint32Array(memory);
  }
}
