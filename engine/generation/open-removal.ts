import type { Native } from '../../native/index.ts';
import { SharedFiles, type SharedFilesMemory } from '../remove/shared-files.ts';
import { defaultThreads, WorkerPool } from '../run/worker-pool.ts';
import type { RemovalResult } from '../types/protocol.ts';
import { openSet, type BackupSet } from './backup-set.ts';
import { newestComplete, updateLatest } from './latest.ts';
import type { Layout } from './layout.ts';
import { emptyTrash, recoverSet } from './recover.ts';
import { reportItem } from './remove-one.ts';
import type { RunListener } from './run-reporter.ts';
import { lockSet } from './set-lock.ts';

export interface RemovalListener extends RunListener {
  removal(result: RemovalResult): void;
}

/** A removal at work, or with `whatIf` one that only tells. */
export interface Removal {
  native: Native;
  pool: WorkerPool;
  set: BackupSet;
  whatIf: boolean;
  /** What the generations that were measured so far share. */
  shared: { memory: SharedFilesMemory };
  listener: RemovalListener;
  signal: AbortSignal;
}

/**
 * Locks a set and finishes what was left in it, so that what is decided in `use` is still right when it is done; afterwards
 * deletes what is in the trash. With `whatIf` nothing is locked and nothing written.
 * @throws EngineError SetNotFound, SetBusy, …
 */
export async function openRemoval<T>(
  native: Native,
  { setPath, whatIf }: { setPath: string; whatIf: boolean },
  listener: RemovalListener,
  signal: AbortSignal,
  use: (removal: Removal) => Promise<T>,
): Promise<T> {
  const common = { native, whatIf, shared: { memory: new SharedFiles().memory }, listener, signal };
  const { layout } = openSet(setPath);
  if (whatIf) return withPool((pool) => use({ ...common, pool, set: openSet(setPath) }));
  const lock = lockSet(native, layout);
  try {
    recoverSet(native, layout, (message) => listener.log('info', message));
    const newest = newestComplete(layout);
    return await withPool(async (pool) => {
      // Again: another run may have written to it before it was locked.
      const result = await use({ ...common, pool, set: openSet(setPath) });
      tellLatest(native, layout, newest, listener);
      const left = await emptyTrash(native, pool, layout, signal);
      for (const { path, code } of left) reportItem(native, listener, path, code);
      return result;
    });
  } finally {
    lock.release();
  }
}

/** `latest` followed each generation that went; here it is said if it could not. */
function tellLatest(native: Native, layout: Layout, before: string | undefined, listener: RunListener): void {
  const newest = newestComplete(layout);
  const problem = newest === before ? undefined : updateLatest(native, layout, newest);
  if (problem) listener.warning(problem);
}

async function withPool<T>(use: (pool: WorkerPool) => Promise<T>): Promise<T> {
  const pool = new WorkerPool(defaultThreads());
  try {
    return await use(pool);
  } finally {
    await pool.close();
  }
}
