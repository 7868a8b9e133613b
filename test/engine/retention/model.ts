import type { GenerationFacts } from '../../../engine/retention/generation-facts.ts';
import type { RetentionPolicy } from '../../../engine/types/protocol.ts';

/**
 * What a policy keeps, said once more: rule by rule and generation by generation, straight from the documentation, with the
 * calendar of `Intl` and weeks worked out by their Thursdays. Slow, and shares nothing with the engine.
 */
export function keptByModel(history: readonly GenerationFacts[], policy: RetentionPolicy, zone: string): string[] {
  const rules: [number | undefined, PeriodOf][] = [
    [policy.keepHourly, remembered((time) => hourOf(time, zone))],
    [policy.keepDaily, remembered((time) => dayOf(time, zone).join('-'))],
    [policy.keepWeekly, remembered((time) => weekOf(time, zone))],
    [policy.keepMonthly, remembered((time) => dayOf(time, zone).slice(0, 2).join('-'))],
    [policy.keepYearly, remembered((time) => String(dayOf(time, zone)[0]))],
  ];
  return history
    .filter(
      (one) =>
        isKept(one, history, policy) || rules.some(([count, periodOf]) => keptFor(one, history, count, periodOf)),
    )
    .map(({ name }) => name);
}

type PeriodOf = (time: number) => string;

function remembered(periodOf: PeriodOf): PeriodOf {
  const known = new Map<number, string>();
  return (time) => {
    const period = known.get(time) ?? periodOf(time);
    known.set(time, period);
    return period;
  };
}

/** What does not depend on the calendar. */
function isKept(one: GenerationFacts, history: readonly GenerationFacts[], policy: RetentionPolicy): boolean {
  const newer = history.filter(({ name }) => name > one.name);
  if (one.pin !== undefined || newer.length === 0) return true;
  if (one.state === 'Complete' && newer.every(({ state }) => state === 'Partial')) return true;
  if (newer.length < (policy.keepLast ?? 0)) return true;
  const newest = newer.reduce((a, b) => (a.name > b.name ? a : b));
  return policy.keepWithin !== undefined && newest.createdAt - one.createdAt <= policy.keepWithin * 1000;
}

function keptFor(
  one: GenerationFacts,
  history: readonly GenerationFacts[],
  count: number | undefined,
  periodOf: PeriodOf,
): boolean {
  if (count === undefined) return false;
  const own = periodOf(one.createdAt);
  const isMine = ({ createdAt }: GenerationFacts): boolean => periodOf(createdAt) === own;
  const rivals = history.filter((other) => other !== one && isMine(other));
  const isBeaten = rivals.some((rival) =>
    rival.state === one.state ? rival.name > one.name : rival.state === 'Complete',
  );
  if (isBeaten) return false;
  const last = [one, ...rivals].map(({ name }) => name).reduce((a, b) => (a > b ? a : b));
  const later = new Set(history.filter(({ name }) => name > last).map(({ createdAt }) => periodOf(createdAt)));
  return later.size < count;
}

const calendars = new Map<string, Intl.DateTimeFormat>();

/** Year, month, day, hour, minute, second on the wall. */
function wallOf(time: number, zone: string): number[] {
  let calendar = calendars.get(zone);
  if (!calendar) {
    const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
    calendar = new Intl.DateTimeFormat('en-US', { ...numeric, second: 'numeric', hourCycle: 'h23', timeZone: zone });
    calendars.set(zone, calendar);
  }
  const parts = calendar.formatToParts(time);
  return ['year', 'month', 'day', 'hour', 'minute', 'second'].map((type) =>
    Number(parts.find((part) => part.type === type)?.value),
  );
}

function dayOf(time: number, zone: string): number[] {
  return wallOf(time, zone).slice(0, 3);
}

/** The hours of the two offsets on the night that repeats one are told apart. */
function hourOf(time: number, zone: string): string {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = wallOf(time, zone);
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(time / 1000) * 1000;
  return `${Date.UTC(year, month - 1, day, hour)} ${offset}`;
}

const DAY = 86_400_000;

function weekOf(time: number, zone: string): string {
  const [year = 0, month = 0, day = 0] = dayOf(time, zone);
  const midnight = Date.UTC(year, month - 1, day);
  const daysSinceMonday = (new Date(midnight).getUTCDay() + 6) % 7;
  const thursday = new Date(midnight + (3 - daysSinceMonday) * DAY);
  const newYear = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return `${thursday.getUTCFullYear()} ${Math.floor((thursday.getTime() - newYear) / DAY / 7)}`;
}
