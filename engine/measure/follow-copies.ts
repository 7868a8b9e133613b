import { FileType, ItemFlag, ItemOrigin, Word, readUnsigned64 } from '../../native/item-record.ts';
import { readAllocation } from '../manifest/allocation.ts';
import type { BlockReader } from '../manifest/block-reader.ts';
import type { NameFollower } from '../manifest/follow-names.ts';
import { Difference, compareRecords, sameContentHash, sameDigest, sameFile } from '../plan/compare-records.ts';
import { KEY_WORDS, type CopyKeys } from './copy-key.ts';
import { CopyTable, type Stretch } from './copy-table.ts';

const FOLDER = -1;

/** One path that holds the same copy in one generation after the other. */
interface Run {
  first: number;
  /** The copy was made here, or nothing is known of earlier generations: no other path had it before. */
  isFirst: boolean;
  isCopied: boolean;
  /** The file had several names in the source at some time. */
  hasOtherNames: boolean;
  /** Keys it had before the file of the source became another one with the same content. */
  keys: Uint32Array[] | undefined;
}

export interface CopyReceiver {
  /** A copy that no path but one has. */
  copy(stretch: Stretch): void;
  /** A copy was made in a generation, in the folder at hand. */
  introduced(generation: number, allocated: number): void;
}

/**
 * Tells the copies of a set from the records of all generations. A copy that stays where it was made, under one name, is
 * told at once; only those that may be under another path as well go to the table.
 */
export class CopyFollower implements NameFollower {
  readonly table: CopyTable;
  readonly #keys: CopyKeys;
  readonly #last: number;
  readonly #receiver: CopyReceiver;
  readonly #key = new Uint32Array(KEY_WORDS);
  #runs: Run[] = [];

  constructor(keys: CopyKeys, generations: number, receiver: CopyReceiver) {
    this.table = new CopyTable(generations);
    this.#keys = keys;
    this.#last = generations - 1;
    this.#receiver = receiver;
  }

  /** Call before each segment: handles are only good within one. */
  startSegment(): void {
    this.#runs = [];
  }

  begin(generation: number, reader: BlockReader, record: number): number {
    const at = reader.at(record);
    const { words } = reader;
    if (typeOf(words, at) === FileType.Directory) return FOLDER;
    const isCopied = isCopy(words, at);
    if (isCopied) this.#receiver.introduced(generation, readAllocation(words, at));
    this.#runs.push({
      first: generation,
      isFirst: isCopied || generation === 0,
      isCopied,
      hasOtherNames: words[at + Word.Links] > 1,
      keys: undefined,
    });
    return this.#runs.length - 1;
  }

  next(
    handle: number,
    generation: number,
    reader: BlockReader,
    record: number,
    before: BlockReader,
    recordBefore: number,
  ): number {
    const at = reader.at(record);
    const { words } = reader;
    if (handle !== FOLDER && this.#goesOn(generation, words, at, before.words, before.at(recordBefore))) {
      const run = this.#runs[handle];
      if (words[at + Word.Links] > 1) run.hasOtherNames = true;
      if (!sameFile(words, at, before.words, before.at(recordBefore))) {
        this.#keys.write(generation - 1, before.words, before.at(recordBefore), this.#key);
        (run.keys ??= []).push(this.#key.slice());
      }
      return handle;
    }
    this.end(handle, generation - 1, before, recordBefore);
    return this.begin(generation, reader, record);
  }

  end(handle: number, generation: number, reader: BlockReader, record: number): void {
    if (handle === FOLDER) return;
    const run = this.#runs[handle];
    const { words } = reader;
    const at = reader.at(record);
    const stretch = {
      first: run.first,
      last: generation,
      allocated: readAllocation(words, at),
      size: readUnsigned64(words, at + Word.Size),
      isFile: typeOf(words, at) === FileType.File,
    };
    if (run.isFirst && !run.hasOtherNames && generation === this.#last) this.#receiver.copy(stretch);
    else this.#share(run, stretch, words, at);
  }

  /** Whether a path still holds the copy it held in the generation before. */
  #goesOn(generation: number, words: Uint32Array, at: number, before: Uint32Array, beforeAt: number): boolean {
    if (typeOf(words, at) === FileType.Directory || isCopy(words, at)) return false;
    if ((words[at + Word.Flags] & ItemFlag.Moved) !== 0) return false;
    const introduced = this.#keys.introduced(generation, words, at);
    if (introduced !== this.#keys.introduced(generation - 1, before, beforeAt)) return false;
    if (sameFile(words, at, before, beforeAt)) return true;
    // Another file in its place: a run links to the copy under the same name where nothing else tells them apart.
    if (words[at + Word.Links] > 1) return false;
    if ((compareRecords(words, at, before, beforeAt) & ~Difference.Touched) !== 0) return false;
    const hashed = (words[at + Word.Flags] & before[beforeAt + Word.Flags] & ItemFlag.Hashed) !== 0;
    return sameDigest(words, at, before, beforeAt) && (!hashed || sameContentHash(words, at, before, beforeAt));
  }

  #share(run: Run, stretch: Stretch, words: Uint32Array, at: number): void {
    this.#keys.write(stretch.last, words, at, this.#key);
    let copy = this.table.find(this.#key);
    for (const key of run.keys ?? []) copy = this.table.unite(copy, this.table.find(key));
    // A further name that could not be linked got a copy of its own.
    if (run.isCopied && !this.table.claim(copy)) copy = this.table.create();
    this.table.add(copy, stretch);
  }
}

function isCopy(words: Uint32Array, at: number): boolean {
  return (words[at + Word.Flags] & ItemFlag.OriginMask) === ItemOrigin.Copied;
}

function typeOf(words: Uint32Array, at: number): number {
  return words[at + Word.Mode] & FileType.Mask;
}
