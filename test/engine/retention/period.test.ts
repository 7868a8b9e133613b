import { expect } from 'chai';
import { periodOf } from '../../../engine/retention/period.ts';
import type { PeriodRule } from '../../../engine/retention/policy.ts';
import { HOUR, kept, made } from './histories.ts';

describe('periods', () => {
  const cases: [PeriodRule, string, string, string][] = [
    ['hourly', '2026-11-23T10:59:59.999Z', 'UTC', '2026-11-23T10+00:00'],
    ['hourly', '2026-11-23T10:59:59.999Z', 'Asia/Kathmandu', '2026-11-23T16+05:45'],
    ['daily', '2026-11-23T22:59:59Z', 'Europe/Berlin', '2026-11-23'],
    ['daily', '2026-11-23T23:00:00Z', 'Europe/Berlin', '2026-11-24'],
    ['daily', '2026-07-23T22:00:00Z', 'Europe/Berlin', '2026-07-24'],
    ['weekly', '2026-11-29T23:59:59Z', 'UTC', '2026-W48'],
    ['weekly', '2026-11-30T00:00:00Z', 'UTC', '2026-W49'],
    ['weekly', '2026-12-31T12:00:00Z', 'UTC', '2026-W53'],
    ['weekly', '2027-01-03T12:00:00Z', 'UTC', '2026-W53'],
    ['weekly', '2027-01-04T00:00:00Z', 'UTC', '2027-W01'],
    ['weekly', '2024-12-30T00:00:00Z', 'UTC', '2025-W01'],
    ['weekly', '2027-01-03T23:30:00Z', 'Europe/Berlin', '2027-W01'],
    ['monthly', '2026-12-31T23:30:00Z', 'Europe/Berlin', '2027-01'],
    ['monthly', '2027-01-01T02:00:00Z', 'America/New_York', '2026-12'],
    ['yearly', '2026-12-31T10:30:00Z', 'Pacific/Kiritimati', '2027'],
  ];
  for (const [rule, time, zone, period] of cases)
    it(`${time} in ${zone} is ${rule} ${period}`, () =>
      expect(periodOf(rule, Date.parse(time), zone)).to.equal(period));

  it('are two for the hour that the end of summer time repeats', () => {
    // In Berlin 2:00 to 3:00 on 25 October 2026 comes twice: from 0:00 and from 1:00 UTC.
    const history = [0.25, 0.75, 1.25, 1.75, 2.25].map((hours) => made(Date.UTC(2026, 9, 25) + hours * HOUR));
    const hours = history.map(({ createdAt }) => periodOf('hourly', createdAt, 'Europe/Berlin'));
    expect(hours).to.deep.equal([
      '2026-10-25T02+02:00',
      '2026-10-25T02+02:00',
      '2026-10-25T02+01:00',
      '2026-10-25T02+01:00',
      '2026-10-25T03+01:00',
    ]);
    expect(kept(history, { keepHourly: 3 }, 'Europe/Berlin')).to.have.lengthOf(3);
  });

  it('leave out the hour that summer time skips', () => {
    const times = [0.5, 1.5].map((hours) => Date.UTC(2026, 2, 29) + hours * HOUR);
    expect(times.map((time) => periodOf('hourly', time, 'Europe/Berlin'))).to.deep.equal([
      '2026-03-29T01+01:00',
      '2026-03-29T03+02:00',
    ]);
  });

  it('make a day of 23 hours one day, and a day of 25', () => {
    for (const [from, hours] of [
      ['2026-03-28T23:00:00Z', 23],
      ['2026-10-24T22:00:00Z', 25],
    ] as const) {
      const start = Date.parse(from);
      const history = Array.from({ length: hours + 1 }, (_, hour) => made(start + hour * HOUR));
      expect(kept(history, { keepDaily: 9 }, 'Europe/Berlin')).to.deep.equal(
        [history[hours - 1], history[hours]].map((each) => each?.name),
      );
    }
  });

  it('of a zone that is not known are an error, not one for all', () => {
    expect(() => periodOf('daily', 0, 'Middle/Earth')).to.throw(RangeError);
  });
});
