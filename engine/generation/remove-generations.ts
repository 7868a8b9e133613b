import { existsSync, rmSync, rmdirSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { Native } from '../../native/index.ts';
import { byteFromText } from '../../native/byte-path.ts';
import { describeSystemError } from '../errors/system-error.ts';
import { EngineError } from '../errors/engine-error.ts';
import { removeTree } from '../remove/remove-tree.ts';
import { defaultThreads, WorkerPool } from '../run/worker-pool.ts';
import type { RemovalResult } from '../types/protocol.ts';
import { allocatedOf } from './allocated.ts';
import { openSet } from './backup-set.ts';
import { newestComplete, updateLatest } from './latest.ts';
import type { Layout } from './layout.ts';
import { generationNames, stagedNames } from './list.ts';
import { discardStaging, emptyTrash, recoverSet } from './recover.ts';
import type { RunListener } from './run-reporter.ts';
import { isInUse, renamePatiently } from './rename-patiently.ts';
import { lockSet } from './set-lock.ts';

export interface RemovalRequest {
  setPath: string;
  names: readonly string[];
  /** Also the newest complete one and the last one. */
  force: boolean;
  whatIf: boolean;
}

export interface RemovalListener extends RunListener {
  removal(result: RemovalResult): void;
}

/**
 * Removes generations by name. Each disappears from the set by one rename into the trash, then its files are deleted; an
 * interrupted deletion is finished by the next run or removal.
 * @throws EngineError GenerationNotFound before anything is removed
 */
export async function removeGenerations(
  native: Native,
  request: RemovalRequest,
  listener: RemovalListener,
  signal: AbortSignal,
): Promise<RemovalResult[]> {
  const { layout } = openSet(request.setPath);
  if (request.whatIf) return withPool((pool) => remove(native, pool, layout, request, listener, signal));
  const lock = lockSet(native, layout);
  try {
    recoverSet(native, layout, (message) => listener.log('info', message));
    return await withPool(async (pool) => {
      const results = await remove(native, pool, layout, request, listener, signal);
      for (const { path, code } of await emptyTrash(native, pool, layout, signal)) report(native, listener, path, code);
      return results;
    });
  } finally {
    lock.release();
  }
}

async function withPool<T>(use: (pool: WorkerPool) => Promise<T>): Promise<T> {
  const pool = new WorkerPool(defaultThreads());
  try {
    return await use(pool);
  } finally {
    await pool.close();
  }
}

async function remove(
  native: Native,
  pool: WorkerPool,
  layout: Layout,
  request: RemovalRequest,
  listener: RemovalListener,
  signal: AbortSignal,
): Promise<RemovalResult[]> {
  const names = [...new Set(request.names)].sort();
  const finished = generationNames(layout);
  const staged = stagedNames(layout);
  for (const name of names)
    if (!finished.includes(name) && !staged.includes(name))
      throw new EngineError('GenerationNotFound', {
        message: `The set '${layout.set}' has no generation '${name}'.`,
        path: layout.text(name),
      });
  const stranger = request.force
    ? undefined
    : names.find((name) => finished.includes(name) && !hasManifest(layout, name));
  if (stranger !== undefined)
    throw new EngineError('ManifestNotFound', {
      message: `'${layout.text(stranger)}' has the name of a generation but no manifest: it may be somebody's own folder.`,
      path: layout.text(stranger),
      hint: 'If it is a generation, remove it with -Force.',
    });
  const keep = request.force ? new Map<string, string>() : protectedNames(layout, finished, names);
  const results: RemovalResult[] = [];
  for (const name of names) {
    if (signal.aborted) throw signal.reason;
    const reason = keep.get(name);
    let result: RemovalResult;
    if (reason === undefined) {
      result = await removeOrKeep(native, pool, layout, name, request, listener, signal);
    } else {
      result = kept(layout, name, reason);
      listener.itemError(
        new EngineError('GenerationIsLast', {
          message: `The generation ${name} was kept: it is ${reason}.`,
          path: layout.text(name),
        }),
      );
    }
    listener.removal(result);
    results.push(result);
  }
  return results;
}

/** One that is in use is kept as a whole; the others are removed all the same. */
async function removeOrKeep(...args: Parameters<typeof removeOne>): Promise<RemovalResult> {
  const [, , layout, name, , listener] = args;
  try {
    return await removeOne(...args);
  } catch (error) {
    if (!(error instanceof EngineError) || error.id !== 'GenerationBusy') throw error;
    listener.itemError(error);
    return kept(layout, name, 'in use');
  }
}

async function removeOne(
  native: Native,
  pool: WorkerPool,
  layout: Layout,
  name: string,
  request: RemovalRequest,
  listener: RemovalListener,
  signal: AbortSignal,
): Promise<RemovalResult> {
  const started = performance.now();
  const isStaged = !existsSync(layout.path(name));
  let folder = isStaged ? layout.staging(name) : name;
  const path = layout.text(folder);
  if (!request.whatIf) {
    try {
      folder = moveToTrash(native, layout, name, isStaged);
    } catch (error) {
      throw isInUse(error) ? busy(path, name, error) : error;
    }
  }
  const root = byteFromText(layout.text(folder));
  const own = allocatedOf(layout.path(folder));
  const outcome = await removeTree(pool, root, {
    measureOnly: request.whatIf,
    signal,
    onProgress: ({ items, freedBytes }) =>
      listener.progress({ phase: 'Removing', items, bytes: freedBytes, path: name }),
  });
  if (outcome.cancelled) throw signal.reason;
  for (const failure of outcome.failures) report(native, listener, failure.path, failure.code);
  if (!request.whatIf && outcome.failed === 0) rmdirSync(layout.path(folder));
  return {
    setPath: layout.set,
    name,
    path,
    action: 'Remove',
    reasons: ['named'],
    freedBytes: outcome.freedBytes + own,
    files: outcome.files,
    directories: outcome.directories + 1,
    duration: Math.round(performance.now() - started) / 1000,
    ...(request.whatIf && { estimated: true }),
  };
}

/** From here on the generation is gone, whatever happens. */
function moveToTrash(native: Native, layout: Layout, name: string, isStaged: boolean): string {
  if (isStaged) {
    discardStaging(native, layout, name);
    return layout.trash(`${name}.staging`);
  }
  renamePatiently(layout.path(name), layout.path(layout.trash(name)));
  rmSync(layout.path(layout.manifest(name)), { force: true });
  rmSync(layout.path(layout.timing(name)), { force: true });
  rmSync(layout.path(layout.snapshot(name)), { force: true });
  rmSync(layout.path(layout.log(name)), { force: true });
  updateLatest(native, layout, newestComplete(layout));
  return layout.trash(name);
}

/** Generations that only `force` removes, with the reason. */
function protectedNames(layout: Layout, finished: readonly string[], names: readonly string[]): Map<string, string> {
  const result = new Map<string, string>();
  const remaining = finished.filter((name) => !names.includes(name));
  const last = finished.at(-1);
  if (remaining.length === 0 && last !== undefined) result.set(last, 'the last generation of the set');
  const newest = newestComplete(layout);
  if (newest !== undefined && names.includes(newest)) result.set(newest, 'the newest complete generation');
  return result;
}

function hasManifest(layout: Layout, name: string): boolean {
  return existsSync(layout.path(layout.manifest(name)));
}

function kept(layout: Layout, name: string, reason: string): RemovalResult {
  return {
    setPath: layout.set,
    name,
    path: layout.text(name),
    action: 'Keep',
    reasons: [reason],
    freedBytes: 0,
    files: 0,
    directories: 0,
    duration: 0,
  };
}

function busy(path: string, name: string, error: unknown): EngineError {
  const native = describeSystemError(error);
  return new EngineError('GenerationBusy', {
    message: `The generation ${name} was kept, because it could not be moved to the trash: ${native.text} (${native.name}).`,
    path,
    native,
  });
}

function report(native: Native, listener: RunListener, path: string, code: number): void {
  const cause = native.describeError(code);
  listener.itemError(
    new EngineError('ItemFailed', {
      message: `'${path}' could not be removed: ${cause.text} (${cause.name}).`,
      path,
      native: cause,
    }),
  );
}
