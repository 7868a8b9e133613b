import { readFileSync } from 'node:fs';
import { fsPath } from '../../../native/fs-path.ts';
import type { LockHandle, Native } from '../../../native/index.ts';
import { EngineError } from '../../errors/engine-error.ts';
import type { Job } from '../job.ts';

/** What a run writes into its lock, for the next one. */
export interface RunNote {
  pid: number;
  startedAt: string;
  logFile?: string | undefined;
}

export interface JobLock {
  /** The run before this one, where it was cut off: it released nothing. */
  readonly unfinished: RunNote | undefined;
  release(): void;
}

/**
 * Makes this the only run of the job on this machine. The lock is the system's: a run that is killed loses it, and leaves
 * its note.
 * @throws EngineError JobBusy
 */
export function lockJob(native: Native, job: Job, path: string, note: RunNote): JobLock {
  const lock: LockHandle | undefined = native.lock(path);
  if (!lock) {
    const holder = parse(readNote(path));
    const who = holder ? ` by process ${holder.pid}, since ${holder.startedAt}` : '';
    throw new EngineError('JobBusy', {
      message: `The job '${job.name}' is being run already${who}.`,
      path: job.file,
      ...(holder && { details: { ...holder } }),
    });
  }
  const unfinished = parse(lock.previous);
  lock.describe(`${JSON.stringify(note)}\n`);
  return { unfinished, release: () => lock.release() };
}

function readNote(path: string): string {
  try {
    return readFileSync(fsPath(path), 'utf8');
  } catch {
    return '';
  }
}

function parse(note: string): RunNote | undefined {
  try {
    return JSON.parse(note) as RunNote;
  } catch {
    return undefined;
  }
}
