import fc from 'fast-check';
import { nameOf } from '../../../engine/generation/generation-name.ts';
import { applyPolicy } from '../../../engine/retention/apply-policy.ts';
import type { GenerationFacts } from '../../../engine/retention/generation-facts.ts';
import type { RetentionPolicy } from '../../../engine/types/protocol.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A generation made at a time such as `2026-11-23T10:15:00Z`. */
export function made(time: string | number, more: Partial<GenerationFacts> = {}): GenerationFacts {
  const createdAt = typeof time === 'number' ? time : Date.parse(time);
  return { name: nameOf(new Date(createdAt)), createdAt, state: 'Complete', ...more };
}

/** Names of what a policy keeps. */
export function kept(history: readonly GenerationFacts[], policy: RetentionPolicy, zone = 'UTC'): string[] {
  return applyPolicy(history, policy, zone)
    .filter(({ action }) => action === 'Keep')
    .map(({ name }) => name);
}

/** Generations in the order of time, with pauses of minutes to months; a third is Partial, a few are pinned. */
export const anyHistory = fc
  .record({
    start: fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2027, 0, 1) }),
    steps: fc.array(
      fc.record({
        pause: fc.oneof(
          fc.integer({ min: 1000, max: 2 * HOUR }),
          fc.integer({ min: 20 * HOUR, max: 28 * HOUR }),
          fc.integer({ min: DAY, max: 100 * DAY }),
        ),
        state: fc.constantFrom('Complete' as const, 'Complete' as const, 'Partial' as const),
        pin: fc.option(fc.constant('kept by hand'), { freq: 9, nil: undefined }),
      }),
      { minLength: 1, maxLength: 60 },
    ),
  })
  .map(({ start, steps }) => {
    let time = start;
    return steps.map(({ pause, state, pin }) => made((time += pause), { state, ...(pin !== undefined && { pin }) }));
  });

const count = fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined });

/** With at least one rule. */
export const anyPolicy: fc.Arbitrary<RetentionPolicy> = fc
  .record({
    keepLast: count,
    keepHourly: count,
    keepDaily: count,
    keepWeekly: count,
    keepMonthly: count,
    keepYearly: count,
    keepWithin: fc.option(fc.integer({ min: 1, max: 90 * 86_400 }), { nil: undefined }),
  })
  .map((policy) => Object.fromEntries(Object.entries(policy).filter(([, value]) => value !== undefined)))
  .filter((policy) => Object.keys(policy).length > 0);

/** With summer time, half hours, and changes at midnight. */
export const anyZone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Atlantic/Azores',
  'Africa/Casablanca',
  'America/Santiago',
  'Pacific/Apia',
);
