import { performance } from 'node:perf_hooks';
import type { Native } from '../../native/index.ts';
import { byteFromText, textFromByte } from '../../native/byte-path.ts';
import { EngineError } from '../errors/engine-error.ts';
import { lossBits } from '../fidelity/loss-reasons.ts';
import { openSet } from '../generation/backup-set.ts';
import { generationNames } from '../generation/list.ts';
import type { Layout } from '../generation/layout.ts';
import { openGeneration } from '../generation/open-generation.ts';
import { keptBySet } from '../generation/probe-metadata.ts';
import type { RunListener } from '../generation/run-reporter.ts';
import { wildcardToRegExp } from '../generation/wildcard.ts';
import { closeManifest, type ManifestFile } from '../manifest/manifest-file.ts';
import { SharedControl } from '../run/shared-control.ts';
import { createTaskQueueMemory } from '../run/task-queue.ts';
import { defaultThreads, WorkerPool } from '../run/worker-pool.ts';
import type { Damage, TestSummary } from '../types/protocol.ts';
import { CheckedCopies } from './checked-copies.ts';
import { Findings } from './findings.ts';
import { recordFindings } from './record-findings.ts';
import { SECONDS_PER_DAY, type Sample } from './sample.ts';
import { VerifyCount, type VerifyPlan, type VerifyThreadResult } from './verify-plan.ts';

const PROGRESS_MS = 125;

export interface TestRequest {
  setPath: string;
  /** Undefined: the newest finished one. */
  names: readonly string[] | undefined;
  /** Undefined: no content is read. */
  samplePercent: number | undefined;
  workers: number | undefined;
}

export interface TestListener extends RunListener {
  damage(items: readonly Damage[]): void;
}

/**
 * Compares generations with their manifests, newest first. Reads only; at the end it brings the set's record of damage up
 * to date.
 * @throws EngineError GenerationNotFound and those of sets
 */
export async function testGenerations(
  native: Native,
  request: TestRequest,
  listener: TestListener,
  signal: AbortSignal,
): Promise<TestSummary> {
  const { layout } = openSet(request.setPath);
  const names = chosenNames(layout, request.names);
  const pool = new WorkerPool(request.workers ?? defaultThreads());
  try {
    return await new TestRun(native, pool, layout, names, request.samplePercent, listener, signal).run();
  } finally {
    await pool.close();
  }
}

/** Oldest first. */
function chosenNames(layout: Layout, asked: readonly string[] | undefined): string[] {
  const existing = generationNames(layout);
  const patterns = (asked ?? []).map((text) => ({ text, pattern: wildcardToRegExp(text) }));
  // Also for wildcards: what was not tested must not look good.
  const unknown = patterns.find(({ pattern }) => !existing.some((name) => pattern.test(name)));
  if (unknown)
    throw new EngineError('GenerationNotFound', {
      message: `The set '${layout.set}' has no generation '${unknown.text}'.`,
      path: layout.set,
    });
  if (existing.length === 0)
    throw new EngineError('GenerationNotFound', {
      message: `The set '${layout.set}' has no finished generation.`,
      path: layout.set,
    });
  return asked === undefined
    ? existing.slice(-1)
    : existing.filter((name) => patterns.some(({ pattern }) => pattern.test(name)));
}

class TestRun {
  readonly #native: Native;
  readonly #pool: WorkerPool;
  readonly #layout: Layout;
  readonly #names: readonly string[];
  readonly #kept: number;
  readonly #sample: Sample | undefined;
  readonly #listener: TestListener;
  readonly #signal: AbortSignal;
  readonly #findings: Findings;
  readonly #copies = new CheckedCopies();
  readonly #tested = new Set<string>();
  readonly #done = { items: 0, bytes: 0 };

  constructor(
    native: Native,
    pool: WorkerPool,
    layout: Layout,
    names: readonly string[],
    samplePercent: number | undefined,
    listener: TestListener,
    signal: AbortSignal,
  ) {
    this.#native = native;
    this.#pool = pool;
    this.#layout = layout;
    this.#names = names;
    this.#kept = keptBySet(native, layout);
    const day = Math.floor(Date.now() / 1000 / SECONDS_PER_DAY);
    this.#sample = samplePercent === undefined ? undefined : { percent: samplePercent, day };
    this.#listener = listener;
    this.#signal = signal;
    this.#findings = new Findings(layout, (items) => listener.damage(items));
  }

