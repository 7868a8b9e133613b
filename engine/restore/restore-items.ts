import { performance } from 'node:perf_hooks';
import type { Native } from '../../native/index.ts';
import { byteFromText, textFromByte } from '../../native/byte-path.ts';
import { EngineError } from '../errors/engine-error.ts';
import { LossSummary } from '../fidelity/loss-summary.ts';
import { createLossTableMemory } from '../fidelity/loss-table.ts';
import { openSet } from '../generation/backup-set.ts';
import { newestComplete } from '../generation/latest.ts';
import type { Layout } from '../generation/layout.ts';
import { openGeneration } from '../generation/open-generation.ts';
import type { RunListener } from '../generation/run-reporter.ts';
import { closeManifest } from '../manifest/manifest-file.ts';
import { SharedControl } from '../run/shared-control.ts';
import { WorkerPool } from '../run/worker-pool.ts';
import type { ConflictAction, RestoredItem, RestoreSummary } from '../types/protocol.ts';
import { becameFull, findShortage, tooLittleSpace, type Shortage } from './check-space.ts';
import { compilePatterns, type PathChoice } from './pattern.ts';
import { checkAnchors, makeAnchors, resolveAnchors, type RestoreDestination } from './resolve-anchors.ts';
import {
  createCounts,
  RestoreCount,
  type RestorePlan,
  type RestoreStage,
  type RestoreThreadResult,
} from './restore-plan.ts';

const PROGRESS_MS = 125;

export interface RestoreRequest {
  setPath: string;
  /** Undefined: the newest complete one. */
  generation: string | undefined;
  /** None: the whole generation. */
  choices: readonly PathChoice[];
  destination: RestoreDestination;
  conflict: ConflictAction;
  damaged: 'Refused' | 'Placed';
  /** `Plan` changes nothing and tells what would be done. */
  mode: 'Restore' | 'Plan';
}

export interface RestoreListener extends RunListener {
  restored(items: readonly RestoredItem[]): void;
}

/**
 * Copies items of a generation to where they were or to another place. First all that is wanted is looked at, so that
 * conflicts and too little room are told before anything is written; then each item is made beside its place and moved there.
 * @throws EngineError PatternInvalid, RestoreConflict, RestoreInsideSet, DestinationFull and those of sets and destinations
 */
export async function restoreItems(
  native: Native,
  request: RestoreRequest,
  listener: RestoreListener,
  signal: AbortSignal,
): Promise<RestoreSummary> {
  const started = performance.now();
  const { layout } = openSet(request.setPath);
  compilePatterns(request.choices);
  const generation = request.generation ?? newestOf(layout);
  const manifest = openGeneration(layout, generation);
  const pool = new WorkerPool(1);
  try {
    const plan: RestorePlan = {
      set: layout.setBytes,
      generation: byteFromText(generation),
      manifest,
      choices: request.choices,
      anchors: resolveAnchors(request.destination, manifest.summary),
      conflict: request.conflict,
      stage: { kind: 'Measure', conflicts: measuredConflicts(request), sizes: 'Recorded' },
      control: SharedControl.create(1, 0, 0).memory,
      counts: createCounts(),
      lossTable: createLossTableMemory(),
    };
    const run = new RestoreRun(native, layout, plan, pool, listener, signal);
    // Known before it is known whether something goes there.
    if (request.destination.kind === 'Folder') checkAnchors(native, plan.anchors, layout.set);
    const measured = await run.measure();
    if (request.mode === 'Restore' && measured.isUsed.includes(true))
      await run.place({ kind: 'Place', damaged: request.damaged });
    return summaryOf(layout.set, generation, plan.counts, started);
  } finally {
    closeManifest(manifest);
    await pool.close();
  }
}

/** One restore: its two walks over the generation, and what is told of them. */
class RestoreRun {
  readonly #native: Native;
  readonly #layout: Layout;
  readonly #plan: RestorePlan;
  readonly #pool: WorkerPool;
  readonly #listener: RestoreListener;
  readonly #signal: AbortSignal;
  readonly #losses = new LossSummary();
  #totals = { items: 0, bytes: 0 };

  constructor(
    native: Native,
    layout: Layout,
    plan: RestorePlan,
    pool: WorkerPool,
    listener: RestoreListener,
    signal: AbortSignal,
  ) {
    this.#native = native;
    this.#layout = layout;
    this.#plan = plan;
    this.#pool = pool;
    this.#listener = listener;
    this.#signal = signal;
  }

