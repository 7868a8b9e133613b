import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { Native } from '../../native/index.ts';
import { byteFromText, textFromByte } from '../../native/byte-path.ts';
import { EngineError } from '../errors/engine-error.ts';
import { closeManifest, createManifest, finishManifest } from '../manifest/manifest-file.ts';
import type { ManifestSummary } from '../manifest/summary.ts';
import { runMirror, type MirrorOutcome } from '../run/run-mirror.ts';
import type { MirrorTarget } from '../run/mirror-plan.ts';
import { defaultThreads, WorkerPool } from '../run/worker-pool.ts';
import type { Generation, Plan } from '../types/protocol.ts';
import { engineVersion } from '../types/version.ts';
import { createFolders, createSettings, findSet, saveSettings, type BackupSet } from './backup-set.ts';
import { checkSources } from './check-sources.ts';
import { chooseBase, unfitBase, type ChosenBase } from './choose-base.ts';
import { flush, publish } from './commit.ts';
import { nextName } from './generation-name.ts';
import { readJournal, removeJournal, writeJournal } from './journal.ts';
import { updateLatest } from './latest.ts';
import { Layout } from './layout.ts';
import { generationNames, readGeneration, stagedNames, writeTiming } from './list.ts';
import { checkDestination, nearestExisting, probeDestination } from './probe-destination.ts';
import { discardStaging, emptyTrash, recoverSet, removeWork } from './recover.ts';
import { checkOverlap, resolveSources, type ResolvedSource } from './resolve-sources.ts';
import { RunLog } from './run-log.ts';
import type { RunOptions } from './run-options.ts';
import { RunReporter, type RunListener } from './run-reporter.ts';
import { lockSet } from './set-lock.ts';