  async run(): Promise<TestSummary> {
    const started = performance.now();
    const startedAt = new Date().toISOString();
    for (const name of this.#names.toReversed()) {
      if (!this.#signal.aborted) await this.#test(name);
    }
    this.#findings.end();
    const content = this.#sample?.percent === 100 ? 'All' : 'Some';
    const tested = { startedAt, generations: this.#tested, content } as const;
    recordFindings(this.#native, this.#layout, this.#findings.all, tested, (warning) =>
      this.#listener.warning(warning),
    );
    if (this.#signal.aborted) throw this.#signal.reason;
    const damaged = this.#findings.told;
    return {
      setPath: this.#layout.set,
      generations: [...this.#names],
      items: this.#done.items,
      copies: this.#copies.size,
      bytesRead: this.#done.bytes,
      damaged,
      isGood: damaged === 0,
      duration: (performance.now() - started) / 1000,
    };
  }

  async #test(name: string): Promise<void> {
    let manifest: ManifestFile;
    try {
      manifest = openGeneration(this.#layout, name);
    } catch (error) {
      if (!(error instanceof EngineError) || !MANIFEST_ERRORS.has(error.id)) throw error;
      return this.#findings.manifestDamaged(name, error.message);
    }
    try {
      const messages = await this.#walk(name, this.#plan(name, manifest));
      if (messages.length === 0 && !this.#signal.aborted) this.#tested.add(name);
      else if (messages.length > 0) this.#findings.manifestDamaged(name, toText(messages));
    } finally {
      closeManifest(manifest);
    }
  }

  #plan(name: string, manifest: ManifestFile): VerifyPlan {
    const { files, otherItems } = manifest.summary.generation;
    this.#copies.reserve(files + otherItems);
    const threads = this.#pool.size;
    return {
      set: this.#layout.setBytes,
      generation: byteFromText(name),
      manifest,
      kept: this.#kept & lossBits(manifest.summary.kept),
      content: this.#sample,
      threads,
      control: SharedControl.create(threads, 0, 0).memory,
      queue: createTaskQueueMemory(threads),
      copies: this.#copies.memory,
      intact: new Uint8Array(new SharedArrayBuffer(Math.max(1, manifest.blocks))),
      counts: new Float64Array(new SharedArrayBuffer(threads * VerifyCount.Row * 8)),
    };
  }

  /** @returns what is wrong with the manifest */
  async #walk(name: string, plan: VerifyPlan): Promise<string[]> {
    const listener = this.#listener;
    const control = new SharedControl(plan.control);
    const cancel = (): void => control.cancel();
    this.#signal.addEventListener('abort', cancel);
    if (this.#signal.aborted) cancel();
    const timer = setInterval(
      () => this.#tellProgress(plan, `${name}/${textFromByte(control.pathOf(0))}`),
      PROGRESS_MS,
    );
    try {
      const jobs = Array.from({ length: plan.threads }, (_, thread) => ({ kind: 'verify' as const, plan, thread }));
      const results = await this.#pool.run<VerifyThreadResult>(jobs, ({ findings }) => {
        this.#findings.add(name, findings);
        if (!listener.needDrain()) return;
        control.pause();
        void listener.drained().then(() => control.resume());
      });
      this.#tellProgress(plan, undefined);
      this.#done.items += sum(plan, VerifyCount.Items);
      this.#done.bytes += sum(plan, VerifyCount.BytesRead);
      return [...new Set(results.flatMap(({ manifestDamage }) => manifestDamage))];
    } finally {
      clearInterval(timer);
      this.#signal.removeEventListener('abort', cancel);
    }
  }

  /** Of one generation only: of several each copy is read once, and how many they share is not known before. */
  #totals({ manifest, content }: VerifyPlan): { totalItems?: number; totalBytes?: number } {
    if (this.#names.length > 1) return {};
    const { files, directories, otherItems, bytes } = manifest.summary.generation;
    return { totalItems: files + directories + otherItems, ...(content?.percent === 100 && { totalBytes: bytes }) };
  }

  #tellProgress(plan: VerifyPlan, path: string | undefined): void {
    const items = this.#done.items + sum(plan, VerifyCount.Items);
    const bytes = this.#done.bytes + sum(plan, VerifyCount.BytesRead);
    this.#listener.progress({ phase: 'Verifying', items, bytes, path, ...this.#totals(plan) });
  }
}

const MANIFEST_ERRORS: ReadonlySet<string> = new Set(['ManifestDamaged', 'ManifestNotFound']);

function toText(messages: readonly string[]): string {
  const more = messages.length - 1;
  return more === 0 ? messages[0] : `${messages[0]} And ${more} more.`;
}

function sum(plan: VerifyPlan, count: number): number {
  let total = 0;
  for (let thread = 0; thread < plan.threads; thread++) total += plan.counts[thread * VerifyCount.Row + count];
  return total;
}
