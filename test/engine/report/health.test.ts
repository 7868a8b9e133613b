import { expect } from 'chai';
import { judgeHealth, type Expectations } from '../../../engine/report/health.ts';
import type { Report, ReportGeneration } from '../../../engine/types/report.ts';

const HOUR = 3600;
const GIB = 2 ** 30;

/** A set with generations so many hours ago, oldest first. */
function setWith(hoursAgo: readonly number[], more: Partial<Omit<Report, 'health'>> = {}): Omit<Report, 'health'> {
  const now = Date.parse('2026-11-26T12:00:00Z');
  const generations = hoursAgo.map((hours, g) => generationAt(new Date(now - hours * HOUR * 1000), g));
  const last = generations.at(-1);
  const run = last ? { name: last.name, createdAt: last.createdAt, ageSeconds: (hoursAgo.at(-1) ?? 0) * HOUR } : null;
  return {
    formatVersion: 1,
    createdAt: new Date(now).toISOString(),
    engineVersion: '0.1.0',
    set: {
      path: '/set',
      id: '',
      createdAt: null,
      timeZone: 'UTC',
      sources: [],
      volume: { fileSystem: 'ext4', totalBytes: 1000 * GIB, freeBytes: 500 * GIB },
    },
    lastComplete: run,
    lastRun: run,
    generations,
    running: null,
    incomplete: [],
    unreadable: [],
    space: { bytes: 0, apparentBytes: 0, files: 0, estimated: false },
    growingFolders: [],
    links: { maxLinks: 1000, mostLinks: 1, firstRun: 1, lastRun: 1, runs: [] },
    failures: [],
    damage: [],
    retention: null,
    calendar: [],
    ...more,
  };
}

function generationAt(time: Date, g: number): ReportGeneration {
  const counts = { files: 1, directories: 1, otherItems: 0, bytes: 1, added: 0, modified: 0, metadataChanged: 0 };
  const more = {
    renamed: 0,
    removed: 0,
    typeChanged: 0,
    linkedFiles: 0,
    copiedFiles: 0,
    copiedBytes: 0,
    rebasedFiles: 0,
  };
  return {
    name: time.toISOString(),
    createdAt: time.toISOString(),
    state: 'Complete',
    durationSeconds: 1,
    base: g === 0 ? null : 'base',
    snapshot: 'None',
    ...counts,
    ...more,
    failed: 0,
    stale: 0,
    lostItems: 0,
    damagedItems: 0,
    diskBytes: 1,
    newBytes: GIB,
    uniqueBytes: 1,
    estimated: false,
    pinned: false,
    warnings: [],
    losses: [],
    engineVersion: '0.1.0',
  };
}

function found(report: Omit<Report, 'health'>, expectations: Expectations = {}): string {
  const { status, findings } = judgeHealth(report, expectations);
  return [status, ...findings.map(({ id }) => id)].join(' ');
}

describe('the state of a set', () => {
  const daily = (age: number): number[] => [9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((days) => age + days * 24);

  it('is good where nothing is found', () => {
    expect(found(setWith(daily(5)))).to.equal('Good');
    expect(found(setWith([5]))).to.equal('Good');
  });

  it('is bad without a complete generation', () => {
    expect(found(setWith([]))).to.equal('Bad NoCompleteGeneration');
    expect(found(setWith([5, 3], { lastComplete: null }))).to.equal('Bad NoCompleteGeneration');
  });

  it('is bad where the newest complete generation is older than it may be, to the second', () => {
    expect(found(setWith(daily(26)), { maximumAge: 26 * HOUR })).to.equal('Good');
    expect(found(setWith(daily(26)), { maximumAge: 26 * HOUR - 1 })).to.equal('Bad TooOld');
  });

  it('needs a look where it is later than usual; weekends without backups are usual where there are some', () => {
    expect(found(setWith(daily(47)))).to.equal('Good');
    expect(found(setWith(daily(49)))).to.equal('Attention Overdue');
    const weekdays = [2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20].reverse().map((days) => days * 24 + 24);
    expect(found(setWith(weekdays))).to.equal('Good');
    expect(found(setWith([100, 90, 80]))).to.equal('Good', 'three are no habit');
    expect(found(setWith(daily(49)), { maximumAge: 100 * HOUR })).to.equal('Good', 'whoever gives an age means it');
  });

  it('needs a look where a run missed items or has not finished', () => {
    const report = setWith(daily(5));
    const last = report.generations.at(-1);
    if (last) Object.assign(last, { state: 'Partial', failed: 3, stale: 2 });
    expect(found(report)).to.equal('Attention LastRunPartial');
    const newer = { name: '2099', createdAt: '2099-01-01T00:00:00.000Z', ageSeconds: 0 };
    expect(found(setWith(daily(5), { incomplete: [newer] }))).to.equal('Attention LastRunIncomplete');
    const running = { ...newer, name: '2100' };
    expect(found(setWith(daily(5), { incomplete: [newer], running }))).to.equal('Good', 'it is being continued');
    const older = { name: '2000', createdAt: '2000-01-01T00:00:00.000Z', ageSeconds: 1e9 };
    expect(found(setWith(daily(5), { incomplete: [older] }))).to.equal('Good');
  });

  it('needs a look where space runs out', () => {
    const volume = (freeBytes: number): Partial<Report> => ({
      set: { ...setWith([]).set, volume: { fileSystem: 'ext4', totalBytes: 1000 * GIB, freeBytes } },
    });
    expect(found(setWith(daily(5), volume(30 * GIB)))).to.equal('Good');
    expect(found(setWith(daily(5), volume(30 * GIB - 1)))).to.equal('Attention SpaceLow');
    const big = setWith(daily(5), volume(100 * GIB));
    const last = big.generations.at(-1);
    if (last) last.newBytes = 101 * GIB;
    expect(found(big)).to.equal('Attention SpaceLow');
    const first = setWith([5], volume(100 * GIB));
    first.generations.forEach((each) => (each.newBytes = 500 * GIB));
    expect(found(first)).to.equal('Good', 'the first is no measure for the next');
  });

  it('tells the worst first and takes it for the whole', () => {
    const damage = [{ kind: 'Altered', foundAt: '', names: [] }];
    const unreadable = [{ name: 'x', message: 'y' }];
    expect(found(setWith(daily(5), { damage, unreadable }), { clock: 'The clock went back.' })).to.equal(
      'Bad Damaged GenerationNotRead ClockNotTrusted',
    );
  });
});
