import { expect } from 'chai';
import fc from 'fast-check';
import { applyPolicy } from '../../../engine/retention/apply-policy.ts';
import { describeReason } from '../../../engine/retention/reason.ts';
import type { GenerationFacts } from '../../../engine/retention/generation-facts.ts';
import type { RetentionPolicy } from '../../../engine/types/protocol.ts';
import { anyHistory, anyPolicy, anyZone, DAY, HOUR, kept, made } from './histories.ts';
import { keptByModel } from './model.ts';

const namesOf = (history: readonly GenerationFacts[]): string[] => history.map(({ name }) => name);
const partial = { state: 'Partial' } as const;

describe('a retention policy', () => {
  it('keeps the newest generation of each of the newest days', () => {
    const history = ['01T08', '01T20', '02T08', '03T08', '03T20'].map((time) => made(`2026-11-${time}:00:00Z`));
    expect(kept(history, { keepDaily: 2 })).to.deep.equal(['2026-11-02T080000Z', '2026-11-03T200000Z']);
    expect(kept(history, { keepDaily: 9 })).to.deep.equal([
      '2026-11-01T200000Z',
      '2026-11-02T080000Z',
      '2026-11-03T200000Z',
    ]);
  });

  it('counts only days on which there are generations', () => {
    const history = ['2026-01-01', '2026-05-01', '2026-11-01'].map((day) => made(`${day}T08:00:00Z`));
    expect(kept(history, { keepDaily: 2 })).to.deep.equal(namesOf(history.slice(1)));
  });

  it('prefers a Complete generation, and keeps the newest Partial one of a day without', () => {
    const history = [
      made('2026-11-01T08:00:00Z', partial),
      made('2026-11-01T20:00:00Z', partial),
      made('2026-11-02T08:00:00Z'),
      made('2026-11-02T20:00:00Z', partial),
      made('2026-11-03T08:00:00Z'),
    ];
    expect(kept(history, { keepDaily: 3 })).to.deep.equal([
      '2026-11-01T200000Z',
      '2026-11-02T080000Z',
      '2026-11-03T080000Z',
    ]);
  });

  it('applies each rule by itself', () => {
    const history = Array.from({ length: 400 }, (_, day) => made(Date.UTC(2026, 0, 1, 12) + day * DAY));
    const [daily, monthly] = [kept(history, { keepDaily: 30 }), kept(history, { keepMonthly: 12 })];
    const both = kept(history, { keepDaily: 30, keepMonthly: 12 });
    expect(both).to.deep.equal([...new Set([...daily, ...monthly])].sort());
    expect(daily).to.have.lengthOf(30);
    expect(monthly).to.have.lengthOf(12);
  });

  it('counts the time of keepWithin from the newest generation, its end included', () => {
    const newest = Date.parse('2026-11-23T10:00:00Z');
    const history = [made(newest - 2 * DAY - 1), made(newest - 2 * DAY), made(newest - DAY, partial), made(newest)];
    expect(kept(history, { keepWithin: 2 * 86_400 })).to.deep.equal(namesOf(history.slice(1)));
  });

  it('never removes the newest, the newest Complete one, and pinned ones', () => {
    const history = [
      made('2026-11-01T08:00:00Z', { pin: '' }),
      made('2026-11-02T08:00:00Z'),
      made('2026-11-03T08:00:00Z'),
      made('2026-11-04T08:00:00Z', partial),
      made('2026-11-04T09:00:00Z', partial),
    ];
    expect(kept(history, { keepLast: 1 })).to.deep.equal([
      '2026-11-01T080000Z',
      '2026-11-03T080000Z',
      '2026-11-04T090000Z',
    ]);
  });

  it('says why, for every generation and every rule', () => {
    const history = [
      made('2026-09-30T08:00:00Z'),
      made('2026-11-01T08:00:00Z', { pin: 'migration' }),
      made('2026-11-02T08:00:00Z', partial),
      made('2026-11-03T08:00:00Z'),
      made('2026-11-03T09:00:00Z'),
    ];
    const policy = { keepDaily: 2, keepMonthly: 1, keepWithin: 86_400 * 1.5, keepLast: 1 };
    expect(applyPolicy(history, policy, 'UTC').map((each) => [each.action, ...each.reasons.map(describeReason)]))
      .to //
      .deep.equal([
        [
          'Remove',
          'not in the last 1',
          'not within 1 d 12 h of the newest',
          'daily: 2026-09-30 is older than the newest 2',
          'monthly: 2026-09 is older than the newest 1',
        ],
        ['Keep', 'pinned: migration'],
        ['Keep', 'within 1 d 12 h of the newest', 'daily 2 of 2: 2026-11-02 (none is complete)'],
        ['Keep', 'within 1 d 12 h of the newest'],
        [
          'Keep',
          'the newest complete generation',
          'last 1 of 1',
          'within 1 d 12 h of the newest',
          'daily 1 of 2: 2026-11-03',
          'monthly 1 of 1: 2026-11',
        ],
      ]);
    const [, superseded] = applyPolicy(history.slice(2, 4), { keepMonthly: 1 }, 'UTC').toReversed();
    expect(superseded?.reasons.map(describeReason)).to.deep.equal(['monthly: 2026-11-03T080000Z is kept for 2026-11']);
  });

  it('has nothing to say about no generations', () => {
    expect(applyPolicy([], { keepLast: 1 }, 'UTC')).to.deep.equal([]);
  });

  it('judges every generation once, with reasons, in order, whatever the order it is given', () => {
    fc.assert(
      fc.property(anyHistory, anyPolicy, anyZone, (history, policy, zone) => {
        const decisions = applyPolicy(history, policy, zone);
        expect(decisions.map(({ name }) => name)).to.deep.equal(namesOf(history));
        for (const { reasons } of decisions) expect(reasons).not.to.be.empty;
        expect(applyPolicy(history.toReversed(), policy, zone)).to.deep.equal(decisions);
      }),
    );
  });

  it('keeps what an independent model keeps', () => {
    fc.assert(
      fc.property(anyHistory, anyPolicy, anyZone, (history, policy, zone) => {
        expect(kept(history, policy, zone)).to.deep.equal(keptByModel(history, policy, zone));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps with one more rule what it keeps without', () => {
    fc.assert(
      fc.property(anyHistory, anyPolicy, anyPolicy, anyZone, (history, policy, more, zone) => {
        expect(kept(history, { ...more, ...policy }, zone)).to.include.members(kept(history, policy, zone));
      }),
    );
  });
});

describe('pruning now and then', () => {
  it('comes to the same as pruning once, for all rules and states', () => {
    fc.assert(
      fc.property(
        anyHistory,
        anyPolicy,
        anyZone,
        fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
        (history, policy, zone, nights) => {
          expect(prunedAlong(history, policy, zone, (night) => nights[night] ?? true)).to.deep.equal(
            kept(history, policy, zone),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('every night for three years comes to the same, too', () => {
    const history = Array.from({ length: 1100 }, (_, day) =>
      made(Date.UTC(2024, 0, 7, 22, 30) + day * DAY, day % 11 === 5 ? partial : {}),
    );
    const policy = { keepDaily: 30, keepWeekly: 13, keepMonthly: 21 };
    expect(prunedAlong(history, policy, 'Europe/Berlin', () => true)).to.deep.equal(
      kept(history, policy, 'Europe/Berlin'),
    );
  });

  it('does not when a clock that went back adds a Partial generation to a day that was left', () => {
    const history = [
      made('2026-11-01T08:00:00Z'),
      made('2026-11-02T08:00:00Z'),
      { ...made('2026-11-03T08:00:00Z', partial), createdAt: Date.parse('2026-11-01T09:00:00Z') },
    ];
    const policy = { keepDaily: 1 };
    expect(kept(history, policy)).to.include('2026-11-01T080000Z');
    expect(prunedAlong(history, policy, 'UTC', () => true)).not.to.include('2026-11-01T080000Z');
  });

  it('does not when the newest generations go back in time, and keepWithin with them', () => {
    const history = [
      made('2026-11-01T08:00:00Z'),
      made('2026-11-09T08:00:00Z'),
      { ...made('2026-11-10T08:00:00Z'), createdAt: Date.parse('2026-11-01T09:00:00Z') },
    ];
    const policy = { keepWithin: 2 * (HOUR / 1000) };
    expect(kept(history, policy)).to.include('2026-11-01T080000Z');
    expect(prunedAlong(history, policy, 'UTC', () => true)).not.to.include('2026-11-01T080000Z');
  });

  /** Adds one generation after the other, and prunes after those that `isNight` tells, and after the last. */
  function prunedAlong(
    history: readonly GenerationFacts[],
    policy: RetentionPolicy,
    zone: string,
    isNight: (night: number) => boolean,
  ): string[] {
    let left: GenerationFacts[] = [];
    history.forEach((generation, night) => {
      left.push(generation);
      if (!isNight(night) && night < history.length - 1) return;
      const names = new Set(kept(left, policy, zone));
      left = left.filter(({ name }) => names.has(name));
    });
    return namesOf(left);
  }
});
