import type { JobDescription, JobResult } from '../types/protocol.ts';
import type { JobSettings } from '../types/job.ts';
import type { Job } from './job.ts';

/** A job as it goes to the module. */
export function describeJob(job: Job, lastResult?: JobResult): JobDescription {
  return {
    name: job.name,
    file: job.file,
    line: job.line,
    settings: { ...job.settings },
    retentionText: retentionText(job.settings),
    scheduleText: scheduleText(job.settings),
    ...(lastResult && { lastResult }),
  };
}

const RULES = [
  ['keepLast', 'last'],
  ['keepHourly', 'hourly'],
  ['keepDaily', 'daily'],
  ['keepWeekly', 'weekly'],
  ['keepMonthly', 'monthly'],
  ['keepYearly', 'yearly'],
] as const;

/** `7 daily, 4 weekly, all within 30d`. */
export function retentionText({ retention }: JobSettings): string {
  if (!retention) return 'keeps all';
  const counted = RULES.flatMap(([key, word]) => (retention[key] === undefined ? [] : [`${retention[key]} ${word}`]));
  return [...counted, ...(retention.keepWithin === undefined ? [] : [`all within ${retention.keepWithin}`])].join(', ');
}

/** `at 02:30, 14:30 on Monday, Friday`. */
export function scheduleText({ schedule }: JobSettings): string {
  if (!schedule) return 'none';
  const when = schedule.every === undefined ? `at ${(schedule.at ?? []).join(', ')}` : `every ${schedule.every}`;
  return schedule.days === undefined ? when : `${when} on ${schedule.days.join(', ')}`;
}
