import { createHash } from 'node:crypto';
import type { Native } from '../../../native/index.ts';
import { paths } from '../../../native/paths.ts';
import { StateFolder } from '../../snapshot/state-folder.ts';
import type { Job } from '../job.ts';

/** Where the logs of a job go that names no folder. @throws EngineError StateFolderUntrusted; errors of the system */
export function defaultLogFolder(native: Native, job: Job): string {
  return paths.join(privateFolder(native, 'logs'), job.name);
}

/**
 * The lock of a job. Jobs of different files are different jobs, whatever their names.
 * @throws EngineError StateFolderUntrusted; errors of the system
 */
export function lockFile(native: Native, job: Job): string {
  const key = createHash('sha256')
    .update(`${paths.key(job.file)}\0${job.name}`)
    .digest('hex')
    .slice(0, 16);
  return paths.join(privateFolder(native, 'locks'), `${job.name}-${key}.lock`);
}

function privateFolder(native: Native, name: string): string {
  const folder = paths.join(new StateFolder(native).writable(), name);
  native.makePrivateFolder(folder);
  return folder;
}
