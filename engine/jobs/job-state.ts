import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { fsPath } from '../../native/fs-path.ts';
import type { Native } from '../../native/index.ts';
import { paths } from '../../native/paths.ts';
import { writeWhole } from '../generation/write-file.ts';
import { StateFolder } from '../snapshot/state-folder.ts';
import type { JobResult } from '../types/protocol.ts';

const FOLDER = 'jobs';

/** What tells a job from all others of a machine. */
export interface JobIdentity {
  readonly file: string;
  readonly name: string;
}

/** What a machine remembers of a job. */
export interface JobState {
  /** The id of the set that the job met first: another one at its destination is refused. */
  readonly setId?: string;
  readonly lastResult?: JobResult;
}

/** What is remembered of a job; nothing where it never ran here, or where nobody should believe what is written down. */
export function readJobState(native: Native, job: JobIdentity): JobState {
  const folder = new StateFolder(native).existing();
  if (folder === undefined) return {};
  try {
    const value: unknown = JSON.parse(readFileSync(fsPath(fileOf(folder, job)), 'utf8'));
    return typeof value === 'object' && value !== null ? value : {};
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/** Remembers more of a job; what is not given stays. @throws EngineError StateFolderUntrusted; errors of the system */
export function updateJobState(native: Native, job: JobIdentity, changes: JobState): void {
  const folder = new StateFolder(native).writable();
  mkdirSync(fsPath(folder, FOLDER), { recursive: true, mode: 0o700 });
  const state = { file: job.file, name: job.name, ...readJobState(native, job), ...changes };
  writeWhole(fsPath(fileOf(folder, job)), `${JSON.stringify(state, null, 2)}\n`);
}

function fileOf(folder: string, { file, name }: JobIdentity): string {
  const hash = createHash('sha256')
    .update(`${paths.key(file)}\0${name}`)
    .digest('hex');
  return paths.join(folder, FOLDER, `${hash}.json`);
}
