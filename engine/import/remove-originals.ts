import { fsPath } from '../../native/fs-path.ts';
import type { Native } from '../../native/index.ts';
import { EngineError } from '../errors/engine-error.ts';
import { describeSystemError } from '../errors/system-error.ts';
import { absolutePath } from '../generation/absolute-path.ts';
import { openSet } from '../generation/backup-set.ts';
import { deviceOf } from '../generation/imported-trees.ts';
import { nearestExisting } from '../generation/probe-destination.ts';
import { emptyTrash } from '../generation/recover.ts';
import { renamePatiently } from '../generation/rename-patiently.ts';
import type { RunListener } from '../generation/run-reporter.ts';
import { lockSet } from '../generation/set-lock.ts';
import { defaultThreads, WorkerPool } from '../run/worker-pool.ts';
import type { Generation, ImportedSource } from '../types/protocol.ts';

/**
 * Trees can be moved only where they need not be copied.
 * @throws EngineError MoveAcrossVolumes
 */
export function checkMovable(native: Native, trees: readonly ImportedSource[], setPath: string): void {
  const device = deviceOf(native, nearestExisting(absolutePath(setPath)));
  for (const { path } of trees)
    if (deviceOf(native, absolutePath(path)) !== device)
      throw new EngineError('MoveAcrossVolumes', {
        message: `'${path}' is on another file system than the set '${setPath}', and cannot be moved into it.`,
        path,
      });
}

/**
 * Removes the trees a generation was made of, once it is committed and holds all of them. Each is gone from its place by one
 * rename to the set's trash, which is emptied then, or by the next run. What cannot be removed stays, with a warning.
 */
export async function removeOriginals(
  native: Native,
  generation: Generation,
  trees: readonly ImportedSource[],
  listener: RunListener,
  signal: AbortSignal,
): Promise<void> {
  const keep = (path: string, why: string): void =>
    listener.warning({ id: 'OriginalKept', message: `'${path}' was imported and is left where it is: ${why}.`, path });
  if (generation.state !== 'Complete') {
    for (const { path } of trees) keep(path, 'not all of it is in the generation');
    return;
  }
  const { layout } = openSet(generation.setPath);
  const lock = lockSet(native, layout);
  const pool = new WorkerPool(defaultThreads());
  try {
    for (const [number, { path }] of trees.entries()) {
      try {
        const trash = layout.path(layout.trash(`${generation.name}.imported-${number}`));
        renamePatiently(fsPath(native.realPath(absolutePath(path))), trash);
      } catch (error) {
        keep(path, describeSystemError(error).text);
      }
    }
    await emptyTrash(native, pool, layout, signal);
  } finally {
    await pool.close();
    lock.release();
  }
}
