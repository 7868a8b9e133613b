import { expect } from 'chai';
import { ProgressEstimate, type Estimate } from '../../../engine/protocol/progress-estimate.ts';
import { ProgressThrottle } from '../../../engine/protocol/progress-throttle.ts';
import type { ProgressUpdate } from '../../../engine/types/progress-update.ts';
import { setTimeout as delay } from 'node:timers/promises';

describe('progress', () => {
  describe('throttle', () => {
    let time = 0;
    let isBehind = false;
    let sent: ProgressUpdate[] = [];
    let throttle: ProgressThrottle;
    const update = (phase: ProgressUpdate['phase'], items: number): void => throttle.update({ phase, items, bytes: 0 });

    beforeEach(() => {
      time = 0;
      isBehind = false;
      sent = [];
      throttle = new ProgressThrottle({
        send: (progress) => sent.push(progress),
        isReaderBehind: () => isBehind,
        now: () => time,
      });
    });
    afterEach(() => throttle.flush());

    it('lets four a second through', () => {
      for (time = 0; time < 1000; time++) update('Scanning', time);
      expect(sent.map(({ items }) => items)).to.deep.equal([0, 250, 500, 750]);
    });

    it('sends the last one of each phase, once', () => {
      update('Scanning', 1);
      update('Scanning', 2);
      update('Copying', 3);
      update('Copying', 4);
      throttle.flush();
      throttle.flush();
      expect(sent.map(({ phase, items }) => [phase, items])).to.deep.equal([
        ['Scanning', 1],
        ['Scanning', 2],
        ['Copying', 4],
      ]);
    });

    it('sends what was held back when nothing follows', async () => {
      update('Scanning', 1);
      update('Scanning', 2);
      time = 250;
      await delay(350);
      expect(sent.map(({ items }) => items)).to.deep.equal([1, 2]);
    });

    it('waits for a slow reader, except for the end of a phase', () => {
      isBehind = true;
      for (time = 0; time < 1000; time++) update('Scanning', time);
      expect(sent).to.deep.equal([]);
      update('Copying', 0);
      expect(sent.map(({ items }) => items)).to.deep.equal([999]);
    });
  });

  describe('estimate', () => {
    /** Feeds updates, ten a second, and returns the last estimate. */
    function feed(updates: readonly Partial<ProgressUpdate>[]): Estimate {
      const estimate = new ProgressEstimate(0);
      let last: Estimate = {};
      updates.forEach((update, index) => {
        last = estimate.add({ phase: 'Copying', items: 0, bytes: 0, ...update }, (index + 1) * 100);
      });
      return last;
    }
    const steps = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

    it('of a steady speed is right', () => {
      const estimate = feed(
        steps(50).map((i) => ({ items: i, totalItems: 100, bytes: i * 1_000_000, totalBytes: 100_000_000 })),
      );
      expect(estimate).to.deep.equal({
        itemsPerSecond: 10,
        bytesPerSecond: 10_000_000,
        percent: 50,
        secondsRemaining: 5,
      });
    });

    it('follows a change of speed within some seconds', () => {
      const bytes = [...steps(100), ...steps(200).map((i) => 100 + i / 10)];
      const { bytesPerSecond = 0 } = feed(bytes.map((each) => ({ bytes: each * 1000 })));
      expect(bytesPerSecond).to.be.within(1000, 1500);
    });

    it('without totals has rates only', () => {
      expect(feed(steps(20).map((i) => ({ items: i })))).to.deep.equal({ itemsPerSecond: 10, bytesPerSecond: 0 });
    });

    it('waits until it has settled', () => {
      expect(feed(steps(5).map((i) => ({ items: i, totalItems: 10 })))).to.not.have.property('secondsRemaining');
    });

    it('stays within bounds when totals are wrong or nothing moves', () => {
      expect(feed([{ items: 20, totalItems: 10 }])).to.include({ percent: 100, secondsRemaining: 0 });
      expect(feed(steps(20).map(() => ({ totalItems: 10 })))).to.deep.equal({
        itemsPerSecond: 0,
        bytesPerSecond: 0,
        percent: 0,
      });
      expect(feed([{ items: 0, totalItems: 0 }])).to.not.have.property('percent');
    });

    it('is not thrown by a total that grows', () => {
      const { secondsRemaining = -1 } = feed(steps(50).map((i) => ({ items: i, totalItems: 100 + i * 5 })));
      expect(secondsRemaining).to.be.above(0);
    });
  });
});
