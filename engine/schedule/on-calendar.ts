import { secondsOf } from '../jobs/duration.ts';
import type { Schedule } from '../types/job.ts';
import { WEEK } from './week.ts';

/** When a job runs, as calendar events of systemd: see systemd.time(7). */
export function onCalendar({ at, every, days }: Schedule): string[] {
  const prefix = days === undefined ? '' : `${daysOf(days)} `;
  const times = every === undefined ? [...(at ?? [])].sort().map((time) => `${time}:00`) : [repeated(secondsOf(every))];
  return times.map((time) => `${prefix}*-*-* ${time}`);
}

function daysOf(days: readonly string[]): string {
  return WEEK.filter((day) => days.includes(day))
    .map((day) => day.slice(0, 3))
    .join(',');
}

// Counted from midnight: every interval of the schema divides the hour or the day.
function repeated(seconds: number): string {
  if (seconds < 3600) return `*:00/${seconds / 60}:00`;
  return seconds === 3600 ? '*:00:00' : `00/${seconds / 3600}:00:00`;
}
