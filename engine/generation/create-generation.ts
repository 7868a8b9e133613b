import { closeSync } from 'node:fs';
import type { Native } from '../../native/index.ts';
import { byteFromText, textFromByte } from '../../native/byte-path.ts';
import { EngineError } from '../errors/engine-error.ts';
import { closeManifest, finishManifest } from '../manifest/manifest-file.ts';
import type { ManifestSummary } from '../manifest/summary.ts';
import { runMirror, type MirrorOutcome } from '../run/run-mirror.ts';
import type { MirrorTarget } from '../run/mirror-plan.ts';
import { defaultThreads, WorkerPool } from '../run/worker-pool.ts';
import type { Generation, Plan } from '../types/protocol.ts';
import { absolutePath } from './absolute-path.ts';
import { createFolders, createSettings, findSet, saveSettings, type BackupSet } from './backup-set.ts';
import { checkSources } from './check-sources.ts';
import { chooseBase, unfitBase, type ChosenBase } from './choose-base.ts';
import { flush, publish } from './commit.ts';
import { describeGeneration, isUnchanged } from './describe-generation.ts';
import { destinationFull, freeBytesAt } from './free-space.ts';
import { nextName } from './generation-name.ts';
import { removeJournal, writeJournal } from './journal.ts';
import { updateLatest } from './latest.ts';
import { Layout } from './layout.ts';
import { generationNames, newestSummary, readGeneration, stagedNames, writeTiming } from './list.ts';
import { PhaseClock } from './phase-clock.ts';
import { checkDestination, nearestExisting, probeDestination } from './probe-destination.ts';
import { discardStaging, emptyTrash, recoverSet, removeWork } from './recover.ts';
import { checkOverlap } from './check-overlap.ts';
import { knownAs, resolveSources, type ResolvedSource } from './resolve-sources.ts';
import { renamePatiently } from './rename-patiently.ts';
import { RunLog } from './run-log.ts';
import type { RunOptions } from './run-options.ts';
import { RunReporter, type RunListener } from './run-reporter.ts';
import { lockSet } from './set-lock.ts';
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
  readonly #startedAt = new Date();
  readonly #clock = new PhaseClock();

  constructor(native: Native, pool: WorkerPool, options: RunOptions, listener: RunListener, signal: AbortSignal) {
    this.#native = native;
    this.#pool = pool;
    this.#options = { ...options, setPath: absolutePath(options.setPath) };
    this.#listener = listener;
    this.#signal = signal;
    this.#reporter = new RunReporter(listener, options.outputItem);
  }

  async run(): Promise<Generation | Plan> {
    const { setPath } = this.#options;
    this.#listener.progress({ phase: 'Preparing', items: 0, bytes: 0 });
    const resolved = resolveSources(this.#native, this.#options.sources);
    checkOverlap(this.#native, resolved, setPath);
    const folder = checkDestination(this.#native, setPath);
    const existing = findSet(setPath);
    const sources = existing ? knownAs(resolved, existing.settings.sources) : resolved;
    if (existing) this.#checkAgainstBase(existing, sources);
    if (this.#options.whatIf) return this.#plan(existing, sources, folder);
    return this.#create(existing, sources, probeDestination(this.#native, setPath).timeGranularityNs);
  }

  async #plan(set: BackupSet | undefined, sources: ResolvedSource[], folder: string): Promise<Plan> {
    const layout = set?.layout ?? new Layout(this.#options.setPath);
    const name = this.#nextName(set ? layout : undefined);
    return this.#withBase(set?.layout, async (base) => {
      // A plan must not write, not even to probe; the last run has.
      const timeGranularityNs = base?.manifest.summary.timeGranularityNs ?? 1;
      this.#clock.end('prepare');
      const { outputItem } = this.#options;
      const outcome = await this.#mirror(layout, sources, base, undefined, timeGranularityNs, outputItem);
      this.#throwIfStopped(outcome);
      const described = this.#describe(layout, name, sources, base, outcome);
      const { state: _state, id: _id, phases: _phases, ...common } = described;
      return { ...common, state: 'Planned', freeBytes: freeBytesAt(this.#native, folder) };
    });
  }

  async #create(
    existing: BackupSet | undefined,
    sources: ResolvedSource[],
    timeGranularityNs: number,
  ): Promise<Generation> {
    const list = sources.map(({ nameText, pathText }) => ({ name: nameText, path: pathText }));
    const layout = existing?.layout ?? createFolders(this.#options.setPath);
    const lock = lockSet(this.#native, layout);
    try {
      const set = findSet(this.#options.setPath) ?? createSettings(layout, list);
      recoverSet(this.#native, layout, (message) => this.#listener.log('info', message));
      this.#checkAgainstBase(set, sources);
      if (JSON.stringify(set.settings.sources) !== JSON.stringify(list)) {
        set.settings.sources = list;
        saveSettings(set);
      }
      return await this.#withBase(layout, (base) => this.#createFrom(base, set, sources, timeGranularityNs));
    } finally {
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
    timeGranularityNs: number,
  ): Promise<Generation> {
    const { layout } = set;
    const name = this.#nextName(layout);
    const staged = stagedNames(layout);
    let finished = false;
    // Windows removes no folder while a file in it is open.
    let openManifest: number | undefined;
    try {
      const target = stageRun(this.#native, layout, name, staged, sources);
      openManifest = target.manifest;
      this.#reporter.startLog(new RunLog(layout, name));
      this.#clock.end('prepare');
      const outcome = await this.#mirror(
        layout,
        sources,
        base,
        target,
        timeGranularityNs,
        base !== undefined || this.#options.outputItem,
      );
      this.#throwIfStopped(outcome);
      this.#clock.end('mirror');
      const generation = this.#describe(layout, name, sources, base, outcome);
      if (this.#options.skipUnchanged && base && isUnchanged(generation)) {
        finished = true;
        closeSync(openManifest);
        openManifest = undefined;
        return await this.#skip(layout, name, base.name);
      }
      openManifest = undefined;
      this.#writeManifest(set, generation, sources, base, outcome, target, timeGranularityNs);
      this.#commit(layout, name, generation);
      finished = true;
      await this.#cleanUp(layout, name, staged);
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
    timeGranularityNs: number,
    reportItems: boolean,
  ): Promise<MirrorOutcome> {
    const { compareContent, hash, maxLinks, crossMount, selection } = this.#options;
    const known = base?.manifest.summary.generation;
    const totalItems = known && known.files + known.directories + known.otherItems;
    const folder = nearestExisting(layout.set);
    const phase = target ? 'Copying' : 'Scanning';
    return runMirror(
      this.#native,
      this.#pool,
      {
        set: layout.setBytes,
        sources: sources.map(({ name, path }) => ({ name, path })),
        base: base && { folder: byteFromText(base.name), manifest: base.manifest },
        target,
        introduced: base?.manifest.summary.generations.length ?? 0,
        options: {
          compareContent,
          hash,
          maxLinks: Math.min(maxLinks ?? this.#native.links.recommended, this.#native.links.limit),
          crossMount,
          selection,
          reportItems,
          timeGranularityNs,
        },
      },
      {
        onReports: (batch) => this.#reporter.batch(batch),
        onProgress: (totals, path) =>
          this.#listener.progress({
            phase,
            items: totals.items,
            totalItems,
            bytes: totals.copiedBytes,
            path: path === '' ? undefined : textFromByte(path),
          }),
        freeBytes: () => freeBytesAt(this.#native, folder),
        needDrain: () => this.#listener.needDrain(),
        drained: () => this.#listener.drained(),
      },
      this.#signal,
    );
  }

  #writeManifest(
    set: BackupSet,
    generation: Generation,
    sources: readonly ResolvedSource[],
    base: ChosenBase | undefined,
    outcome: MirrorOutcome,
    target: MirrorTarget,
    timeGranularityNs: number,
  ): void {
    const { layout } = set;
    const summary: ManifestSummary = {
      formatVersion: 1,
      setId: set.settings.id,
      generation,
      sources: sources.map(({ nameText, pathText, volumeId, mountRoot }, i) => ({
        name: nameText,
        path: pathText,
        volumeId,
        mountRoot,
        items: outcome.entriesPerSource[i],
      })),
      generations: [...(base?.manifest.summary.generations ?? []), generation.name],
      timeGranularityNs,
      hash: this.#options.hash ? 'Sha256' : 'None',
      selection: this.#options.selection,
      crossMount: this.#options.crossMount,
      lossReasons: outcome.lossReasons,
    };
    finishManifest(target.manifest, outcome.end, outcome.index, summary);
    renamePatiently(
      layout.path(layout.work(generation.name), 'manifest'),
      layout.path(layout.manifest(generation.name)),
    );
    this.#reporter.close();
    this.#clock.end('manifest');
  }

  #commit(layout: Layout, name: string, generation: Generation): void {
    this.#listener.progress({ phase: 'Flushing', items: 0, bytes: 0 });
    flush(this.#native, layout);
    // Only now: after a power cut a run that says so is committed without looking at its data again.
    writeJournal(layout, name, 'Committing', this.#native.bootId());
    this.#clock.end('flush');
    this.#listener.progress({ phase: 'Committing', items: 0, bytes: 0 });
    publish(this.#native, layout, name);
    if (generation.state === 'Complete' && !updateLatest(this.#native, layout, name))
      this.#reporter.warn({ id: 'LatestNotUpdated', message: "The link 'latest' could not be set." });
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
  ): Generation {
    const { warnings, fidelityLosses } = this.#reporter;
    const common = { name, startedAt: this.#startedAt, sources, base: base?.name, clock: this.#clock };
    const facts = { ...common, warnings, fidelityLosses };
    return describeGeneration(layout, facts, outcome);
  }

  #checkAgainstBase(set: BackupSet, sources: readonly ResolvedSource[]): void {
    checkSources(set, sources, newestSummary(set.layout)?.sources ?? [], this.#options);
  }

  #nextName(layout: Layout | undefined): string {
    const names = layout ? [...generationNames(layout), ...stagedNames(layout)].sort() : [];
    const { name, clockIsBehind } = nextName(this.#startedAt, names.at(-1));
    if (clockIsBehind)
      this.#reporter.warn({
        id: 'ClockNotLater',
        message: `The clock is not later than the newest generation; the new one is named ${name}.`,
      });
    return name;
  }

  #throwIfStopped(outcome: MirrorOutcome): void {
    if (outcome.cancelled) throw this.#signal.reason;
    if (outcome.full) throw destinationFull(this.#native, this.#options.setPath, outcome);
  }
}
