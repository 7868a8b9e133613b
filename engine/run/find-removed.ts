import { joinByte } from '../../native/byte-path.ts';
import { FileType, NO_BLOCK, Word } from '../../native/item-record.ts';
import { BlockReader } from '../manifest/block-reader.ts';
import { BLOCK_RECORDS, INDEX_WORDS, IndexWord } from '../manifest/format.ts';
import type { ManifestFile } from '../manifest/manifest-file.ts';
import { DirectoryPaths } from '../manifest/directory-path.ts';
import { describeChange } from '../plan/describe-change.ts';
import type { ItemChange } from '../types/protocol.ts';

/**
 * Items of the base that the source no longer has: those a visited directory lacked, unless they were found elsewhere,
 * and all in directories that no directory of the source took as its past.
 * @param unmatched pairs of block and record
 * @param claimed pairs of block and record found under another name
 */
export function* findRemoved(
  manifest: ManifestFile,
  seen: Uint8Array,
  unmatched: readonly Uint32Array[],
  claimed: readonly Uint32Array[],
): Generator<ItemChange> {
  const found = new Set<number>();
  for (const pairs of claimed) for (let i = 0; i < pairs.length; i += 2) found.add(keyOf(pairs[i], pairs[i + 1]));
  const reader = new BlockReader(manifest);
  const paths = new DirectoryPaths(manifest);
  const isGone = (block: number, record: number): boolean => {
    if (found.has(keyOf(block, record))) return false;
    const at = reader.at(record);
    const isDirectory = (reader.words[at + Word.Mode] & FileType.Mask) === FileType.Directory;
    return !isDirectory || reader.words[at + Word.Child] === NO_BLOCK || seen[reader.words[at + Word.Child]] === 0;
  };
  const describe = (block: number, record: number): ItemChange => {
    const path = joinByte(paths.of(block), reader.name(record));
    return describeChange('Removed', 'None', path, reader.words, reader.at(record), 'no longer in the source');
  };
  for (const pairs of unmatched) {
    for (let i = 0; i < pairs.length; i += 2) {
      const block = pairs[i];
      if (reader.id !== block) reader.load(block);
      if (isGone(block, pairs[i + 1])) yield describe(block, pairs[i + 1]);
    }
  }
  for (const first of unseenDirectories(manifest, seen)) {
    for (let id = first; id !== NO_BLOCK; id = reader.next) {
      reader.load(id);
      for (let record = 0; record < reader.count; record++) if (isGone(id, record)) yield describe(id, record);
    }
  }
}

/** First blocks of directories that were not visited. Blocks that continue others are reached from those. */
function* unseenDirectories(manifest: ManifestFile, seen: Uint8Array): Generator<number> {
  const { index, blocks } = manifest;
  const continues = new Uint8Array(blocks);
  for (let id = 0; id < blocks; id++) {
    const next = index[id * INDEX_WORDS + IndexWord.Next];
    if (next !== NO_BLOCK && next < blocks) continues[next] = 1;
  }
  for (let id = 0; id < blocks; id++) if (seen[id] === 0 && continues[id] === 0) yield id;
}

function keyOf(block: number, record: number): number {
  return block * BLOCK_RECORDS + record;
}
