import { expect } from 'chai';
import { countText, plural } from '../../../engine/text/counts.ts';
import { describeSeconds, durationText } from '../../../engine/text/durations.ts';

const [HOUR, DAY] = [3600, 86_400];

describe('numbers in words', () => {
  it('tell durations in one or two units', () => {
    const told = [0.04, 9.9, 9.96, 59.9, 94, 600, 3 * HOUR + 5 * 60 + 29, 5 * DAY + HOUR + 1];
    expect(told.map(durationText)).to.deep.equal([
      '0.0 s',
      '9.9 s',
      '10 s',
      '1 min',
      '1 min 34 s',
      '10 min',
      '3 h 5 min',
      '5 d 1 h',
    ]);
  });

  it('tell exact durations in all their units', () => {
    expect([30 * DAY, 36 * HOUR, 90.5].map(describeSeconds)).to.deep.equal(['30 d', '1 d 12 h', '1 min 30.5 s']);
  });

  it('tell counts', () => {
    expect([plural(1, 'loss', 'losses'), plural(1234, 'file'), countText(0)]).to.deep.equal([
      '1 loss',
      '1,234 files',
      '0',
    ]);
  });
});
