import type { RetentionPolicy } from '../types/protocol.ts';

/** Rules that keep the newest generation of each of the newest periods, finest first. */
export const PERIOD_RULES = ['hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const;

export type PeriodRule = (typeof PERIOD_RULES)[number];

/** Which field of a policy says how many periods a rule keeps. */
export const PERIOD_FIELDS = {
  hourly: 'keepHourly',
  daily: 'keepDaily',
  weekly: 'keepWeekly',
  monthly: 'keepMonthly',
  yearly: 'keepYearly',
} as const satisfies Record<PeriodRule, keyof RetentionPolicy>;

/** A policy without a rule would keep nothing but what is protected: hardly what anybody means. */
export function isEmptyPolicy(policy: RetentionPolicy): boolean {
  return Object.values(policy).every((value) => value === undefined);
}
