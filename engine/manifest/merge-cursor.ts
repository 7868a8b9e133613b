import { NO_BLOCK } from '../../native/item-record.ts';
import { BlockReader } from './block-reader.ts';
import type { ManifestFile } from './manifest-file.ts';

/** Receives a base record that has no counterpart: its block and its number in it. */
export type Unmatched = (block: number, record: number) => void;

/**
 * Walks the recorded children of one directory in step with its current entries. Both are in the byte order of their
 * names, so each base record is looked at once.
 */
export class MergeCursor {
  readonly block: BlockReader;
  #record = 0;

  constructor(manifest: ManifestFile) {
    this.block = new BlockReader(manifest, true);
  }

  /** Starts with the first block of a directory; NO_BLOCK for none. */
  open(first: number): void {
    this.#record = 0;
    if (first === NO_BLOCK) {
      this.block.count = 0;
      this.block.next = NO_BLOCK;
    } else this.block.load(first);
  }

  /**
   * Finds the record of that name; records before it are reported as unmatched.
   * @returns the record's number in {@link block}, or -1
   */
  find(names: Buffer, name: number, length: number, unmatched: Unmatched): number {
    for (;;) {
      if (this.#record >= this.block.count) {
        if (this.block.next === NO_BLOCK) return -1;
        this.block.load(this.block.next);
        this.#record = 0;
        continue;
      }
      const order = this.#compare(names, name, length);
      if (order < 0) return -1;
      if (order === 0) return this.#record++;
      unmatched(this.block.id, this.#record++);
    }
  }

  /** Reports all that is left as unmatched. */
  drain(unmatched: Unmatched): void {
    for (;;) {
      while (this.#record < this.block.count) unmatched(this.block.id, this.#record++);
      if (this.block.next === NO_BLOCK) return;
      this.block.load(this.block.next);
      this.#record = 0;
    }
  }

  /** Byte order of the given name against the current record's: negative when it comes first. */
  #compare(names: Buffer, name: number, length: number): number {
    const bytes = this.block.bytes;
    const at = this.block.nameAt(this.#record);
    for (let i = 0; i < length; i++) {
      const difference = names[name + i] - bytes[at + i];
      if (difference !== 0) return difference;
    }
    return bytes[at + length] === 0 ? 0 : -1;
  }
}
