import { RECORD_BYTES, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { BLOCK_HEADER_WORDS, BLOCK_MAGIC, BLOCK_RECORDS, BlockWord } from './format.ts';

/**
 * Collects the records of one directory. The next record is filled in place: read {@link words} and {@link next}, then
 * {@link commit} it with its name or leave it to be overwritten.
 */
export class BlockBuilder {
  words = new Uint32Array(256 * RECORD_WORDS);
  count = 0;
  #names = Buffer.alloc(16 * 1024);
  #namesLength = 0;

  /** Word offset of the record to fill next. */
  get next(): number {
    return this.count * RECORD_WORDS;
  }

  get isFull(): boolean {
    return this.count >= BLOCK_RECORDS;
  }

  /** Makes room for one more record; call before filling it. */
  reserve(): void {
    if (this.next + RECORD_WORDS <= this.words.length) return;
    const larger = new Uint32Array(this.words.length * 2);
    larger.set(this.words);
    this.words = larger;
  }

  commit(names: Buffer, name: number, length: number): void {
    if (this.#namesLength + length + 1 > this.#names.length) this.#growNames(length);
    this.words[this.next + Word.Name] = this.#namesLength;
    // Names are short: a loop is faster than a call.
    for (let i = 0; i < length; i++) this.#names[this.#namesLength + i] = names[name + i];
    this.#names[this.#namesLength + length] = 0;
    this.#namesLength += length + 1;
    this.count++;
  }

  get byteLength(): number {
    return BLOCK_HEADER_WORDS * 4 + this.count * RECORD_BYTES + ((this.#namesLength + 3) & ~3);
  }

  /** Writes the block to `target` at byte `at` (a multiple of 4) and empties the builder. */
  writeTo(target: Buffer, targetWords: Uint32Array, at: number, id: number, next: number, losses: number): void {
    const word = at >> 2;
    const namesBytes = (this.#namesLength + 3) & ~3;
    targetWords[word + BlockWord.Magic] = BLOCK_MAGIC;
    targetWords[word + BlockWord.Id] = id;
    targetWords[word + BlockWord.Count] = this.count;
    targetWords[word + BlockWord.NamesBytes] = namesBytes;
    targetWords[word + BlockWord.Next] = next;
    targetWords[word + BlockWord.Losses] = losses;
    targetWords.set(this.words.subarray(0, this.count * RECORD_WORDS), word + BLOCK_HEADER_WORDS);
    const names = at + BLOCK_HEADER_WORDS * 4 + this.count * RECORD_BYTES;
    for (let i = this.#namesLength; i < namesBytes; i++) this.#names[i] = 0;
    this.#names.copy(target, names, 0, namesBytes);
    this.clear();
  }

  clear(): void {
    this.count = 0;
    this.#namesLength = 0;
  }

  #growNames(length: number): void {
    const larger = Buffer.alloc((this.#names.length + length) * 2);
    this.#names.copy(larger, 0, 0, this.#namesLength);
    this.#names = larger;
  }
}
