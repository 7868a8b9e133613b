import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { compileCacheOfThreads } from '../startup/compile-cache.ts';
import type { MirrorPlan } from './mirror-plan.ts';
import type { MirrorThreadResult } from './mirror-thread.ts';
import type { RemovalPlan, RemovalThreadResult } from '../remove/removal-plan.ts';
import type { RestorePlan, RestoreThreadResult } from '../restore/restore-plan.ts';
import type { VerifyPlan, VerifyThreadResult } from '../verify/verify-plan.ts';
import type { ReportBatch } from './reports.ts';
import { reviveError, type ThreadError } from './thread-error.ts';

export type ThreadJob =
  | { kind: 'mirror'; plan: MirrorPlan; thread: number }
  | { kind: 'remove'; plan: RemovalPlan; thread: number }
  | { kind: 'restore'; plan: RestorePlan }
  | { kind: 'verify'; plan: VerifyPlan; thread: number };

export type ThreadReply =
  /** The thread has loaded its code. */
  | { kind: 'ready' }
  | { kind: 'done'; result: MirrorThreadResult | RemovalThreadResult | RestoreThreadResult | VerifyThreadResult }
  | { kind: 'failed'; error: ThreadError };

/** More threads than this did not help anywhere it was measured. */
const MOST = 4;

interface Thread {
  worker: Worker;
  /** It has loaded its code, or ended. */
  ready: Promise<void>;
  failed: Promise<never>;
}

/** Threads that nobody works with yet. */
const spares: Thread[] = [];

/** Beside the bundle the entry is a module of its own; among the sources it is TypeScript. */
const ENTRY = new URL(import.meta.url.endsWith('.ts') ? '../worker.ts' : './worker.mjs', import.meta.url);

export function defaultThreads(): number {
  return Math.max(1, Math.min(MOST, availableParallelism()));
}

/**
 * Starts the threads of the next pool, which takes longer than loading the code of most commands. What no pool has taken
 * must be given to {@link endSpareThreads} before the process ends.
 */
export function startThreadsAhead(): void {
  while (spares.length < defaultThreads()) spares.push(startThread());
}

export async function endSpareThreads(): Promise<void> {
  await end(spares.splice(0));
}

/**
 * Working threads. They start while the coordinator prepares the run, so that starting them costs no time of its own.
 * {@link close} ends them.
 */
export class WorkerPool {
  readonly size: number;
  readonly #threads: Thread[];
  readonly #failures: Promise<never>;

  constructor(size: number) {
    this.size = size;
    this.#threads = Array.from({ length: size }, () => spares.shift() ?? startThread());
    this.#failures = Promise.race(this.#threads.map(({ failed }) => failed));
    // Reported to whoever runs a job; without one there is nobody to tell.
    this.#failures.catch(() => undefined);
  }

  /**
   * Runs one job per thread and waits for all.
   * @param jobs at most {@link size}
   * @param onReports called with what the threads tell meanwhile
   */
  async run<Result>(jobs: readonly ThreadJob[], onReports: (batch: ReportBatch) => void): Promise<Result[]> {
    const all = jobs.map((job, number) => this.#runOne<Result>(this.#threads[number].worker, job, onReports));
    const settled = await Promise.race([Promise.allSettled(all), this.#failures]);
    return settled.map((outcome) => {
      if (outcome.status === 'rejected') throw outcome.reason;
      return outcome.value;
    });
  }

  async close(): Promise<void> {
    await end(this.#threads);
  }

  #runOne<Result>(worker: Worker, job: ThreadJob, onReports: (batch: ReportBatch) => void): Promise<Result> {
    return new Promise((resolve, reject) => {
      const listen = (message: ThreadReply | ReportBatch): void => {
        if (message.kind === 'ready') return;
        if (message.kind === 'reports') return onReports(message);
        worker.off('message', listen);
        if (message.kind === 'done') resolve(message.result as Result);
        else reject(reviveError(message.error));
      };
      worker.on('message', listen);
      worker.postMessage(job);
    });
  }
}

function startThread(): Thread {
  const worker = new Worker(ENTRY, { env: { ...process.env, ...compileCacheOfThreads() } });
  const ready = new Promise<void>((resolve) => {
    worker.once('message', () => resolve());
    worker.once('exit', () => resolve());
  });
  const failed = new Promise<never>((_resolve, reject) => worker.on('error', reject));
  // It is for whoever runs a job to report.
  failed.catch(() => undefined);
  return { worker, ready, failed };
}

async function end(threads: readonly Thread[]): Promise<void> {
  // A thread that is ended while it loads a native module takes the whole process with it.
  await Promise.all(threads.map(({ ready }) => ready));
  await Promise.all(threads.map(({ worker }) => worker.terminate()));
}
