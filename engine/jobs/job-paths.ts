import { existsSync } from 'node:fs';
import { fsPath } from '../../native/fs-path.ts';
import type { Native } from '../../native/index.ts';
import { paths } from '../../native/paths.ts';
import { processRules } from '../../native/process.ts';
import { EngineError } from '../errors/engine-error.ts';

/**
 * Where jobs are read from: what was given or, without that, the folder of this machine's jobs. A machine without jobs is no
 * error. Whoever can write to that folder decides what is run by whoever runs its jobs: one that others may have filled is not read.
 * @param folder another than the usual one
 * @throws EngineError JobFolderUntrusted
 */
export function jobPaths(
  native: Pick<Native, 'distrust'>,
  given: readonly string[] | undefined,
  folder = processRules.jobsFolder(),
): readonly string[] {
  if (given !== undefined) return given;
  if (!existsSync(fsPath(folder))) return [];
  for (const path of [paths.parent(folder), folder]) {
    const why = native.distrust(path);
    if (why !== undefined)
      throw new EngineError('JobFolderUntrusted', {
        message: `The jobs in '${folder}' are not read, because of '${path}': ${why}.`,
        path,
      });
  }
  return [folder];
}
