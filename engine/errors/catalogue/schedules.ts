import type { Chapter } from './entry.ts';

/** About the schedules of jobs. */
export const scheduleErrors = {
  JobNotScheduled: {
    category: 'InvalidOperation',
    meaning: 'The job has no `schedule`. Nothing was registered for it.',
    hint: "Give the job a 'schedule' with 'at' or 'every'.",
    remedy: 'Give it one, with `at` or `every`.',
  },
  ScheduleNotPossible: {
    category: 'InvalidArgument',
    meaning:
      'The scheduler cannot hold what the job says: a path that it would change, too many times, an account that it does not know.',
    hint: 'Change what the message names.',
    remedy: 'The message names it.',
  },
  ElevationRequired: {
    category: 'PermissionDenied',
    meaning: "The schedules of a machine are its administrators' to change; or the job runs as another account.",
    hint: 'Run it in a PowerShell that was started as administrator or, on Linux, as root.',
  },
  SchedulerNotAvailable: {
    category: 'NotInstalled',
    meaning: 'There is no scheduler: systemd does not run, as in most containers, or the user has no service manager.',
    hint: 'Use -OutputFolder to write the files only, and take them to a machine that has one.',
    remedy: 'Write the files with `-OutputFolder`, and take them to a machine that has one.',
  },
  SchedulerFailed: {
    category: 'InvalidResult',
    meaning: 'The scheduler refused. What it has of the job is what it had before.',
    hint: 'The message says what the scheduler said.',
    remedy: 'The message says what it said.',
  },
  ScheduledJobExists: {
    category: 'ResourceExists',
    meaning: "There is a task or unit of the job's name that was not made for this job file.",
    hint: 'Give the job another name, or replace what is there with -Force.',
    remedy: 'Give the job another name, or replace it with `-Force`.',
  },
  ScheduledJobNotFound: {
    category: 'ObjectNotFound',
    meaning: 'No job of this name is registered.',
    hint: 'Check the name. On Linux, root and each user have schedules of their own.',
  },
} as const satisfies Chapter;
