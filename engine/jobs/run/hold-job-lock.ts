import { EngineError } from '../../errors/engine-error.ts';
import { lockJob, type JobLock, type RunNote } from './job-lock.ts';
import { lockFile } from './places.ts';
import { warnNotWritten, type RunContext } from './run-context.ts';

/**
 * Works while this is the only run of the job on this machine.
 * @returns what `work` returns, or the error that another run is at work
 */
export async function holdJobLock<T>(run: RunContext, work: () => Promise<T>): Promise<T | EngineError> {
  const { native, job, startedAt, log } = run;
  let lock: JobLock | undefined;
  try {
    const note = { pid: process.pid, startedAt: startedAt.toISOString(), logFile: log.path };
    lock = lockJob(native, job, lockFile(native, job), note);
  } catch (error) {
    if (error instanceof EngineError && error.id === 'JobBusy') return error;
    // The lock of the set still keeps runs apart that would disturb each other.
    warnNotWritten(run, 'JobNotLocked', 'The lock of the job', error);
  }
  try {
    if (lock?.unfinished) tellUnfinished(run, lock.unfinished);
    return await work();
  } finally {
    lock?.release();
  }
}

function tellUnfinished({ watch }: RunContext, { pid, startedAt, logFile }: RunNote): void {
  watch.warning({
    id: 'RunUnfinished',
    message: `The run of ${startedAt} (process ${pid}) did not come to its end: it was killed, or the machine went down.`,
    ...(logFile !== undefined && { path: logFile }),
  });
}
