import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { spawnSync } from 'node:child_process';
import { secondsOf } from '../../../engine/jobs/duration.ts';
import { onCalendar } from '../../../engine/schedule/on-calendar.ts';
import { WEEK } from '../../../engine/schedule/week.ts';
import type { Schedule } from '../../../engine/types/job.ts';
import { requires } from '../../support/requires.ts';
import { schedule } from '../../support/scheduled-job.ts';

const EVERY = ['5min', '10min', '15min', '20min', '30min', '1h', '2h', '3h', '4h', '6h', '8h', '12h'] as const;
const COUNT = 12;

/**
 * When a job is due, said once more: the clock's times of each of its days. Those that the clock leaves out do not come,
 * those that it shows twice come the first time.
 */
function dueTimes({ at, every, days }: Schedule, zone: string, from: DateTime): number[] {
  const minutes =
    every === undefined
      ? (at ?? []).map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)))
      : Array.from({ length: 86_400 / secondsOf(every) }, (_, index) => (index * secondsOf(every)) / 60);
  const due: number[] = [];
  for (let day = 0; day < 100 && due.length < COUNT; day++) {
    const date = from.startOf('day').plus({ days: day });
    if (days !== undefined && !days.includes(WEEK[date.weekday - 1] ?? 'Monday')) continue;
    for (const minute of minutes.sort((one, other) => one - other)) {
      const clock = { hour: Math.floor(minute / 60), minute: minute % 60 };
      const time = DateTime.fromObject({ year: date.year, month: date.month, day: date.day, ...clock }, { zone });
      if (time.hour !== clock.hour || time.minute !== clock.minute) continue;
      const first = Math.min(...time.getPossibleOffsets().map((one) => one.toMillis()));
      if (first > from.toMillis()) due.push(first);
    }
  }
  return due.slice(0, COUNT);
}

/** The next starts of a timer, by systemd: of each of its events, put together. */
function startsBySystemd(events: readonly string[], zone: string, from: DateTime): number[] {
  const base = `${from.toUTC().toFormat('yyyy-MM-dd HH:mm:ss')} UTC`;
  const starts = events.flatMap((event) => {
    const { stdout } = spawnSync(
      'systemd-analyze',
      ['calendar', `--iterations=${COUNT}`, `--base-time=${base}`, event],
      {
        env: { ...process.env, TZ: zone, LC_ALL: 'C' },
        encoding: 'utf8',
      },
    );
    const utc = [...stdout.matchAll(/\(in UTC\): \w+ ([-0-9]+) ([:0-9]+) UTC/g)];
    return utc.map(([, day, time]) => Date.parse(`${day}T${time}Z`));
  });
  return [...new Set(starts)].sort((one, other) => one - other).slice(0, COUNT);
}

describe('calendar events of systemd', function () {
  this.timeout(60_000);

  before(function () {
    requires(this, 'linux', 'tool:systemd-analyze');
  });

  const time = fc
    .tuple(fc.oneof(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 3 })), fc.constantFrom(0, 1, 30, 59))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
  const when = fc.oneof(
    fc.record({ at: fc.uniqueArray(time, { minLength: 1, maxLength: 3 }) }),
    fc.record({ every: fc.constantFrom(...EVERY) }),
  );
  const days = fc.option(fc.uniqueArray(fc.constantFrom(...WEEK), { minLength: 1 }), { nil: undefined });
  // The days around changes of the clock, in a zone with a whole hour and one with half an hour.
  const place = fc
    .tuple(
      fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'),
      fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'),
      fc.integer({ min: -60, max: 6 }),
    )
    .map(([zone, date, hours]) => ({ zone, from: DateTime.fromISO(date, { zone }).plus({ hours, minutes: 7 }) }))
    // A timer that begins in an hour the second time it is shown: systemd starts the rest of it, cron does not.
    .filter(({ from }) => from.getPossibleOffsets().every((one) => one >= from));

  it('start jobs when the clock says so, also when clocks are changed', () => {
    fc.assert(
      fc.property(when, days, place, (given, on, { zone, from }) => {
        const made = schedule({ ...given, ...(on !== undefined && { days: on }) });
        expect(startsBySystemd(onCalendar(made), zone, from).map(iso)).to.deep.equal(
          dueTimes(made, zone, from).map(iso),
        );
      }),
      { numRuns: 60 },
    );
  });
});

function iso(time: number): string {
  return new Date(time).toISOString();
}
