import { NO_BLOCK } from '../../native/item-record.ts';
import { INDEX_WORDS, IndexWord } from './format.ts';
import type { ManifestFile } from './manifest-file.ts';

/** Whether the entries of a folder are recorded. One that could not be listed has the number of a block and no block. */
export function isListed({ index }: Pick<ManifestFile, 'index'>, block: number): boolean {
  return block !== NO_BLOCK && index[block * INDEX_WORDS + IndexWord.Length] !== 0;
}
