import { joinByte, type BytePath } from '../../native/byte-path.ts';
import { NO_BLOCK, Word } from '../../native/item-record.ts';
import { BlockReader } from '../manifest/block-reader.ts';
import { ROOT_BLOCK } from '../manifest/format.ts';
import type { ManifestFile } from '../manifest/manifest-file.ts';
import { describeChange } from '../plan/describe-change.ts';
import type { ItemChange } from '../types/protocol.ts';
import { classifyItem } from './classify-item.ts';
import { MoveMatcher } from './move-matcher.ts';

/** One item of the comparison: a change, or undefined for an item that is the same in both. */
export type Comparison = ItemChange | undefined;

/**
 * Compares two generations by their manifests, directory by directory. Memory grows with the number of added and removed
 * items only: they are held back until all is read, to tell which of them were moved.
 */
export function* compareManifests(reference: ManifestFile, difference: ManifestFile): Generator<Comparison> {
  const moves = new MoveMatcher();
  const before = new BlockReader(reference);
  const after = new BlockReader(difference);
  const waiting: [number, number, BytePath][] = [[ROOT_BLOCK, ROOT_BLOCK, '']];
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    const [oldBlock, newBlock, path] = pair;
    const left = new Entries(before, oldBlock);
    const right = new Entries(after, newBlock);
    while (!left.ended || !right.ended) {
      const order = left.ended ? 1 : right.ended ? -1 : left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
      if (order < 0) {
        moves.removed(left, joinByte(path, left.name));
        if (left.child !== NO_BLOCK) waiting.push([left.child, NO_BLOCK, joinByte(path, left.name)]);
      } else if (order > 0) {
        moves.added(right, joinByte(path, right.name));
        if (right.child !== NO_BLOCK) waiting.push([NO_BLOCK, right.child, joinByte(path, right.name)]);
      } else {
        const itemPath = joinByte(path, right.name);
        yield compareItem(left, right, itemPath);
        if (left.child !== NO_BLOCK || right.child !== NO_BLOCK) waiting.push([left.child, right.child, itemPath]);
      }
      if (order <= 0) left.next();
      if (order >= 0) right.next();
    }
  }
  yield* moves.results();
}

/** The entries of one recorded directory in order. */
export class Entries {
  readonly #reader: BlockReader;
  #block: number;
  #nextBlock = NO_BLOCK;
  #count = 0;
  #record = 0;
  name: BytePath = '';

  constructor(reader: BlockReader, first: number) {
    this.#reader = reader;
    this.#block = first;
    this.#enter();
  }

  get ended(): boolean {
    return this.#record >= this.#count;
  }

  get words(): Uint32Array {
    return this.#reader.words;
  }

  get at(): number {
    return this.#reader.at(this.#record);
  }

  get child(): number {
    return this.words[this.at + Word.Child];
  }

  next(): void {
    this.#record++;
    if (!this.ended) this.name = this.#reader.name(this.#record);
    else if (this.#nextBlock !== NO_BLOCK) {
      this.#block = this.#nextBlock;
      this.#enter();
    }
  }

  #enter(): void {
    this.#record = 0;
    this.#count = 0;
    if (this.#block === NO_BLOCK) return;
    this.#reader.load(this.#block);
    this.#count = this.#reader.count;
    this.#nextBlock = this.#reader.next;
    if (this.#count > 0) this.name = this.#reader.name(0);
  }
}

function compareItem(before: Entries, after: Entries, path: BytePath): Comparison {
  const found = classifyItem(after.words, after.at, before.words, before.at);
  return found && describeChange(found.change, 'None', path, after.words, after.at, found.reason);
}
