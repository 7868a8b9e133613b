import type { Native } from '../../../native/index.ts';
import { EngineError } from '../../errors/engine-error.ts';
import { findSet } from '../../generation/backup-set.ts';
import type { JobResult } from '../../types/protocol.ts';
import { engineVersion } from '../../types/version.ts';
import type { Job } from '../job.ts';
import { GRACE_MS, graceSignal } from './grace-signal.ts';
import { holdJobLock } from './hold-job-lock.ts';
import { openRun, warnNotWritten, type RunContext, type RunJobOptions } from './run-context.ts';
import type { JobListener } from './run-watch.ts';
import { applyRetention } from './steps/apply-retention.ts';
import { backUp } from './steps/back-up.ts';
import { remember } from './steps/remember.ts';
import { tell } from './steps/tell.ts';
import { verifyBackup } from './steps/verify-backup.ts';
import { writeReports } from './steps/write-reports.ts';

/**
 * Runs a job: hooks, backup, verification, retention, reports, hooks, notifications. What fails is in the result, and what
 * has to follow a failure follows it.
 */
export async function runJob(
  native: Native,
  job: Job,
  options: RunJobOptions,
  listener: JobListener,
  signal: AbortSignal,
): Promise<JobResult> {
  const run = openRun(native, job, options, listener, signal);
  begin(run);
  // After a cancellation, too, for a while: hooks may have to undo what those before the backup have done.
  const grace = graceSignal(signal, GRACE_MS);
  const end = grace.signal;
  try {
    const result = await holdJobLock(run, async () => {
      await perform(run, end);
      const finished = await finish(run, end);
      remember(run, finished);
      return finished;
    });
    if (!(result instanceof EngineError)) return result;
    // Another run is at work. Nothing is done, hooks included: what they would undo belongs to the other one.
    run.record.addProblem(result);
    return await finish(run, end);
  } finally {
    grace.release();
    run.log.close();
  }
}

function begin(run: RunContext): void {
  const { job, log } = run;
  const { destination, sources } = job.settings;
  log.write('Info', 'run.start', `The job '${job.name}' begins.`, {
    job: job.name,
    file: job.file,
    destination,
    sources,
    pid: process.pid,
    engine: engineVersion,
  });
  if (log.problem !== undefined) warnNotWritten(run, 'JobLogNotWritable', 'The log of the job', log.problem);
}

/** @param end when those that follow a failure have to be done, too */
async function perform(run: RunContext, end: AbortSignal): Promise<void> {
  const { job, options, hooks, record, signal } = run;
  if ((await step(run, () => hooks.before(signal))) && (await step(run, () => backUp(run)))) {
    // What is damaged may have its only good copy in a generation that would go.
    const isGood = (await step(run, () => verifyBackup(run))) && !record.hasProblems;
    await step(run, () => applyRetention(run, isGood ? 'Good' : 'Doubtful'));
  }
  // Of the set as it is now, also where there is no new generation in it.
  if (findSet(job.settings.destination)) await step(run, () => writeReports(run, end));
  for (const problem of options.secretProblems) record.addProblem(problem);
  await step(run, () =>
    hooks.end(
      () => record.summarize(),
      (problem) => record.addProblem(problem),
      end,
    ),
  );
}

/** @returns whether it was done */
async function step({ record, signal }: RunContext, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (signal.aborted) record.cancel(signal.reason);
    if (error !== signal.reason) record.addProblem(error);
    return false;
  }
}

async function finish(run: RunContext, end: AbortSignal): Promise<JobResult> {
  const { log, record } = run;
  record.endedAt = new Date();
  await tell(run, end);
  const result = record.summarize();
  const level = result.state === 'Complete' ? 'Info' : result.state === 'Partial' ? 'Warning' : 'Error';
  log.write(level, 'run.end', `The job '${result.job}' has ended: ${result.state}.`, result);
  return result;
}
