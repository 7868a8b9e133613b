import { DateTime } from 'luxon';
import type { PeriodRule } from './policy.ts';

/**
 * The period of a rule that a moment lies in, as a key that people can read: `2026-11-23`, `2026-W48`, `2026-11`, …
 *
 * An hour carries its offset from UTC: the hour that a change from summer time repeats is two hours. Weeks are those of ISO
 * 8601: they begin on Monday, and belong to the year that has their Thursday.
 * @param time milliseconds since 1970
 * @param zone an IANA time zone
 */
export function periodOf(rule: PeriodRule, time: number, zone: string): string {
  const local = DateTime.fromMillis(time, {
    zone,
    locale: 'en-US',
    numberingSystem: 'latn',
    outputCalendar: 'iso8601',
  });
  // All would be in one period, and all but one would go.
  if (!local.isValid) throw new RangeError(`${time} in the time zone ${zone}: ${local.invalidExplanation}`);
  return local.toFormat(FORMATS[rule]);
}

/** @see https://moment.github.io/luxon/#/formatting?id=table-of-tokens */
const FORMATS: Record<PeriodRule, string> = {
  hourly: "yyyy-MM-dd'T'HHZZ",
  daily: 'yyyy-MM-dd',
  weekly: "kkkk-'W'WW",
  monthly: 'yyyy-MM',
  yearly: 'yyyy',
};
