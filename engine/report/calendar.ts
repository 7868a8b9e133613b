import { periodOf } from '../retention/period.ts';
import type { ReportDay, ReportDecision, ReportGeneration } from '../types/report.ts';

/**
 * The days on which generations were made, oldest first: as a policy counts them.
 * @param zone the IANA time zone in which days begin
 * @param decisions what a policy says, if there is one
 */
export function calendarOf(
  generations: readonly ReportGeneration[],
  zone: string,
  decisions?: readonly ReportDecision[],
): ReportDay[] {
  const kept = new Set(decisions?.filter(({ action }) => action === 'Keep').map(({ name }) => name));
  const days = Map.groupBy(generations, ({ createdAt }) => periodOf('daily', Date.parse(createdAt), zone));
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, members]) => ({
      date,
      generations: members.map(({ name }) => name),
      state: members.some(({ state }) => state === 'Complete') ? 'Complete' : 'Partial',
      pinned: members.some(({ pinned }) => pinned),
      ...(decisions && { kept: members.filter(({ name }) => kept.has(name)).length }),
    }));
}
