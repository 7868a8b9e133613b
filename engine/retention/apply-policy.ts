import type { RetentionPolicy } from '../types/protocol.ts';
import type { GenerationFacts } from './generation-facts.ts';
import { periodOf } from './period.ts';
import { PERIOD_FIELDS, PERIOD_RULES, type PeriodRule } from './policy.ts';
import type { KeepReason, RemoveReason } from './reason.ts';

/** What a policy says about one generation. What is kept has a reason at least; what goes, one for each rule. */
export type Decision =
  { name: string; action: 'Keep'; reasons: KeepReason[] } | { name: string; action: 'Remove'; reasons: RemoveReason[] };

/**
 * Decides which generations a policy keeps: those that any of its rules keeps, and those that no policy removes (pinned
 * ones, the newest complete one, and the newest one, which is the base of the next run and of one that is at work). No
 * rule looks at the clock.
 * @param zone the IANA time zone in which hours, days, weeks, months and years begin
 * @returns one decision for each generation, oldest first
 */
export function applyPolicy(
  generations: readonly GenerationFacts[],
  policy: RetentionPolicy,
  zone: string,
): Decision[] {
  const newestFirst = generations.toSorted((a, b) => (a.name < b.name ? 1 : -1));
  const verdicts = Map.groupBy([...guard(newestFirst), ...judge(newestFirst, policy, zone)], ({ name }) => name);
  return newestFirst.toReversed().map(({ name }) => {
    const own = verdicts.get(name) ?? [];
    const keep = own.flatMap((verdict) => (verdict.action === 'Keep' ? [verdict.reason] : []));
    if (keep.length > 0) return { name, action: 'Keep', reasons: keep };
    const remove = own.flatMap((verdict) => (verdict.action === 'Remove' ? [verdict.reason] : []));
    return { name, action: 'Remove', reasons: remove };
  });
}

/** What one rule says about one generation. */
type Verdict =
  { name: string; action: 'Keep'; reason: KeepReason } | { name: string; action: 'Remove'; reason: RemoveReason };

function guard(newestFirst: readonly GenerationFacts[]): Verdict[] {
  const newest = newestFirst[0];
  const complete = newestFirst.find(({ state }) => state === 'Complete');
  const verdicts: Verdict[] = newestFirst.flatMap(({ name, pin }) =>
    pin === undefined ? [] : [keep(name, { kind: 'pinned', reason: pin })],
  );
  if (complete) verdicts.push(keep(complete.name, { kind: 'newestComplete' }));
  if (newest && newest !== complete) verdicts.push(keep(newest.name, { kind: 'newest' }));
  return verdicts;
}

function judge(newestFirst: readonly GenerationFacts[], policy: RetentionPolicy, zone: string): Verdict[] {
  return [
    ...(policy.keepLast === undefined ? [] : judgeLast(newestFirst, policy.keepLast)),
    ...(policy.keepWithin === undefined ? [] : judgeWithin(newestFirst, policy.keepWithin)),
    ...PERIOD_RULES.flatMap((rule) => {
      const count = policy[PERIOD_FIELDS[rule]];
      return count === undefined ? [] : judgePeriods(newestFirst, rule, count, zone);
    }),
  ];
}

function judgeLast(newestFirst: readonly GenerationFacts[], count: number): Verdict[] {
  return newestFirst.map(({ name }, i) =>
    i < count ? keep(name, { kind: 'last', position: i + 1, count }) : remove(name, { kind: 'beyondLast', count }),
  );
}

function judgeWithin(newestFirst: readonly GenerationFacts[], seconds: number): Verdict[] {
  const start = (newestFirst[0]?.createdAt ?? 0) - seconds * 1000;
  return newestFirst.map(({ name, createdAt }) =>
    createdAt >= start ? keep(name, { kind: 'within', seconds }) : remove(name, { kind: 'beyondWithin', seconds }),
  );
}

function judgePeriods(
  newestFirst: readonly GenerationFacts[],
  rule: PeriodRule,
  count: number,
  zone: string,
): Verdict[] {
  // A Map keeps the order in which its keys came: that of the periods, newest first.
  const periods = new Map<string, GenerationFacts[]>();
  for (const generation of newestFirst) {
    const period = periodOf(rule, generation.createdAt, zone);
    const members = periods.get(period);
    if (members) members.push(generation);
    else periods.set(period, [generation]);
  }
  return [...periods].flatMap(([period, members], i) => {
    if (i >= count) return members.map(({ name }) => remove(name, { kind: 'beyondPeriods', rule, period, count }));
    const chosen = members.find(({ state }) => state === 'Complete') ?? members[0];
    return members.map(({ name, state }) =>
      name === chosen.name
        ? keep(name, { kind: 'period', rule, period, position: i + 1, count, state })
        : remove(name, { kind: 'superseded', rule, period, by: chosen.name }),
    );
  });
}

function keep(name: string, reason: KeepReason): Verdict {
  return { name, action: 'Keep', reason };
}

function remove(name: string, reason: RemoveReason): Verdict {
  return { name, action: 'Remove', reason };
}
