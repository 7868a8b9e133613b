import type { BytePath } from '../../native/byte-path.ts';
import { SharedControl } from '../run/shared-control.ts';
import { createTaskQueueMemory } from '../run/task-queue.ts';
import type { WorkerPool } from '../run/worker-pool.ts';
import type { KeptGeneration } from './kept-names.ts';
import { NameLocks } from './name-locks.ts';
import { DIRECTORY_CAPACITY, RemovalCount, type RemovalPlan, type RemovalThreadResult } from './removal-plan.ts';
import { SharedFiles, type SharedFilesMemory } from './shared-files.ts';

/** What was removed, or would be. */
export interface RemovalOutcome {
  files: number;
  directories: number;
  /** Bytes on disk of files whose last name went. */
  freedBytes: number;
  failures: { path: string; code: number }[];
  failed: number;
  cancelled: boolean;
}

export interface RemovalProgress {
  items: number;
  freedBytes: number;
  path: BytePath;
}

export interface RemovalOptions {
  measureOnly: boolean;
  signal: AbortSignal;
  /** A generation that stays and has most of the files, too: it costs less then. */
  kept?: KeptGeneration | undefined;
  /** What the trees that were measured before share with others; becomes that of this one, too. */
  shared?: { memory: SharedFilesMemory } | undefined;
  onProgress?: (progress: RemovalProgress) => void;
}

/**
 * Removes everything below a folder in parallel; the folder itself stays. It can be interrupted and repeated.
 * @param measureOnly removes nothing and tells what removing would free
 */
export async function removeTree(pool: WorkerPool, root: BytePath, options: RemovalOptions): Promise<RemovalOutcome> {
  const threads = options.measureOnly ? 1 : pool.size;
  const control = SharedControl.create(threads, 0, 1);
  const plan: RemovalPlan = {
    root,
    threads,
    kept: options.measureOnly ? undefined : options.kept,
    measureOnly: options.measureOnly,
    shared: options.shared?.memory ?? new SharedFiles().memory,
    locks: new NameLocks().memory,
    control: control.memory,
    queue: createTaskQueueMemory(threads),
    pending: new Int32Array(new SharedArrayBuffer(DIRECTORY_CAPACITY * 4)),
    parents: new Int32Array(new SharedArrayBuffer(DIRECTORY_CAPACITY * 4)),
    counts: new Float64Array(new SharedArrayBuffer(threads * RemovalCount.Row * 8)),
  };
  plan.pending[0] = 1;
  const cancel = (): void => control.cancel();
  options.signal.addEventListener('abort', cancel);
  if (options.signal.aborted) cancel();
  const timer = setInterval(() => {
    const items = sum(plan, RemovalCount.Files) + sum(plan, RemovalCount.Others) + sum(plan, RemovalCount.Directories);
    options.onProgress?.({ items, freedBytes: sum(plan, RemovalCount.FreedBytes), path: control.pathOf(0) });
  }, 100);
  try {
    const jobs = Array.from({ length: threads }, (_, thread) => ({ kind: 'remove' as const, plan, thread }));
    const results = await pool.run<RemovalThreadResult>(jobs, () => undefined);
    if (options.shared && options.measureOnly) options.shared.memory = results[0].shared;
    return {
      files: sum(plan, RemovalCount.Files),
      directories: sum(plan, RemovalCount.Directories),
      freedBytes: sum(plan, RemovalCount.FreedBytes),
      failures: results.flatMap(({ failures }) => failures),
      failed: sum(plan, RemovalCount.Failures),
      cancelled: options.signal.aborted,
    };
  } finally {
    clearInterval(timer);
    options.signal.removeEventListener('abort', cancel);
  }
}

function sum(plan: RemovalPlan, count: number): number {
  let total = 0;
  for (let thread = 0; thread < plan.threads; thread++) total += plan.counts[thread * RemovalCount.Row + count];
  return total;
}
