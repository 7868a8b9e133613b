import { DateTime } from 'luxon';
import { userInfo } from 'node:os';
import { loadNative } from '../../native/index.ts';
import { EngineError } from '../errors/engine-error.ts';
import { jobPaths } from '../jobs/job-paths.ts';
import { readJobs } from '../jobs/read-jobs.ts';
import { describeSchedule, type Scheduler } from '../schedule/describe-schedule.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['describeSchedules'];

/** Tells what a scheduler has to be given so that it runs jobs. */
export const run: Command<Method['params'], Method['result']> = async (params, context) => {
  const { paths, names, shell, script, environment = {}, user } = params;
  const scheduler = schedulerOf(params);
  const launch = { shell: { path: shell.path, arguments: shell.arguments ?? [] }, script, environment };
  const { jobs, problems } = readJobs(jobPaths(await loadNative(), paths), names);
  for (const { id, message, path, hint, ...details } of problems)
    context.itemError(new EngineError(id, { message, path, hint, details }));
  const schedules: Method['result']['schedules'] = [];
  for (const job of jobs) {
    try {
      schedules.push(describeSchedule(job, launch, scheduler, user));
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      // Not every job of a file need have one, unless it was asked for.
      if (error.id === 'JobNotScheduled' && !isNamed(job.name, names)) context.log('info', error.message);
      else context.itemError(error);
    }
  }
  if (names === undefined && jobs.length > 0 && jobs.every(({ settings }) => settings.schedule === undefined))
    throw new EngineError('JobNotScheduled', { message: 'None of the jobs has a schedule.', path: jobs[0]?.file });
  return { schedules };
};

function isNamed(job: string, names: readonly string[] = []): boolean {
  return names.some((name) => name.toLowerCase() === job.toLowerCase());
}

function schedulerOf({ scheduler, logon = 'S4U' }: Method['params']): Scheduler {
  switch (scheduler) {
    case 'TaskScheduler':
      return { kind: 'TaskScheduler', logon, now: DateTime.local() };
    case 'Systemd':
      return { kind: 'Systemd', manager: 'System' };
    case 'SystemdUser':
      return { kind: 'Systemd', manager: 'User', user: userInfo().username };
  }
}
