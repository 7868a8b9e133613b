import { DateTime } from 'luxon';
import type { ReportGeneration } from '../../types/report.ts';

/** What one bar stands for: a run, or all runs of a period. */
export interface Bin {
  /** When it begins, as the clock on the wall shows it, in UTC. */
  start: Date;
  runs: ReportGeneration[];
}

export interface Bins {
  unit: 'run' | Unit;
  bins: Bin[];
}

const UNITS = ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const;
type Unit = (typeof UNITS)[number];

/** More bars than these cannot be told apart. */
const MOST_RUNS = 45;
const MOST_PERIODS = 80;

/** The moment as the clock on the wall of that zone shows it: scales of d3 know UTC only. */
export function wallClock(time: string, zone: string): Date {
  return DateTime.fromISO(time, { zone }).setZone('utc', { keepLocalTime: true }).toJSDate();
}

/** A bar for each run or, where these are many, for each of the shortest periods that are few enough. */
export function binRuns(runs: readonly ReportGeneration[], zone: string): Bins {
  if (runs.length <= MOST_RUNS)
    return { unit: 'run', bins: runs.map((run) => ({ start: wallClock(run.createdAt, zone), runs: [run] })) };
  const unit = UNITS.find((each) => periods(runs, zone, each) <= MOST_PERIODS) ?? 'year';
  return { unit, bins: binPeriods(runs, zone, unit) };
}

function periods(runs: readonly ReportGeneration[], zone: string, unit: Unit): number {
  const starts = runs.map((run) => startOf(run, zone, unit).toMillis());
  const first = DateTime.fromMillis(Math.min(...starts), { zone: 'utc' });
  const last = DateTime.fromMillis(Math.max(...starts), { zone: 'utc' });
  return Math.round(last.diff(first, unit).as(unit)) + 1;
}

function startOf({ createdAt }: ReportGeneration, zone: string, unit: Unit): DateTime {
  return DateTime.fromJSDate(wallClock(createdAt, zone), { zone: 'utc' }).startOf(unit);
}

/** Periods without a run have a place, too. */
function binPeriods(runs: readonly ReportGeneration[], zone: string, unit: Unit): Bin[] {
  const members = Map.groupBy(runs, (run) => startOf(run, zone, unit).toMillis());
  const times = [...members.keys()];
  const last = Math.max(...times);
  const bins: Bin[] = [];
  for (
    let at = DateTime.fromMillis(Math.min(...times), { zone: 'utc' });
    at.toMillis() <= last;
    at = at.plus({ [unit]: 1 })
  )
    bins.push({ start: at.toJSDate(), runs: members.get(at.toMillis()) ?? [] });
  return bins;
}