  /** @throws EngineError when nothing is to be restored as things are */
  async measure(): Promise<RestoreThreadResult> {
    const plan = this.#plan;
    const measured = await this.#run('Scanning');
    for (const text of measured.unmatched) this.#reportUnmatched(text);
    plan.anchors.forEach((anchor, number) => (anchor.isUsed = measured.isUsed[number]));
    if (plan.stage.kind === 'Measure' && plan.stage.conflicts === 'Listed') return this.#endPlan(measured);
    const conflicts = plan.counts[RestoreCount.Conflicts];
    if (plan.conflict === 'Fail' && conflicts > 0)
      throw new EngineError('RestoreConflict', {
        message: `${conflicts === 1 ? 'An item exists' : `${conflicts} items exist`} already where something is to be restored. Nothing was restored.`,
        details: { conflicts },
      });
    checkAnchors(this.#native, plan.anchors, this.#layout.set);
    const shortage = await this.#findShortage(measured.neededBytes);
    if (shortage) throw tooLittleSpace(shortage);
    return measured;
  }

  async #endPlan(measured: RestoreThreadResult): Promise<RestoreThreadResult> {
    const plan = this.#plan;
    checkAnchors(this.#native, plan.anchors, this.#layout.set);
    const counts = plan.counts.slice();
    const shortage = await this.#findShortage(measured.neededBytes);
    plan.counts.set(counts);
    if (shortage) {
      const { id, message, path } = tooLittleSpace(shortage);
      this.#listener.warning({ id, message, ...(path !== undefined && { path }) });
    }
    return measured;
  }

  async place(stage: RestoreStage): Promise<void> {
    const plan = this.#plan;
    const [items, bytes] = [plan.counts[RestoreCount.Items], plan.counts[RestoreCount.Bytes]];
    this.#totals = { items, bytes };
    plan.counts.fill(0);
    plan.stage = stage;
    plan.anchors = makeAnchors(plan.anchors);
    const { end, withheldWarnings } = await this.#run('Restoring');
    if (withheldWarnings > 0)
      this.#listener.warning({
        id: 'ItemConditions',
        message: `${withheldWarnings} more restored items are stale, torn or damaged; their Condition says so.`,
      });
    this.#warnOfLosses();
    if (typeof end === 'object')
      throw becameFull(plan.anchors[end.fullAt].text, Math.max(0, bytes - plan.counts[RestoreCount.PlacedBytes]));
  }

  /** Sizes as recorded may be more than what is on disk: files with holes, files with several names. */
  async #findShortage(neededBytes: readonly number[]): Promise<Shortage | undefined> {
    const plan = this.#plan;
    if (!findShortage(this.#native, plan.anchors, neededBytes)) return undefined;
    plan.counts.fill(0);
    plan.stage = { kind: 'Measure', conflicts: 'Silent', sizes: 'OnDisk' };
    return findShortage(this.#native, plan.anchors, (await this.#run('Scanning')).neededBytes);
  }

  async #run(phase: 'Scanning' | 'Restoring'): Promise<RestoreThreadResult> {
    const plan = this.#plan;
    const listener = this.#listener;
    const control = new SharedControl(plan.control);
    const cancel = (): void => control.cancel();
    this.#signal.addEventListener('abort', cancel);
    if (this.#signal.aborted) cancel();
    const timer = setInterval(() => this.#tellProgress(phase, textFromByte(control.pathOf(0))), PROGRESS_MS);
    try {
      const [result] = await this.#pool.run<RestoreThreadResult>([{ kind: 'restore', plan }], (batch) => {
        if (batch.restored.length > 0) listener.restored(batch.restored);
        for (const { path, fidelityLosses } of batch.losses) this.#losses.add(path, fidelityLosses);
        for (const failure of batch.failures)
          listener.itemError(new EngineError(failure.id, { ...failure, native: failure.native }));
        for (const { id, message, path } of batch.warnings)
          listener.warning({ id, message, ...(path !== undefined && { path }) });
        if (!listener.needDrain()) return;
        control.pause();
        void listener.drained().then(() => control.resume());
      });
      this.#tellProgress(phase, undefined);
      if (result.end === 'Cancelled') throw this.#signal.reason;
      return result;
    } finally {
      clearInterval(timer);
      this.#signal.removeEventListener('abort', cancel);
    }
  }

  #tellProgress(phase: 'Scanning' | 'Restoring', path: string | undefined): void {
    const { counts } = this.#plan;
    const [items, bytes] = [counts[RestoreCount.Items], counts[RestoreCount.Bytes]];
    const shown = path === '' ? undefined : path;
    if (phase === 'Scanning') return this.#listener.progress({ phase, items, bytes: 0, path: shown });
    const { items: totalItems, bytes: totalBytes } = this.#totals;
    this.#listener.progress({ phase, items, totalItems, bytes, totalBytes, path: shown });
  }

  #reportUnmatched(text: string): void {
    const name = textFromByte(this.#plan.generation);
    this.#listener.itemError(
      new EngineError('ItemNotFound', {
        message: `The generation ${name} has nothing that matches '${text}'.`,
        path: text,
      }),
    );
  }

  #warnOfLosses(): void {
    for (const { kind, reason, items } of this.#losses.losses)
      this.#listener.warning({
        id: 'FidelityLoss',
        message: `${kind} of ${items === 1 ? 'an item' : `${items} items`} could not be restored. ${reason}`,
      });
  }
}

function measuredConflicts({ mode, conflict }: RestoreRequest): 'Silent' | 'Reported' | 'Listed' {
  if (mode === 'Plan') return 'Listed';
  return conflict === 'Fail' ? 'Reported' : 'Silent';
}

function newestOf(layout: Layout): string {
  const name = newestComplete(layout);
  if (name !== undefined) return name;
  throw new EngineError('GenerationNotFound', {
    message: `The set '${layout.set}' has no complete generation.`,
    path: layout.set,
    hint: 'Give the generation to restore from by its name; Get-BackupGeneration lists what is there.',
  });
}

function summaryOf(setPath: string, generation: string, counts: Float64Array, started: number): RestoreSummary {
  return {
    setPath,
    generation,
    created: counts[RestoreCount.Created],
    overwritten: counts[RestoreCount.Overwritten],
    skipped: counts[RestoreCount.Skipped],
    keptBoth: counts[RestoreCount.KeptBoth],
    merged: counts[RestoreCount.Merged],
    conflicts: counts[RestoreCount.Conflicts],
    failed: counts[RestoreCount.Failed],
    files: counts[RestoreCount.Files],
    bytes: counts[RestoreCount.PlacedBytes],
    duration: Math.round(performance.now() - started) / 1000,
  };
}
