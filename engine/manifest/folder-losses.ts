import { NO_BLOCK } from '../../native/item-record.ts';
import type { BlockReader } from './block-reader.ts';

/** A directory's own losses are in the last of its blocks. */
export function folderLosses(reader: BlockReader, first: number): number {
  let losses = 0;
  for (let id = first; id !== NO_BLOCK; id = reader.next) {
    reader.load(id);
    losses = reader.losses;
  }
  return losses;
}
