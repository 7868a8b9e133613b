/**
 * Takes streams that must not be copied out of what BackupRead gives, in place, and hashes the unnamed data on the way.
 * https://learn.microsoft.com/windows/win32/api/winbase/ns-winbase-win32_stream_id
 */
import type { ContentHash } from './content-hash.ts';

/** `dwStreamId`. */
const Stream = { Data: 1, AlternateData: 4, PropertyData: 6, ReparseData: 8, SparseBlock: 9 } as const;

/**
 * Kept. Not among them: object ids, which are unique on a volume; names of links; transactional data, which belongs to
 * the volume's log; security and extended attributes, which are copied apart so that each part lost can be told.
 */
const KEPT: ReadonlySet<number> = new Set(Object.values(Stream));
const HEADER = 20;
const SPARSE_OFFSET = 8;

export class BackupFilter {
  readonly #bytes: Buffer;
  #hash: ContentHash | undefined;
  /** Bytes at the start of the buffer that go to the target. */
  kept = 0;
  /** Bytes after those: the beginning of a header. */
  #partial = 0;
  /** Bytes of the current stream still to come. */
  #left = 0;
  #keeping = false;
  #stream = 0;
  /** The unnamed data is the current stream, or the one that sparse blocks belong to. */
  #isMain = false;
  /** Offset bytes of the current sparse block not seen yet, and what they said so far. */
  #offsetLeft = 0;
  #offset = 0;
  /** Bytes of unnamed data passed. */
  dataBytes = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  begin(hash: ContentHash | undefined): void {
    this.#hash = hash;
    this.kept = 0;
    this.#partial = 0;
    this.#left = 0;
    this.#isMain = false;
    this.dataBytes = 0;
  }

  /** Where the next bytes are to be read to. */
  get end(): number {
    return this.kept + this.#partial;
  }

  /** The last stream was there as a whole. */
  get isComplete(): boolean {
    return this.#partial === 0 && this.#left === 0;
  }

  /** @returns false when what came is no backup stream */
  accept(length: number): boolean {
    const end = this.end + length;
    let at = this.kept;
    this.#partial = 0;
    while (at < end) {
      if (this.#left > 0) {
        const part = Math.min(this.#left, end - at);
        this.#pass(at, part);
        at += part;
        this.#left -= part;
        continue;
      }
      const size = this.#headerSize(at, end);
      if (size > end - at) {
        this.#bytes.copyWithin(this.kept, at, end);
        this.#partial = end - at;
        return true;
      }
      if (!this.#open(at)) return false;
      if (this.#keeping) this.#keep(at, size);
      at += size;
    }
    return true;
  }

  /** What was written makes room. */
  drop(length: number): void {
    this.#bytes.copyWithin(0, length, this.end);
    this.kept -= length;
  }

  #headerSize(at: number, end: number): number {
    return end - at < HEADER ? HEADER : HEADER + this.#bytes.readUInt32LE(at + 16);
  }

  #open(at: number): boolean {
    const stream = this.#bytes.readUInt32LE(at);
    this.#left = this.#bytes.readUInt32LE(at + 8) + this.#bytes.readUInt32LE(at + 12) * 0x1_0000_0000;
    this.#stream = stream;
    this.#keeping = KEPT.has(stream);
    // A block without the stream it belongs to cannot be placed.
    if (stream === Stream.SparseBlock && this.#left < SPARSE_OFFSET) return false;
    if (stream === Stream.SparseBlock) this.#offsetLeft = SPARSE_OFFSET;
    else this.#isMain = stream === Stream.Data;
    this.#offset = 0;
    return true;
  }

  #pass(at: number, length: number): void {
    let data = at;
    if (this.#stream === Stream.SparseBlock) data += this.#readOffset(at, length);
    if (this.#isMain && data < at + length) {
      this.dataBytes += at + length - data;
      this.#hash?.update(this.#bytes.subarray(data, at + length));
    }
    if (this.#keeping) this.#keep(at, length);
  }

  /** Takes the part of the block's offset that is here; what lies between the last block and this one is a hole. */
  #readOffset(at: number, length: number): number {
    const count = Math.min(this.#offsetLeft, length);
    for (let i = 0; i < count; i++)
      this.#offset += this.#bytes[at + i] * 2 ** (8 * (SPARSE_OFFSET - this.#offsetLeft + i));
    this.#offsetLeft -= count;
    if (count > 0 && this.#offsetLeft === 0 && this.#isMain) this.#hash?.hole(this.#offset);
    return count;
  }

  #keep(at: number, length: number): void {
    if (at !== this.kept) this.#bytes.copyWithin(this.kept, at, at + length);
    this.kept += length;
  }
}
