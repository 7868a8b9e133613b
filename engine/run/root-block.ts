import { NativeError, type Native } from '../../native/index.ts';
import type { BytePath } from '../../native/byte-path.ts';
import { FileType, ItemFlag, NO_BLOCK, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { BlockBuilder } from '../manifest/block-builder.ts';
import { BlockReader } from '../manifest/block-reader.ts';
import { ROOT_BLOCK } from '../manifest/format.ts';
import type { ManifestFile } from '../manifest/manifest-file.ts';
import { Difference, compareRecords, sameDigest } from '../plan/compare-records.ts';
import { packChange } from './directory-change.ts';
import type { SharedControl } from './shared-control.ts';
import { TaskMode } from './mirror-plan.ts';
import type { Task } from './task-queue.ts';

/** The first block of a manifest: one record per source, and the task that mirrors each. */
export interface RootBlock {
  block: BlockBuilder;
  tasks: Task[];
  /** Number of records of the base's root that no source took, as pairs with their block. */
  unmatched: number[];
  /** How many of the sources' own folders are added, and changed; their items come with their tasks. */
  added: number;
  metadataChanged: number;
}

export function createRootBlock(
  native: Native,
  sources: readonly { name: BytePath; path: BytePath }[],
  base: { manifest: ManifestFile; seen: Uint8Array } | undefined,
  control: SharedControl,
  introduced: number,
): RootBlock {
  const block = new BlockBuilder();
  const result: RootBlock = { block, tasks: [], unmatched: [], added: 0, metadataChanged: 0 };
  const past = base ? recordedSources(base.manifest) : new Map<BytePath, RecordedSource>();
  if (base) base.seen[ROOT_BLOCK] = 1;
  sources.forEach(({ name, path }, number) => {
    block.reserve();
    const at = block.next;
    describeSource(native, path, block.words, at);
    const before = past.get(name);
    past.delete(name);
    if (before && base) Atomics.store(base.seen, before.child, 1);
    const change = changeOf(block.words, at, before);
    if (!before) result.added++;
    else if (change !== 0) result.metadataChanged++;
    const child = control.allocateBlock();
    block.words[at + Word.Child] = child;
    block.words[at + Word.Introduced] = introduced;
    // What is mounted on the source is the source.
    block.words[at + Word.Flags] &= ~ItemFlag.MountRoot;
    const baseBlock = before?.child ?? NO_BLOCK;
    result.tasks.push({
      path: name,
      other: before ? name : '',
      numbers: [number, baseBlock, child, ROOT_BLOCK, block.count, TaskMode.Mirror | change],
    });
    const bytes = Buffer.from(`${name}\0`, 'latin1');
    block.commit(bytes, 0, bytes.length - 1);
  });
  for (const { record } of past.values()) result.unmatched.push(ROOT_BLOCK, record);
  return result;
}

function describeSource(native: Native, path: BytePath, words: Uint32Array, at: number): void {
  const directory = native.openRoot(path, 'list');
  try {
    const code = native.statDirectory(directory, words, at) || native.digestDirectoryMetadata(directory, words, at);
    if (code !== 0) throw new NativeError('stat', native.describeError(code), path);
  } finally {
    native.closeDirectory(directory);
  }
}

/** Packed for the task; 0 when nothing changed. */
function changeOf(words: Uint32Array, at: number, before: RecordedSource | undefined): number {
  if (!before) return packChange('Added', 0);
  let difference = compareRecords(words, at, before.words, 0) & (Difference.Mode | Difference.Owner);
  if (!sameDigest(words, at, before.words, 0)) difference |= Difference.Metadata;
  return difference === Difference.None ? 0 : packChange('MetadataChanged', difference);
}

interface RecordedSource {
  child: number;
  record: number;
  words: Uint32Array;
}

function recordedSources(manifest: ManifestFile): Map<BytePath, RecordedSource> {
  const reader = new BlockReader(manifest);
  const result = new Map<BytePath, RecordedSource>();
  for (let id = ROOT_BLOCK; id !== NO_BLOCK; id = reader.next) {
    reader.load(id);
    for (let record = 0; record < reader.count; record++) {
      const at = reader.at(record);
      if ((reader.words[at + Word.Mode] & FileType.Mask) !== FileType.Directory) continue;
      const child = reader.words[at + Word.Child];
      result.set(reader.name(record), { child, record, words: reader.words.slice(at, at + RECORD_WORDS) });
    }
  }
  return result;
}
