import { closeSync, existsSync } from 'node:fs';
import type { Native } from '../../native/index.ts';
import { noteCarried } from '../damage/note-carried.ts';
import { settleFindings } from '../damage/settle-findings.ts';
import { EngineError } from '../errors/engine-error.ts';
import { lossBits } from '../fidelity/loss-reasons.ts';
import { closeManifest } from '../manifest/manifest-file.ts';
import type { MirrorOutcome } from '../run/run-mirror.ts';
import type { MirrorTarget } from '../run/mirror-plan.ts';
import { defaultThreads, WorkerPool } from '../run/worker-pool.ts';
import type { SnapshotChoice } from '../snapshot/choose-provider.ts';
import { FrozenSources } from '../snapshot/lifecycle.ts';
import type { SnapshotRequest } from '../snapshot/provider.ts';
import type { Generation, Plan, SnapshotUse } from '../types/protocol.ts';
import { absolutePath } from './absolute-path.ts';
import { createFolders, createSettings, findSet, saveSettings, type BackupSet } from './backup-set.ts';
import { checkSetId } from './check-set-id.ts';
import { checkSources } from './check-sources.ts';
import { chooseBase, unfitBase, type ChosenBase } from './choose-base.ts';
import { flush, publish } from './commit.ts';
import { chooseSnapshot, freezeListener, snapshotRequest } from './freeze-run.ts';
import { describeGeneration, isUnchanged } from './describe-generation.ts';
import { destinationFull, freeBytesAt } from './free-space.ts';
import { nextName } from './generation-name.ts';
import { mirrorSources, type SourcesToMirror } from './mirror-sources.ts';
import { importedName, readFrom } from './imported-trees.ts';
import { removeJournal, writeJournal } from './journal.ts';
import { updateLatest } from './latest.ts';
import { Layout } from './layout.ts';
import { generationNames, newestSummary, readGeneration, stagedNames, writeTiming } from './list.ts';
import { PhaseClock } from './phase-clock.ts';
import { checkDestination, probeDestination, type DestinationTraits } from './probe-destination.ts';
import { discardStaging, emptyTrash, recoverSet, removeWork } from './recover.ts';
import { checkOverlap } from './check-overlap.ts';
import { frozenIn, knownAs, resolveSources, type ResolvedSource } from './resolve-sources.ts';
import { RunLog } from './run-log.ts';
import { notes } from './run-notes.ts';
import type { RunOptions } from './run-options.ts';
import { RunReporter, type RunListener } from './run-reporter.ts';
import { lockSet, type SetLock } from './set-lock.ts';
import { writeManifest } from './write-manifest.ts';
import { writeSnapshotNotes } from './snapshot-notes.ts';
import { stageRun } from './stage-run.ts';

/**
 * Makes a generation, or tells what it would be.
 * @throws EngineError for everything that stops a run; items that fail are reported and leave it Partial
 */
export async function createGeneration(
  native: Native,
  options: RunOptions,
  listener: RunListener,
  signal: AbortSignal,
): Promise<Generation | Plan> {
  const pool = new WorkerPool(options.whatIf ? 1 : (options.workers ?? defaultThreads()));
  try {
    return await new GenerationRun(native, pool, options, listener, signal).run();
  } finally {
    await pool.close();
  }
}

class GenerationRun {
  readonly #native: Native;
  readonly #pool: WorkerPool;
  readonly #options: RunOptions;
  readonly #listener: RunListener;
  readonly #signal: AbortSignal;
  readonly #reporter: RunReporter;
  readonly #startedAt: Date;
  readonly #clock = new PhaseClock();

  constructor(native: Native, pool: WorkerPool, options: RunOptions, listener: RunListener, signal: AbortSignal) {
    this.#native = native;
    this.#pool = pool;
    this.#options = { ...options, setPath: absolutePath(options.setPath) };
    this.#startedAt = options.imported?.createdAt ?? new Date();
    this.#listener = listener;
    this.#signal = signal;
    this.#reporter = new RunReporter(listener, options.outputItem);
  }

