import { sum } from 'd3-array';
import { DateTime } from 'luxon';
import type { Report, ReportGeneration } from '../../types/report.ts';
import { drawBars, type Bar } from './bar-chart.ts';
import { binRuns, wallClock, type Bin, type Bins } from './bins.ts';
import type { Chart } from './figure.ts';
import { drawLine } from './line-chart.ts';
import { bytes, counts, durations, type Quantity } from './quantity.ts';
import { table } from './table.ts';
import { countText, plural } from '../../text/counts.ts';
import { timeMark, timeText } from './words.ts';

type Measure = (run: ReportGeneration) => number;

interface Part {
  look: string;
  heading: string;
  of: Measure;
  /** Which way its bars go. */
  sign: 1 | -1;
}

/** The charts of a report. Those of change leave out generations without a base: there all is new. */
export function chartsOf({ generations, set }: Report): Chart[] {
  const zone = set.timeZone;
  if (generations.length < 2) return [];
  const later = generations.filter(({ base }) => base !== null);
  const charts = [
    lineChart('size', 'Size of the files', generations, zone, bytes, 'Size', (run) => run.bytes),
    lineChart('files', 'Files', generations, zone, counts, 'Files', (run) => run.files),
  ];
  const firsts = generations.length - later.length;
  const note = `${firsts === 1 ? 'The first generation, in which all is new, is' : `${firsts} generations, in which all is new, are`} left out.`;
  if (later.length > 0) {
    const bins = binRuns(later, zone);
    charts.push(
      barChart('changes', 'Changes', bins, zone, counts, CHANGES, note),
      barChart(
        'new',
        'New on disk',
        bins,
        zone,
        bytes,
        [{ look: 'one', heading: 'New on disk', of: (run) => run.newBytes, sign: 1 }],
        note,
      ),
    );
  }
  const all = binRuns(generations, zone);
  charts.push(
    barChart(
      'unique',
      'In one generation only',
      all,
      zone,
      bytes,
      [{ look: 'one', heading: 'Unique', of: (run) => run.uniqueBytes, sign: 1 }],
      'What removing one generation alone would free.',
    ),
  );
  if (later.length > 0)
    charts.push(
      lineChart(
        'duration',
        'Duration of the runs',
        later,
        zone,
        durations,
        'Duration',
        (run) => run.durationSeconds,
        note,
      ),
    );
  return charts;
}

/** Items that failed; undefined where none did. */
export function failureChart({ generations, set }: Report): Chart | undefined {
  if (generations.length < 2 || generations.every(({ failed, stale }) => failed + stale === 0)) return undefined;
  return barChart('failed', 'Items that failed', binRuns(generations, set.timeZone), set.timeZone, counts, [
    { look: 'failed', heading: 'Missing', of: ({ failed }) => failed, sign: 1 },
    { look: 'stale', heading: 'Kept from before', of: ({ stale }) => stale, sign: 1 },
  ]);
}

const CHANGES: readonly Part[] = [
  { look: 'one', heading: 'Added', of: ({ added }) => added, sign: 1 },
  {
    look: 'two',
    heading: 'Changed or moved',
    of: ({ modified, metadataChanged, renamed, typeChanged }) => modified + metadataChanged + renamed + typeChanged,
    sign: 1,
  },
  { look: 'three', heading: 'Removed', of: ({ removed }) => removed, sign: -1 },
];

function lineChart(
  id: string,
  title: string,
  runs: readonly ReportGeneration[],
  zone: string,
  quantity: Quantity,
  heading: string,
  of: Measure,
  note?: string,
): Chart {
  const points = runs.map((run) => ({
    time: wallClock(run.createdAt, zone),
    value: of(run),
    title: `${timeText(run.createdAt, zone)}: ${quantity.text(of(run))}${run.state === 'Partial' ? ' (partial)' : ''}`,
    isMarked: run.state === 'Partial',
  }));
  const last = runs[runs.length - 1];
  const hasPartial = runs.some(({ state }) => state === 'Partial');
  return {
    id,
    title,
    description: `A line over ${plural(runs.length, 'generation')}, from ${quantity.text(of(runs[0]))} in the first to ${quantity.text(of(last))} in the newest.`,
    draw: (plot) => drawLine(plot, points, quantity),
    note,
    legend: hasPartial ? [{ look: 'partial', text: 'partial generation' }] : [],
    table: table(
      `${id}-numbers`,
      `${title}, by generation, newest first`,
      [{ heading: 'Made' }, { heading, kind: 'number' }, { heading: 'State' }],
      runs.toReversed().map((run) => [timeMark(run.createdAt, zone), quantity.text(of(run)), run.state]),
    ),
  };
}

function barChart(
  id: string,
  title: string,
  { unit, bins }: Bins,
  zone: string,
  quantity: Quantity,
  parts: readonly Part[],
  note?: string,
): Chart {
  const totals = bins.map(({ runs }) => parts.map(({ of }) => sum(runs, of)));
  const bars: Bar[] = bins.map((bin, i) => ({
    time: bin.start,
    values: totals[i].map((total, part) => total * parts[part].sign),
    title: `${binText(bin, unit, zone)}: ${totals[i].map((total, part) => `${parts[part].heading.toLowerCase()} ${quantity.text(total)}`).join(', ')}`,
  }));
  const scope = unit === 'run' ? 'run' : unit;
  const headings = parts.map(({ heading }) => ({ heading, kind: 'number' as const }));
  return {
    id,
    title: `${title}, per ${scope}`,
    description: `Bars for ${plural(bins.length, scope)}. In all: ${parts
      .map(
        ({ heading, of }) =>
          `${heading.toLowerCase()} ${quantity.text(
            sum(
              bins.flatMap(({ runs }) => runs),
              of,
            ),
          )}`,
      )
      .join(', ')}.`,
    draw: (plot) =>
      drawBars(
        plot,
        bars,
        quantity,
        parts.map(({ look }) => look),
      ),
    legend: parts.length > 1 ? parts.map(({ look, heading }) => ({ look, text: heading })) : [],
    note,
    table: table(
      `${id}-numbers`,
      `${title}, per ${scope}, newest first`,
      unit === 'run'
        ? [{ heading: 'Made' }, ...headings]
        : [{ heading: 'Begins' }, { heading: 'Runs', kind: 'number' }, ...headings],
      bins
        .map((bin, i) => {
          const numbers = totals[i].map(quantity.text);
          return unit === 'run'
            ? [timeMark(bin.runs[0].createdAt, zone), ...numbers]
            : [binText(bin, unit, zone), countText(bin.runs.length), ...numbers];
        })
        .toReversed(),
    ),
  };
}

const BIN_FORMATS = {
  hour: 'd LLL yyyy, HH:mm',
  day: 'd LLL yyyy',
  week: "'week of' d LLL yyyy",
  month: 'LLLL yyyy',
  quarter: "'Q'q yyyy",
  year: 'yyyy',
} as const;

function binText(bin: Bin, unit: Bins['unit'], zone: string): string {
  if (unit === 'run') return timeText(bin.runs[0].createdAt, zone);
  return DateTime.fromJSDate(bin.start, { zone: 'utc' }).setLocale('en-US').toFormat(BIN_FORMATS[unit]);
}
