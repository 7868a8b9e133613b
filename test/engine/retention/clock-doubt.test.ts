import { expect } from 'chai';
import { findClockDoubt } from '../../../engine/retention/clock-doubt.ts';
import { clockNotTrusted } from '../../../engine/retention/refuse-clock.ts';
import type { GenerationFacts } from '../../../engine/retention/generation-facts.ts';
import { DAY, made, MINUTE } from './histories.ts';

const start = Date.parse('2026-01-01T02:00:00Z');
const nightly = (nights: number): GenerationFacts[] =>
  Array.from({ length: nights }, (_, night) => made(start + night * DAY));

describe('doubts about the clock', () => {
  const doubt = (history: readonly GenerationFacts[], now: number): string | undefined =>
    findClockDoubt(history, now)?.kind;

  it('are none of usual times, of few generations, or of none', () => {
    expect(doubt(nightly(60), start + 60 * DAY)).to.equal(undefined);
    expect(doubt(nightly(1), start)).to.equal(undefined);
    expect(doubt([], 0)).to.equal(undefined);
  });

  it('arise from a generation made later than now, but not from clocks that differ by minutes', () => {
    const history = nightly(3);
    const last = history[2]?.createdAt ?? 0;
    expect(doubt(history, last - 4 * MINUTE)).to.equal(undefined);
    expect(doubt(history, last - 6 * MINUTE)).to.equal('future');
  });

  it('arise from a newest generation that is dated before an older one', () => {
    const history = nightly(3);
    const last = history[2]?.createdAt ?? 0;
    const back = (by: number): GenerationFacts[] => [...history, { ...made(last + 1000), createdAt: last - by }];
    expect(doubt(back(4 * MINUTE), last + DAY)).to.equal(undefined);
    expect(doubt(back(6 * MINUTE), last + DAY)).to.equal('wentBack');
    expect(doubt([...back(6 * MINUTE), made(last + DAY)], last + DAY)).to.equal(undefined);
  });

  it('arise from a newest generation long after the others, as long as it is the newest', () => {
    const history = nightly(20);
    const late = made(start + 20 * DAY + 400 * DAY);
    expect(doubt([...history, made(start + 45 * DAY)], start + 500 * DAY)).to.equal(undefined);
    expect(doubt([...history, late], start + 500 * DAY)).to.equal('leap');
    expect(doubt([...history, late, made(late.createdAt + DAY)], start + 500 * DAY)).to.equal(undefined);
    expect(doubt([...history.slice(0, 3), late], start + 500 * DAY)).to.equal(undefined);
  });

  it('do not arise from a clock that is ahead only now: no rule looks at it', () => {
    expect(doubt(nightly(60), start + 3650 * DAY)).to.equal(undefined);
  });

  it('are told with names and times', () => {
    const [first, last] = [made(start), made(start + DAY)];
    const history = nightly(20);
    const late = made(start + 420 * DAY);
    const messages = [
      findClockDoubt([first, last], start),
      findClockDoubt([last, { ...made(start + 2 * DAY), createdAt: start }], start + 2 * DAY),
      findClockDoubt([...history, late], start + 500 * DAY),
    ].map((found) => found && clockNotTrusted(found, '/set').message);
    expect(messages).to.deep.equal([
      'The generation 2026-01-02T020000Z was made at 2026-01-02T02:00:00.000Z, but it is only 2026-01-01T02:00:00.000Z now.',
      'The newest generation, 2026-01-03T020000Z, is dated 2026-01-01T02:00:00.000Z, before the older 2026-01-02T020000Z (2026-01-02T02:00:00.000Z).',
      'The newest generation, 2027-02-25T020000Z, was made 401 d after the one before it; no pause was longer than 1 d until then.',
    ]);
  });
});
