import { setImmediate as nextTurn } from 'node:timers/promises';
import { textFromByte } from '../../native/byte-path.ts';
import { FileType, ItemFlag, Word, readUnsigned64 } from '../../native/item-record.ts';
import { openSet } from '../generation/backup-set.ts';
import type { Layout } from '../generation/layout.ts';
import { openGenerations } from '../generation/open-generations.ts';
import type { RunListener } from '../generation/run-reporter.ts';
import { followNames } from '../manifest/follow-names.ts';
import { closeManifest, type ManifestFile } from '../manifest/manifest-file.ts';
import { mergeGenerations } from '../manifest/merge-generations.ts';
import { itemTypeOf, timeText } from '../plan/describe-change.ts';
import type { ItemVersion } from '../types/protocol.ts';
import { VersionCollector, type FoundItem, type Version } from './item-versions.ts';
import type { PathPattern } from './path-pattern.ts';

const RECORDS_PER_TURN = 100_000;
const BATCH = 256;

export interface FindRequest {
  setPath: string;
  /** An item is wanted that one of them matches. */
  patterns: readonly PathPattern[];
  /** The generations to look into; without them all. */
  names?: readonly string[] | undefined;
}

export interface FindListener extends Pick<RunListener, 'progress' | 'warning' | 'needDrain' | 'drained'> {
  itemVersions(versions: ItemVersion[]): void;
}

/**
 * Streams the versions of wanted paths over the generations of a set, from the manifests alone.
 * @returns how many items and versions were found
 * @throws EngineError GenerationNotFound, ManifestDamaged
 */
export async function findItems(
  { setPath, patterns, names: wanted }: FindRequest,
  listener: FindListener,
  signal: AbortSignal,
): Promise<{ items: number; versions: number }> {
  const { layout } = openSet(setPath);
  const { names, manifests } = openGenerations(layout, wanted, (warning) => listener.warning(warning), 'wanted only');
  const found = { items: 0, versions: 0 };
  let batch: ItemVersion[] = [];
  const send = async (): Promise<void> => {
    if (batch.length > 0) listener.itemVersions(batch);
    batch = [];
    if (listener.needDrain()) await listener.drained();
  };
  try {
    const collector = new VersionCollector((path) => patterns.some((pattern) => pattern.matches(path)));
    let records = 0;
    let turn = 0;
    for (const segment of mergeGenerations(manifests, (folder) => reaches(patterns, textFromByte(folder)))) {
      collector.startSegment(segment.path);
      followNames(segment, collector);
      for (const item of collector.results()) {
        found.items++;
        found.versions += item.versions.length;
        for (const version of item.versions) batch.push(describe(layout, names, manifests, item, version));
        if (batch.length >= BATCH) await send();
      }
      records += segment.records;
      if (records - turn < RECORDS_PER_TURN) continue;
      turn = records;
      listener.progress({ phase: 'Searching', items: records, bytes: 0 });
      await send();
      await nextTurn();
      if (signal.aborted) throw signal.reason;
    }
    await send();
    return found;
  } finally {
    for (const manifest of manifests) closeManifest(manifest);
  }
}

function reaches(patterns: readonly PathPattern[], folder: string): boolean {
  return patterns.some((pattern) => pattern.reaches(folder));
}

function describe(
  layout: Layout,
  names: readonly string[],
  manifests: readonly ManifestFile[],
  { path }: FoundItem,
  { record, generations }: Version,
): ItemVersion {
  const newest = generations[generations.length - 1];
  const createdAt = (generation: number): string => manifests[generation].summary.generation.createdAt;
  const isFile = (record[Word.Mode] & FileType.Mask) === FileType.File;
  return {
    setPath: layout.set,
    path,
    itemType: itemTypeOf(record, 0),
    length: isFile ? readUnsigned64(record, Word.Size) : 0,
    lastWriteTime: timeText(record, Word.WriteTime),
    hash: (record[Word.Flags] & ItemFlag.Hashed) === 0 ? null : hashText(record),
    generations: generations.map((generation) => names[generation]),
    firstSeen: createdAt(generations[0]),
    lastSeen: createdAt(newest),
    fullName: layout.text(names[newest], ...path.split('/')),
  };
}

function hashText(record: Uint32Array): string {
  const bytes = Buffer.alloc(32);
  for (let i = 0; i < 8; i++) bytes.writeUInt32LE(record[Word.ContentHash + i], i * 4);
  return bytes.toString('hex');
}
