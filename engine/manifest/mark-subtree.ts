import { NO_BLOCK, Word } from '../../native/item-record.ts';
import type { BlockReader } from './block-reader.ts';

/** Marks the directories at and below a block, so that what they hold is not taken for removed. */
export function markSubtree(reader: BlockReader, first: number, seen: Uint8Array): void {
  const waiting = [first];
  for (let start = waiting.pop(); start !== undefined; start = waiting.pop()) {
    if (Atomics.exchange(seen, start, 1) === 1) continue;
    let id = start;
    while (id !== NO_BLOCK) {
      reader.load(id);
      for (let record = 0; record < reader.count; record++) {
        const child = reader.words[reader.at(record) + Word.Child];
        if (child !== NO_BLOCK) waiting.push(child);
      }
      id = reader.next;
    }
  }
}