/** Kept free at the destination, so that directories, the manifest and other programs still find room. */
const RESERVE_BYTES = 16 * 1024 * 1024;
const RESERVE_SHARE = 0.01;

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
  readonly #phases: Generation['phases'] = { prepare: 0, mirror: 0, manifest: 0, flush: 0, commit: 0 };
  #mark = performance.now();
  #elapsed = 0;

  constructor(native: Native, pool: WorkerPool, options: RunOptions, listener: RunListener, signal: AbortSignal) {
    this.#native = native;
    this.#pool = pool;
    this.#options = options;
    this.#listener = listener;
    this.#signal = signal;
    this.#reporter = new RunReporter(listener, options.outputItem);
  }

  async run(): Promise<Generation | Plan> {
    const { setPath } = this.#options;
    this.#listener.progress({ phase: 'Preparing', items: 0, bytes: 0 });
    const sources = resolveSources(this.#native, this.#options.sources);
    checkOverlap(sources, setPath);
    const folder = checkDestination(setPath);
    const existing = findSet(setPath);
    if (existing) this.#checkAgainstBase(existing, sources);
    if (this.#options.whatIf) return this.#plan(existing, sources, folder);
    return this.#create(existing, sources, probeDestination(setPath).timeGranularityNs);
  }

  async #plan(set: BackupSet | undefined, sources: ResolvedSource[], folder: string): Promise<Plan> {
    const layout = set?.layout ?? new Layout(this.#options.setPath);
    const name = this.#nextName(set ? layout : undefined);
    return this.#withBase(set?.layout, async (base) => {
      // A plan must not write, not even to probe; the last run has.
      const timeGranularityNs = base?.manifest.summary.timeGranularityNs ?? 1;
      this.#endPhase('prepare');
      const { outputItem } = this.#options;
      const outcome = await this.#mirror(layout, sources, base, undefined, timeGranularityNs, outputItem);
      this.#throwIfStopped(outcome);
      const described = this.#describe(layout, name, sources, base, outcome);
      const { state: _state, id: _id, phases: _phases, ...common } = described;
      return { ...common, state: 'Planned', freeBytes: this.#freeBytes(folder) };
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
    try {
      const target = this.#stage(layout, name, staged, sources);
      this.#endPhase('prepare');
      const outcome = await this.#mirror(
        layout,
        sources,
        base,
        target,
        timeGranularityNs,
        base !== undefined || this.#options.outputItem,
      );
      this.#throwIfStopped(outcome);
      this.#endPhase('mirror');
      const generation = this.#describe(layout, name, sources, base, outcome);
      if (this.#options.skipUnchanged && base && isUnchanged(generation)) {
        finished = true;
        return await this.#skip(layout, name, base.name);
      }
      this.#writeManifest(set, generation, sources, base, outcome, target, timeGranularityNs);
      this.#commit(layout, name, generation);
      finished = true;
      await this.#cleanUp(layout, name, staged);
      return generation;
    } finally {
      this.#reporter.close();
      if (!finished) removeWork(layout, name);
    }
  }

  /** Folders of the run and its journal entry. */
  #stage(layout: Layout, name: string, staged: readonly string[], sources: readonly ResolvedSource[]): MirrorTarget {
    const native = this.#native;
    const bootId = native.bootId();
    const trusted = new Set(
      readJournal(layout)
        .filter((entry) => entry.bootId === bootId)
        .map(({ generation }) => generation),
    );
    writeJournal(layout, name, 'Staging', bootId);
    const work = layout.work(name);
    for (const folder of [work, `${work}/temporary`, `${work}/links`, layout.staging(name)]) {
      mkdirSync(layout.path(folder), { mode: 0o700 });
      const directory = native.openRoot(byteFromText(layout.text(folder)), 'fill');
      native.clearInheritance(directory);
      native.closeDirectory(directory);
    }
    for (const { nameText } of sources) mkdirSync(layout.path(layout.staging(name), nameText), { mode: 0o700 });
    this.#reporter.startLog(new RunLog(layout, name));
    return {
      staging: byteFromText(layout.staging(name)),
      temporary: byteFromText(`${work}/temporary`),
      links: byteFromText(`${work}/links`),
      resume: [...staged].reverse().map((folder) => ({
        folder: byteFromText(layout.staging(folder)),
        trusted: trusted.has(folder),
      })),
      manifest: createManifest(layout.path(work, 'manifest')),
    };
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
        freeBytes: () => this.#freeBytes(folder),
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
    };
    finishManifest(target.manifest, outcome.end, outcome.index, summary);
    renameSync(layout.path(layout.work(generation.name), 'manifest'), layout.path(layout.manifest(generation.name)));
    this.#reporter.close();
    this.#endPhase('manifest');
  }

  #commit(layout: Layout, name: string, generation: Generation): void {
    this.#listener.progress({ phase: 'Flushing', items: 0, bytes: 0 });
    flush(this.#native, layout);
    // Only now: after a power cut a run that says so is committed without looking at its data again.
    writeJournal(layout, name, 'Committing', this.#native.bootId());
    this.#endPhase('flush');
    this.#listener.progress({ phase: 'Committing', items: 0, bytes: 0 });
    publish(this.#native, layout, name);
    if (generation.state === 'Complete' && !updateLatest(layout, name))
      this.#reporter.warn({ id: 'LatestNotUpdated', message: "The link 'latest' could not be set." });
    removeJournal(layout, name);
    this.#endPhase('commit');
    generation.duration = this.#elapsed;
    writeTiming(layout, name, generation);
  }

  /** After the commit nothing may fail the run any more: what cannot be removed now is removed next time. */
  async #cleanUp(layout: Layout, name: string, staged: readonly string[]): Promise<void> {
    try {
      removeWork(layout, name);
      for (const old of staged) discardStaging(layout, old);
      await emptyTrash(this.#pool, layout, this.#signal);
    } catch (error) {
      this.#listener.log('warn', `Leftovers could not be removed: ${(error as Error).message}`);
    }
  }

  async #skip(layout: Layout, name: string, newest: string): Promise<Generation> {
    this.#reporter.close();
    discardStaging(layout, name);
    await emptyTrash(this.#pool, layout, this.#signal);
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
    const { items: _items, missingBytes: _missing, ...counts } = outcome.totals;
    return {
      setPath: layout.set,
      name,
      path: layout.text(name),
      id: randomUUID(),
      createdAt: this.#startedAt.toISOString(),
      duration: this.#elapsed,
      state: counts.failed > 0 || counts.stale > 0 ? 'Partial' : 'Complete',
      sources: sources.map(({ nameText, pathText }) => ({ name: nameText, path: pathText })),
      snapshot: { kind: 'None', reason: 'Live files were read.' },
      base: base?.name ?? null,
      ...counts,
      pinned: false,
      engineVersion,
      warnings: this.#reporter.warnings,
      phases: this.#phases,
    };
  }

  #checkAgainstBase(set: BackupSet, sources: readonly ResolvedSource[]): void {
    const base = chooseBase(set.layout, () => undefined);
    if (base) closeManifest(base.manifest);
    checkSources(set, sources, base?.manifest.summary.sources ?? [], this.#options);
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
    if (outcome.cancelled)
      throw this.#signal.reason instanceof Error
        ? this.#signal.reason
        : new EngineError('Cancelled', { message: 'The run was cancelled.' });
    if (!outcome.full) return;
    const free = this.#freeBytes(nearestExisting(this.#options.setPath));
    const missing = Math.max(outcome.totals.missingBytes - free, 0);
    throw new EngineError('DestinationFull', {
      message: `The destination '${this.#options.setPath}' is full: ${outcome.totals.missingBytes} bytes could not be written, about ${missing} bytes more must be free.`,
      path: this.#options.setPath,
      details: { missingBytes: missing, unwrittenBytes: outcome.totals.missingBytes, freeBytes: free },
    });
  }

  #freeBytes(folder: string): number {
    const directory = this.#native.openRoot(byteFromText(folder), 'reference');
    try {
      const { freeBytes, totalBytes } = this.#native.volumeOf(directory);
      return Math.max(0, freeBytes - Math.min(RESERVE_BYTES, totalBytes * RESERVE_SHARE));
    } finally {
      this.#native.closeDirectory(directory);
    }
  }

  #endPhase(phase: keyof Generation['phases']): void {
    const now = performance.now();
    const seconds = (now - this.#mark) / 1000;
    this.#phases[phase] = Math.round(seconds * 1e6) / 1e6;
    this.#elapsed = Math.round((this.#elapsed + seconds) * 1e6) / 1e6;
    this.#mark = now;
  }
}

function isUnchanged(generation: Generation): boolean {
  const { added, modified, metadataChanged, renamed, removed, typeChanged, failed, stale } = generation;
  const changes = added + modified + metadataChanged + renamed + removed + typeChanged + failed + stale;
  // A copy without a change replaces one in the base that is damaged or has too many names.
  return changes + generation.copiedFiles + generation.reusedFiles === 0;
}
