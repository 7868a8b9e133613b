import { expect } from 'chai';
import { formatBytes } from '../../../../engine/report/format-bytes.ts';
import { agoText, timeText } from '../../../../engine/report/html/words.ts';

const [MINUTE, HOUR, DAY] = [60, 3600, 86_400];

describe('words of a report', () => {
  it('tell how long ago something was, never more than it is', () => {
    const told = [59, MINUTE, 89 * MINUTE, 90 * MINUTE, 47.9 * HOUR, 2 * DAY, 89 * DAY, 100 * DAY, 3 * 366 * DAY];
    expect(told.map(agoText)).to.deep.equal([
      'just now',
      '1 minute ago',
      '89 minutes ago',
      '1 hour ago',
      '47 hours ago',
      '2 days ago',
      '89 days ago',
      '3 months ago',
      '3 years ago',
    ]);
  });

  it('tell sizes', () => {
    expect([0, 1023, 1024, 10_240, 102_400, 2_157_969_408, 2 ** 62].map(formatBytes)).to.deep.equal([
      '0 B',
      '1023 B',
      '1.00 KiB',
      '10.0 KiB',
      '100 KiB',
      '2.01 GiB',
      '4096 PiB',
    ]);
  });

  it('tell times in the zone they are asked for', () => {
    expect(timeText('2026-03-29T00:59:59.999Z', 'Europe/Berlin')).to.equal('29 Mar 2026, 01:59');
    expect(timeText('2026-03-29T01:00:00Z', 'Europe/Berlin')).to.equal('29 Mar 2026, 03:00');
  });
});
