import { EngineError } from '../errors/engine-error.ts';
import type { Job } from '../jobs/job.ts';
import type { Schedule } from '../types/job.ts';

/** A job that says when it runs. */
export interface ScheduledJob extends Job {
  readonly settings: Job['settings'] & { readonly schedule: Schedule };
}

/** @throws EngineError JobNotScheduled */
export function requireSchedule(job: Job): ScheduledJob {
  const { schedule } = job.settings;
  if (schedule !== undefined) return { ...job, settings: { ...job.settings, schedule } };
  throw new EngineError('JobNotScheduled', {
    message: `The job '${job.name}' (line ${job.line} of '${job.file}') has no schedule.`,
    path: job.file,
  });
}
