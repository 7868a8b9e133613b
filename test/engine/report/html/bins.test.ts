import { expect } from 'chai';
import fc from 'fast-check';
import { binRuns } from '../../../../engine/report/html/bins.ts';
import { timeLabels } from '../../../../engine/report/html/time-labels.ts';
import type { ReportGeneration } from '../../../../engine/types/report.ts';

const HOUR = 3_600_000;

function runsAt(times: readonly number[]): ReportGeneration[] {
  return times.map((time) => ({ createdAt: new Date(time).toISOString() }) as ReportGeneration);
}

describe('bars of runs', () => {
  it('hold every run once, in order, and are few enough to be told apart', () => {
    const times = fc
      .array(fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2060, 0) }), { maxLength: 200 })
      .map((each) => each.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(times, fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns'), (each, zone) => {
        const runs = runsAt(each);
        const { bins } = binRuns(runs, zone);
        expect(bins.flatMap((bin) => bin.runs)).to.deep.equal(runs);
        expect(bins.length).to.be.at.most(80);
        bins.slice(1).forEach((bin, i) => expect(bin.start.getTime()).to.be.at.least(bins[i]?.start.getTime() ?? 0));
      }),
    );
  });

  for (const [unit, hours, count] of [
    ['run', 24, 45],
    ['hour', 1, 60],
    ['day', 24, 60],
    ['week', 24, 500],
    ['month', 24 * 7, 250],
    ['quarter', 24 * 30, 200],
    ['year', 24 * 100, 200],
  ] as const)
    it(`are one for each ${unit} where ${count} runs are ${hours} h apart`, () => {
      const start = Date.UTC(2020, 0, 1, 12);
      expect(binRuns(runsAt(Array.from({ length: count }, (_, i) => start + i * hours * HOUR)), 'UTC').unit).to.equal(
        unit,
      );
    });

  it('have a place for periods without a run', () => {
    const days = [...Array(30).keys(), ...Array.from({ length: 30 }, (_, i) => i + 40)];
    const { unit, bins } = binRuns(runsAt(days.map((day) => Date.UTC(2026, 0, 1 + day, 12))), 'UTC');
    expect(unit).to.equal('day');
    expect(bins).to.have.length(70);
    expect(bins.filter(({ runs }) => runs.length === 0)).to.have.length(10);
  });

  it('begin where the days of the zone begin', () => {
    const times = Array.from({ length: 50 }, (_, i) => Date.UTC(2026, 5, 1 + i, 22, 30));
    expect(binRuns(runsAt(times), 'Europe/Berlin').bins[0]?.start.toISOString()).to.equal('2026-06-02T00:00:00.000Z');
  });
});

describe('labels of times', () => {
  const read = (...ticks: string[]): string =>
    timeLabels(ticks.map((tick) => new Date(`${tick}Z`)))
      .map(({ main, context }) => (context === '' ? main : `${main}/${context}`))
      .join(' ');

  it('say no less than when a tick is, and what changes only where it does', () => {
    expect(read('2025-01-01T00:00', '2026-01-01T00:00')).to.equal('2025 2026');
    expect(read('2025-11-01T00:00', '2025-12-01T00:00', '2026-01-01T00:00')).to.equal('Nov/2025 Dec Jan/2026');
    expect(read('2025-07-14T00:00', '2025-09-15T00:00', '2026-01-12T00:00')).to.equal('14 Jul/2025 15 Sep 12 Jan/2026');
    expect(read('2025-12-31T10:15', '2026-01-01T10:15')).to.equal('31 Dec/2025 1 Jan/2026');
    expect(read('2026-11-25T22:00', '2026-11-25T23:30', '2026-11-26T01:00')).to.equal(
      '22:00/25 Nov 23:30 01:00/26 Nov',
    );
    expect(read('2026-11-25T23:59:50', '2026-11-25T23:59:55')).to.equal('23:59:50/25 Nov 23:59:55');
    expect(read('2026-11-25T22:00')).to.equal('25 Nov/2026');
  });
});