  async run(): Promise<Generation | Plan> {
    const { setPath } = this.#options;
    this.#listener.progress({ phase: 'Preparing', items: 0, bytes: 0 });
    const existing = findSet(setPath);
    checkSetId(setPath, existing, this.#options.setId);
    const resolved = this.#options.imported?.sources ?? this.#resolveLive();
    const folder = checkDestination(this.#native, setPath);
    const sources = existing ? knownAs(resolved, existing.settings.sources) : resolved;
    if (existing) this.#checkAgainstBase(existing, sources);
    // Before a set is made for what is refused.
    if (this.#options.imported) this.#nextName(existing?.layout);
    const request = snapshotRequest(sources, this.#options);
    const choice = await chooseSnapshot(this.#native, this.#options, request, this.#listener);
    if (this.#options.whatIf) return this.#plan(existing, sources, folder);
    const traits = probeDestination(this.#native, setPath);
    return this.#create(existing, sources, traits, choice, request);
  }

  #resolveLive(): ResolvedSource[] {
    const resolved = resolveSources(this.#native, this.#options.sources);
    checkOverlap(this.#native, resolved, this.#options.setPath);
    return resolved;
  }

  async #plan(set: BackupSet | undefined, sources: ResolvedSource[], folder: string): Promise<Plan> {
    const layout = set?.layout ?? new Layout(this.#options.setPath);
    const name = this.#nextName(set ? layout : undefined);
    return this.#withBase(set?.layout, async (base) => {
      // A plan must not write, not even to probe; the last run has.
      const known = base?.manifest.summary;
      const traits = { timeGranularityNs: known?.timeGranularityNs ?? 1, kept: lossBits(known?.kept) };
      this.#note(notes.base(base));
      this.#clock.end('prepare');
      const { outputItem } = this.#options;
      const outcome = await this.#mirror(layout, sources, base, undefined, {
        traits,
        reportItems: outputItem,
      });
      this.#throwIfStopped(outcome);
      const read: SnapshotUse = { kind: 'None', reason: 'A plan reads the live files.' };
      const described = this.#describe(layout, name, sources, base, outcome, read);
      const { state: _state, id: _id, phases: _phases, ...common } = described;
      return { ...common, state: 'Planned', freeBytes: freeBytesAt(this.#native, folder) };
    });
  }

  async #create(
    existing: BackupSet | undefined,
    sources: ResolvedSource[],
    traits: DestinationTraits,
    choice: SnapshotChoice,
    request: SnapshotRequest,
  ): Promise<Generation> {
    const list = sources.map(({ nameText, pathText }) => ({ name: nameText, path: pathText }));
    const layout = existing?.layout ?? createFolders(this.#options.setPath);
    const lock = lockSet(this.#native, layout);
    let frozen: FrozenSources | undefined;
    try {
      const found = findSet(this.#options.setPath);
      checkSetId(this.#options.setPath, found, this.#options.setId);
      const set = found ?? createSettings(layout, list);
      recoverSet(this.#native, layout, (message) => this.#listener.log('info', message));
      this.#recordDamage(() => settleFindings(this.#native, layout));
      this.#checkAgainstBase(set, sources);
      if (JSON.stringify(set.settings.sources) !== JSON.stringify(list)) {
        set.settings.sources = list;
        saveSettings(set);
      }
      frozen = await FrozenSources.acquire(
        choice,
        request,
        freezeListener(this.#listener, this.#reporter),
        this.#signal,
      );
      const view = frozen;
      const read = frozenIn(this.#native, sources, view.snapshot);
      this.#checkAgainstBase(set, read);
      return await this.#withBase(layout, (base) => this.#createFrom(base, set, read, traits, view, lock));
    } finally {
      await frozen?.close();
      this.#reporter.close();
      lock.release();
    }
  }

  /**
   * Damage in a base's manifest may show only when it is read to its end: then an older generation serves as the base. What
   * was staged so far is not copied again.
   */
  async #withBase<T>(layout: Layout | undefined, use: (base: ChosenBase | undefined) => Promise<T>): Promise<T> {
    const unfit = new Set<string>();
    for (;;) {
      const base = layout && chooseBase(layout, (warning) => this.#reporter.warn(warning), unfit);
      try {
        return await use(base);
      } catch (error) {
        if (!base || !(error instanceof EngineError) || error.id !== 'ManifestDamaged') throw error;
        unfit.add(base.name);
        this.#reporter.warn(unfitBase(error, base.name));
      } finally {
        if (base) closeManifest(base.manifest);
      }
    }
  }

  async #createFrom(
    base: ChosenBase | undefined,
    set: BackupSet,
    sources: ResolvedSource[],
    traits: DestinationTraits,
    frozen: FrozenSources,
    lock: SetLock,
  ): Promise<Generation> {
    const { layout } = set;
    const name = this.#nextName(layout);
    lock.making(name);
    // What an interrupted run has copied stays for the next one.
    const staged = this.#options.imported ? [] : stagedNames(layout);
    // The name of an imported generation does not depend on the clock: an interrupted import had the same.
    if (existsSync(layout.path(layout.staging(name)))) discardStaging(this.#native, layout, name);
    let finished = false;
    // Windows removes no folder while a file in it is open.
    let openManifest: number | undefined;
    try {
      const target = stageRun(this.#native, layout, name, staged, sources);
      openManifest = target.manifest;
      this.#reporter.startLog(new RunLog(layout, name));
      if (!this.#options.imported) this.#note(notes.snapshot(frozen.use));
      this.#note(notes.base(base), ...notes.resumed(staged));
      this.#clock.end('prepare');
      const outcome = await frozen.during(this.#signal, async (signal) => {
        const reportItems = base !== undefined || this.#options.outputItem;
        const frozenAt = frozen.isLive ? undefined : frozen.snapshot.createdAt.getTime() / 1000;
        const options = { traits, reportItems, frozenAt };
        const mirrored = await this.#mirror(layout, sources, base, target, options, signal);
        this.#throwIfStopped(mirrored, signal);
        return mirrored;
      });
      await frozen.finish();
      this.#clock.end('mirror');
      const generation = this.#describe(layout, name, sources, base, outcome, frozen.use);
      this.#note(...notes.copied(generation));
      if (this.#options.skipUnchanged && base && isUnchanged(generation)) {
        finished = true;
        closeSync(openManifest);
        openManifest = undefined;
        return await this.#skip(layout, name, base.name);
      }
      openManifest = undefined;
      writeSnapshotNotes(layout, name, frozen.snapshot);
      writeManifest(set, this.#options, target, { generation, sources, base, outcome, traits });
      this.#reporter.close();
      this.#clock.end('manifest');
      this.#commit(layout, name, generation);
      finished = true;
      await this.#cleanUp(layout, name, staged);
      if (base) this.#recordDamage(() => noteCarried(this.#native, layout, base.name, name));
      return generation;
    } finally {
      this.#reporter.close();
      if (openManifest !== undefined) closeSync(openManifest);
      if (!finished) removeWork(this.#native, layout, name);
    }
  }

  async #mirror(
    layout: Layout,
    sources: readonly ResolvedSource[],
    base: ChosenBase | undefined,
    target: MirrorTarget | undefined,
    how: SourcesToMirror['how'],
    signal = this.#signal,
  ): Promise<MirrorOutcome> {
    const request = { layout, sources, base, target, how };
    const to = { listener: this.#listener, reporter: this.#reporter };
    return mirrorSources(this.#native, this.#pool, this.#options, request, to, signal);
  }

  #commit(layout: Layout, name: string, generation: Generation): void {
    this.#listener.progress({ phase: 'Flushing', items: 0, bytes: 0 });
    flush(this.#native, layout);
    // Only now: after a power cut a run that says so is committed without looking at its data again.
    writeJournal(layout, name, 'Committing', this.#native.bootId());
    this.#clock.end('flush');
    this.#listener.progress({ phase: 'Committing', items: 0, bytes: 0 });
    publish(this.#native, layout, name);
    const problem = generation.state === 'Complete' ? updateLatest(this.#native, layout, name) : undefined;
    if (problem) this.#reporter.warn(problem);
    removeJournal(layout, name);
    this.#clock.end('commit');
    generation.duration = this.#clock.elapsed;
    writeTiming(layout, name, generation);
  }

  /** After the commit nothing may fail the run any more: what cannot be removed now is removed next time. */
  async #cleanUp(layout: Layout, name: string, staged: readonly string[]): Promise<void> {
    try {
      removeWork(this.#native, layout, name);
      for (const old of staged) discardStaging(this.#native, layout, old);
      await emptyTrash(this.#native, this.#pool, layout, this.#signal);
    } catch (error) {
      this.#listener.log('warn', `Leftovers could not be removed: ${(error as Error).message}`);
    }
  }

  #note(...messages: string[]): void {
    for (const message of messages) this.#listener.log('info', message);
  }

  #recordDamage(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#listener.log('warn', `The record of damaged copies could not be updated: ${(error as Error).message}`);
    }
  }

  async #skip(layout: Layout, name: string, newest: string): Promise<Generation> {
    this.#reporter.close();
    discardStaging(this.#native, layout, name);
    await emptyTrash(this.#native, this.#pool, layout, this.#signal);
    recoverSet(this.#native, layout, () => undefined);
    return { ...readGeneration(layout, newest), skipped: true };
  }

  #describe(
    layout: Layout,
    name: string,
    sources: readonly ResolvedSource[],
    base: ChosenBase | undefined,
    outcome: MirrorOutcome,
    snapshot: SnapshotUse,
  ): Generation {
    const { warnings, fidelityLosses } = this.#reporter;
    const { imported } = this.#options;
    if (imported) snapshot = { kind: 'None', reason: `Imported from ${imported.sources.map(readFrom).join(', ')}.` };
    const common = { snapshot, name, startedAt: this.#startedAt, sources, base: base?.name, clock: this.#clock };
    const facts = { ...common, warnings, fidelityLosses };
    return describeGeneration(layout, facts, outcome);
  }

  #checkAgainstBase(set: BackupSet, sources: readonly ResolvedSource[]): void {
    checkSources(set, sources, newestSummary(set.layout)?.sources ?? [], this.#options);
  }

  #nextName(layout: Layout | undefined): string {
    if (this.#options.imported)
      return importedName(this.#startedAt, layout ? generationNames(layout) : [], this.#options.setPath);
    const names = layout ? [...generationNames(layout), ...stagedNames(layout)].sort() : [];
    const { name, clockIsBehind } = nextName(this.#startedAt, names.at(-1));
    if (clockIsBehind)
      this.#reporter.warn({
        id: 'ClockNotLater',
        message: `The clock is not later than the newest generation; the new one is named ${name}.`,
      });
    return name;
  }

  #throwIfStopped(outcome: MirrorOutcome, signal = this.#signal): void {
    if (outcome.cancelled) throw signal.reason;
    if (outcome.full) throw destinationFull(this.#native, this.#options.setPath, outcome);
  }
}
