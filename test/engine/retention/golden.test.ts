import { expect } from 'chai';
import { readFileSync, writeFileSync } from 'node:fs';
import { applyPolicy } from '../../../engine/retention/apply-policy.ts';
import { describeReason } from '../../../engine/retention/reason.ts';
import type { GenerationFacts } from '../../../engine/retention/generation-facts.ts';
import type { RetentionPolicy } from '../../../engine/types/protocol.ts';
import { DAY, HOUR, made } from './histories.ts';
import { keptByModel } from './model.ts';

const usual: RetentionPolicy = { keepDaily: 30, keepWeekly: 13, keepMonthly: 21 };
/** 1,100 days that end with the first week of 2027, so that week 53 of 2026 is among the newest 13. */
const start = Date.parse('2024-01-07T22:30:00Z');
const days = Array.from({ length: 1100 }, (_, day) => day);

/** Histories and policies by the name of the file that holds what is kept of them. Write them with MIRRORBACKUP_GOLDEN=write. */
const cases: Record<string, { zone: string; policy: RetentionPolicy; history: GenerationFacts[] }> = {
  // 22:30 UTC is the next day in Berlin while there is summer time.
  nightly: { zone: 'Europe/Berlin', policy: usual, history: days.map((day) => made(start + day * DAY)) },
  'other-zone': { zone: 'America/New_York', policy: usual, history: days.map((day) => made(start + day * DAY)) },
  // Away for 40 days in each summer, no backup on Sundays and on the last three days of most months; every eleventh is
  // Partial, and all of one week.
  gaps: {
    zone: 'Europe/Berlin',
    policy: usual,
    history: days
      .filter((day) => day % 365 < 190 || day % 365 > 230)
      .filter((day) => new Date(start + day * DAY).getUTCDay() !== 0)
      .filter((day) => new Date(start + day * DAY).getUTCDate() < 29 || day % 5 === 0)
      .map((day) => made(start + day * DAY, day % 11 === 5 || (day > 1078 && day < 1086) ? { state: 'Partial' } : {})),
  },
  // Noon is always Partial: it counts only for its hour and as one of the last.
  'all-rules': {
    zone: 'America/New_York',
    policy: { ...usual, keepLast: 4, keepHourly: 24, keepYearly: 5, keepWithin: (2 * DAY) / 1000 },
    history: days.flatMap((day) =>
      [0, 13.5].map((hour) => made(start + day * DAY + hour * HOUR, hour > 0 ? { state: 'Partial' } : {})),
    ),
  },
  // Every half hour of the nights in which clocks are changed.
  'hours-of-change': {
    zone: 'Europe/Berlin',
    policy: { keepHourly: 30 },
    history: ['2026-03-28T20:15:00Z', '2026-10-24T20:15:00Z'].flatMap((evening) =>
      Array.from({ length: 24 }, (_, half) => made(Date.parse(evening) + (half * HOUR) / 2)),
    ),
  },
};

describe('golden files of retention', () => {
  for (const [name, { zone, policy, history }] of Object.entries(cases)) {
    it(name, () => {
      const decisions = applyPolicy(history, policy, zone);
      const kept = decisions.filter(({ action }) => action === 'Keep');
      expect(kept.map((each) => each.name)).to.deep.equal(keptByModel(history, policy, zone));
      const lines = kept.map((each) => `${each.name}  ${each.reasons.map(describeReason).join(', ')}`);
      const text = [`${JSON.stringify(policy)} in ${zone}: ${kept.length} of ${history.length}`, ...lines, ''].join(
        '\n',
      );
      const file = new URL(`golden/${name}.txt`, import.meta.url);
      if (process.env['MIRRORBACKUP_GOLDEN'] === 'write') writeFileSync(file, text);
      expect(text).to.equal(readFileSync(file, 'utf8'));
    }).timeout(60_000);
  }
});
