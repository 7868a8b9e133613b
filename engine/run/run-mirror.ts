import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Native } from '../../native/index.ts';
import type { BytePath } from '../../native/byte-path.ts';
import { NO_BLOCK } from '../../native/item-record.ts';
import type { LossReasons } from '../fidelity/loss-reasons.ts';
import { createLossTableMemory, LossTable } from '../fidelity/loss-table.ts';
import { BlockWriter, mergeIndex } from '../manifest/block-writer.ts';
import { HEADER_BYTES, INDEX_WORDS, IndexWord, ROOT_BLOCK } from '../manifest/format.ts';
import { createFileIdIndexMemory } from '../manifest/file-id-index.ts';
import type { ManifestFile } from '../manifest/manifest-file.ts';
import type { ItemChange } from '../types/protocol.ts';
import { createCounters, sumCounters, type Totals } from './counters.ts';
import { findRemoved } from './find-removed.ts';
import type { MirrorOptions, MirrorPlan, MirrorSource, MirrorTarget } from './mirror-plan.ts';
import type { MirrorThreadResult } from './mirror-thread.ts';
import { itemReports, type ReportBatch } from './reports.ts';
import { createRootBlock } from './root-block.ts';
import { RunState, SharedControl } from './shared-control.ts';
import { createTaskQueueMemory } from './task-queue.ts';
import type { WorkerPool } from './worker-pool.ts';

const PROGRESS_MS = 125;
const REMOVED_BATCH = 256;

/** What a run mirrors, from what, to where. */
export interface MirrorInput {
  set: BytePath;
  sources: readonly MirrorSource[];
  base: { folder: BytePath; manifest: ManifestFile; damaged: ReadonlySet<BytePath> | undefined } | undefined;
  target: MirrorTarget | undefined;
  introduced: number;
  options: MirrorOptions;
}

/** Who watches a run. */
export interface MirrorObserver {
  onReports(batch: ReportBatch): void;
  onProgress(totals: Totals, path: string): void;
  /** Bytes that may still be written to the destination; asked a few times a second. */
  freeBytes(): number;
  /** True while reports come faster than they can be passed on. */
  needDrain(): boolean;
  drained(): Promise<void>;
}

export interface MirrorOutcome {
  totals: Totals;
  /** Index of the blocks written, and where they end in the manifest file. */
  index: Uint32Array;
  end: number;
  /** The destination became full; {@link Totals.missingBytes} says what was not written. */
  full: boolean;
  cancelled: boolean;
  /** Entries in the root of each source, in the order of the sources. */
  entriesPerSource: number[];
  /** What the numbers of reasons in the manifest stand for. */
  lossReasons: LossReasons;
}

/** Mirrors all sources into the target, or only plans it. */
export async function runMirror(
  native: Native,
  pool: WorkerPool,
  input: MirrorInput,
  observer: MirrorObserver,
  signal: AbortSignal,
): Promise<MirrorOutcome> {
  // A plan remembers files with several names in one thread's memory: see ItemPlacer.
  const threads = input.target ? pool.size : 1;
  const control = SharedControl.create(threads, HEADER_BYTES, ROOT_BLOCK + 1);
  const plan = createPlan(input, threads, control);
  const root = createRootBlock(native, input.sources, plan.base, control, input.introduced);
  plan.roots = root.tasks;
  observeFree(control, observer, input);
  const cancel = (): void => control.cancel();
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  const timer = setInterval(() => {
    observeFree(control, observer, input);
    observer.onProgress(sumCounters(plan.counters), control.pathOf(0));
  }, PROGRESS_MS);
  let results: MirrorThreadResult[];
  try {
    const jobs = Array.from({ length: threads }, (_, thread) => ({ kind: 'mirror' as const, plan, thread }));
    results = await pool.run<MirrorThreadResult>(jobs, (batch) => {
      observer.onReports(batch);
      throttle(control, observer);
    });
  } finally {
    clearInterval(timer);
    signal.removeEventListener('abort', cancel);
  }
  const cancelled = control.state === RunState.Cancelled;
  const full = control.state === RunState.Measuring;
  const totals = sumCounters(plan.counters);
  totals.added += root.added;
  totals.metadataChanged += root.metadataChanged;
  totals.directories += input.sources.length;
  if (plan.base && !cancelled && !full) {
    const unmatched = [Uint32Array.from(root.unmatched), ...results.map((result) => result.unmatched)];
    const claimed = results.map((result) => result.claimed);
    const removed = findRemoved(plan.base.manifest, plan.base.seen, unmatched, claimed);
    totals.removed += await reportRemoved(removed, input.options.reportItems, observer, signal);
  }
  const entries = results.map((result) => result.entries);
  if (input.target && !cancelled && !full) entries.push(writeRoot(input.target, control, root.block));
  observer.onProgress(totals, '');
  const index = mergeIndex(entries, control.blocks);
  return {
    totals,
    index,
    end: Number(control.memory.manifestEnd[0]),
    full,
    cancelled,
    entriesPerSource: root.tasks.map((task) => countOf(index, task.numbers[2])),
    lossReasons: new LossTable(native, plan.lossTable).reasons,
  };
}

function createPlan(input: MirrorInput, threads: number, control: SharedControl): MirrorPlan {
  const { base } = input;
  return {
    set: input.set,
    sources: input.sources,
    base: base && {
      folder: base.folder,
      manifest: base.manifest,
      damaged: base.damaged,
      fileIds: createFileIdIndexMemory(base.manifest),
      seen: new Uint8Array(new SharedArrayBuffer(Math.max(1, base.manifest.blocks))),
    },
    target: input.target,
    introduced: input.introduced,
    options: input.options,
    threads,
    control: control.memory,
    counters: createCounters(threads),
    lossTable: createLossTableMemory(),
    queue: createTaskQueueMemory(threads),
    roots: [],
  };
}

function observeFree(control: SharedControl, observer: MirrorObserver, input: MirrorInput): void {
  if (input.target) control.freeBytes = observer.freeBytes();
}

/** Lets the threads wait while their reports cannot be passed on: memory must not grow with the number of changes. */
function throttle(control: SharedControl, observer: MirrorObserver): void {
  if (!observer.needDrain()) return;
  control.pause();
  void observer.drained().then(() => control.resume());
}

async function reportRemoved(
  removed: Generator<ItemChange>,
  reportItems: boolean,
  observer: MirrorObserver,
  signal: AbortSignal,
): Promise<number> {
  let count = 0;
  let batch: ItemChange[] = [];
  for (const item of removed) {
    count++;
    if (reportItems) batch.push(item);
    if (count % REMOVED_BATCH !== 0) continue;
    observer.onReports(itemReports(batch));
    batch = [];
    await nextTurn();
    if (signal.aborted) return count;
    if (observer.needDrain()) await observer.drained();
  }
  if (batch.length > 0) observer.onReports(itemReports(batch));
  return count;
}

function writeRoot(
  target: MirrorTarget,
  control: SharedControl,
  block: ReturnType<typeof createRootBlock>['block'],
): Uint32Array {
  const writer = new BlockWriter(target.manifest, control.memory.manifestEnd);
  writer.append(block, { id: ROOT_BLOCK, parentBlock: NO_BLOCK, parentRecord: 0 }, NO_BLOCK, 0);
  return writer.finish();
}

function countOf(index: Uint32Array, block: number): number {
  return index[block * INDEX_WORDS + IndexWord.Count];
}
