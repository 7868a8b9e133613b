import { setImmediate as nextTurn } from 'node:timers/promises';
import { openSet } from '../generation/backup-set.ts';
import type { Layout } from '../generation/layout.ts';
import { openGenerations, type OpenedGenerations } from '../generation/open-generations.ts';
import type { RunListener } from '../generation/run-reporter.ts';
import { followNames } from '../manifest/follow-names.ts';
import { closeManifest, type ManifestFile } from '../manifest/manifest-file.ts';
import { mergeGenerations } from '../manifest/merge-generations.ts';
import type { Space, SpaceTotal } from '../types/protocol.ts';
import { CopyKeys } from './copy-key.ts';
import { CopyFollower } from './follow-copies.ts';
import { GrowingFolders } from './growing-folders.ts';
import { LinkForecaster } from './link-forecast.ts';
import { SpaceCounter } from './space-counter.ts';

const RECORDS_PER_TURN = 100_000;
/** What an ext4 folder takes at least: where nobody noted it. */
const USUAL_FOLDER = 4096;

export interface MeasureRequest {
  setPath: string;
  /** The generations to measure; without them all. */
  names?: readonly string[] | undefined;
  /** How many of the folders that grew most are wanted. */
  top: number;
  maxLinks: number;
}

/** What generations take: each, and all together. */
export interface Measured {
  generations: Space[];
  total: SpaceTotal;
}

/**
 * Tells what generations take and what removing them frees, from the manifests of the set alone.
 * @throws EngineError GenerationNotFound, ManifestDamaged
 */
export async function measureGenerations(
  request: MeasureRequest,
  listener: Pick<RunListener, 'progress' | 'warning'>,
  signal: AbortSignal,
): Promise<Measured> {
  const { layout } = openSet(request.setPath);
  const opened = openGenerations(layout, request.names, (warning) => listener.warning(warning));
  try {
    return await measureOpened(layout, opened, request, listener, signal);
  } finally {
    for (const manifest of opened.manifests) closeManifest(manifest);
  }
}

/** The same of manifests that somebody else has opened, and closes. Each block is read once. */
export async function measureOpened(
  layout: Layout,
  opened: OpenedGenerations,
  request: Omit<MeasureRequest, 'setPath'>,
  listener: Pick<RunListener, 'progress'>,
  signal: AbortSignal,
): Promise<Measured> {
  const { manifests, names } = opened;
  const chosen = names.map((name) => request.names?.includes(name) ?? true);
  const measured = await measure(manifests, chosen, request, listener, signal);
  const describe = (g: number): Space => {
    const { generation, folderBytes } = manifests[g].summary;
    return {
      setPath: layout.set,
      name: names[g],
      createdAt: generation.createdAt,
      ...measured.counter.rows[g],
      estimated: opened.isIncomplete || folderBytes === undefined,
    };
  };
  const generations = names.map((_, g) => g).filter((g) => chosen[g]);
  const spaces = generations.map(describe);
  const total: SpaceTotal = {
    setPath: layout.set,
    names: spaces.map(({ name }) => name),
    ...measured.counter.total,
    estimated: spaces.some(({ estimated }) => estimated),
    growingFolders: measured.growing.results(),
    linkForecast: measured.links.forecast(request.maxLinks),
  };
  return { generations: spaces, total };
}

async function measure(
  manifests: readonly ManifestFile[],
  chosen: readonly boolean[],
  { top }: Pick<MeasureRequest, 'top'>,
  listener: Pick<RunListener, 'progress'>,
  signal: AbortSignal,
): Promise<{ counter: SpaceCounter; growing: GrowingFolders; links: LinkForecaster }> {
  const last = manifests.length - 1;
  const counter = new SpaceCounter(chosen);
  const growing = new GrowingFolders(top);
  const links = new LinkForecaster();
  // All of a first generation is new: that is no growth.
  const grows = manifests.map(({ summary }, g) => chosen[g] && summary.generation.base !== null);
  const follower = new CopyFollower(new CopyKeys(manifests), manifests.length, {
    copy(stretch) {
      counter.stretch(stretch);
      if (stretch.isFile) links.add(stretch.last - stretch.first + 1, 1, stretch.allocated);
    },
    introduced(generation, allocated) {
      if (grows[generation]) growing.add(allocated);
    },
  });
  let items = 0;
  let turn = 0;
  for (const segment of mergeGenerations(manifests)) {
    growing.enter(segment.path);
    follower.startSegment();
    followNames(segment, follower);
    items += segment.records;
    if (items - turn < RECORDS_PER_TURN) continue;
    turn = items;
    listener.progress({ phase: 'Measuring', items, bytes: 0 });
    await nextTurn();
    if (signal.aborted) throw signal.reason;
  }
  for (const copy of follower.table.copies()) {
    counter.shared(copy);
    if (copy.isFile && copy.has(last)) links.add(copy.names, copy.namesInLast, copy.allocated);
  }
  manifests.forEach(({ summary }, g) => {
    const { folderBytes, generation } = summary;
    counter.folders(g, folderBytes ?? generation.directories * USUAL_FOLDER);
  });
  counter.finish();
  return { counter, growing, links };
}
