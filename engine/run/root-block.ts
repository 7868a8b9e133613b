import { NativeError, type Native } from '../../native/index.ts';
import type { BytePath } from '../../native/byte-path.ts';
import { FileType, ItemFlag, NO_BLOCK, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { BlockBuilder } from '../manifest/block-builder.ts';
import { BlockReader } from '../manifest/block-reader.ts';
import { ROOT_BLOCK } from '../manifest/format.ts';
import type { ManifestFile } from '../manifest/manifest-file.ts';
import { Difference, compareRecords, sameDigest } from '../plan/compare-records.ts';
import { describeChange, reasonOf } from '../plan/describe-change.ts';
import type { ItemChange } from '../types/protocol.ts';
import type { SharedControl } from './shared-control.ts';
import { TaskMode } from './mirror-plan.ts';
import type { Task } from './task-queue.ts';

/** The first block of a manifest: one record per source, and the task that mirrors each. */
export interface RootBlock {
  block: BlockBuilder;
  tasks: Task[];
  /** Number of records of the base's root that no source took, as pairs with their block. */
  unmatched: number[];
  /** What is to be told of the sources' own folders. */
  changes: ItemChange[];
}

export function createRootBlock(
  native: Native,
  sources: readonly { name: BytePath; path: BytePath }[],
  base: { manifest: ManifestFile; seen: Uint8Array } | undefined,
  control: SharedControl,
  introduced: number,
): RootBlock {
  const block = new BlockBuilder();
  const result: RootBlock = { block, tasks: [], unmatched: [], changes: [] };
  const past = base ? recordedSources(base.manifest) : new Map<BytePath, RecordedSource>();
  if (base) base.seen[ROOT_BLOCK] = 1;
  sources.forEach(({ name, path }, number) => {
    block.reserve();
    const at = block.next;
    describeSource(native, path, block.words, at);
    const before = past.get(name);
    past.delete(name);
    if (before && base) Atomics.store(base.seen, before.child, 1);
    const change = changeOf(name, block.words, at, before);
    if (change) result.changes.push(change);
    const child = control.allocateBlock();
    block.words[at + Word.Child] = child;
    block.words[at + Word.Introduced] = introduced;
    // What is mounted on the source is the source.
    block.words[at + Word.Flags] &= ~ItemFlag.MountRoot;
    const baseBlock = before?.child ?? NO_BLOCK;
    result.tasks.push({
      path: name,
      other: before ? name : '',
      numbers: [number, baseBlock, child, ROOT_BLOCK, block.count, TaskMode.Mirror],
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

function changeOf(
  name: BytePath,
  words: Uint32Array,
  at: number,
  before: RecordedSource | undefined,
): ItemChange | undefined {
  if (!before) return describeChange('Added', 'Created', name, words, at, 'new');
  let difference = compareRecords(words, at, before.words, 0) & (Difference.Mode | Difference.Owner);
  if (!sameDigest(words, at, before.words, 0)) difference |= Difference.Metadata;
  if (difference === Difference.None) return undefined;
  return describeChange('MetadataChanged', 'Created', name, words, at, reasonOf(difference));
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
