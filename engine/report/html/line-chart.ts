import { extent, max, min, pairs } from 'd3-array';
import { scaleLinear, scaleUtc, type ScaleTime } from 'd3-scale';
import { area, line } from 'd3-shape';
import { html, type Markup } from './markup.ts';
import { timeAxis, VALUE_TICKS, valueAxis, type Plot } from './plot.ts';
import type { Quantity } from './quantity.ts';
import { LABEL_ROOM } from './time-labels.ts';

/** One generation in a chart. */
export interface Point {
  time: Date;
  value: number;
  /** What it says when the pointer rests on it. */
  title: string;
  /** Marked, also where there are many points. */
  isMarked: boolean;
}

/** More dots than these run into each other. */
const MOST_DOTS = 60;

/** A value over time, from 0. */
export function drawLine(plot: Plot, points: readonly Point[], quantity: Quantity): Markup {
  const most = max(points, ({ value }) => value) ?? 0;
  const unit = quantity.unit(most);
  const y = scaleLinear([0, most / unit.size || 1], [plot.bottom, plot.top]).nice(VALUE_TICKS);
  const [first = new Date(0), last = first] = extent(points, ({ time }) => time);
  const x = scaleUtc([first, last], [plot.left + 8, plot.right - 8]);
  const at = (point: Point): [number, number] => [
    first < last ? x(point.time) : (plot.left + plot.right) / 2,
    y(point.value / unit.size),
  ];
  const inOrder = points.toSorted((a, b) => a.time.getTime() - b.time.getTime());
  const shape = inOrder.map(at);
  const dots = inOrder
    .filter(({ isMarked }) => isMarked || points.length <= MOST_DOTS)
    .map((point) => dot(point, ...at(point)));
  const fill =
    area<[number, number]>()
      .y0(y(0))
      .x(([px]) => px)
      .y1(([, py]) => py)(shape) ?? '';
  return html`${valueAxis(plot, y, ticksOf(y, quantity), unit.text)}<path class="area" d="${fill}" /><path
      class="line"
      d="${line()(shape) ?? ''}"
    />${dots}${timeAxis(plot, timeTicks(plot, x, first, last))}`;
}

/** A circle, or a square for what needs a look. */
function dot({ title, isMarked }: Point, x: number, y: number): Markup {
  return isMarked
    ? html`<rect class="dot partial" x="${x - 3.5}" y="${y - 3.5}" width="7" height="7"><title>${title}</title></rect>`
    : html`<circle class="dot" cx="${x}" cy="${y}" r="2.8"><title>${title}</title></circle>`;
}

export function ticksOf(scale: { ticks(count: number): number[] }, { isWhole }: Quantity): number[] {
  return scale.ticks(VALUE_TICKS).filter((tick) => !isWhole || Number.isInteger(tick));
}

function timeTicks(plot: Plot, x: ScaleTime<number, number>, first: Date, last: Date): { time: Date; x: number }[] {
  if (!(first < last)) return [{ time: first, x: (plot.left + plot.right) / 2 }];
  // d3 takes the number as a wish.
  const ticks = x.ticks(Math.floor((plot.right - plot.left) / LABEL_ROOM)).map((time) => ({ time, x: x(time) }));
  const gap = min(pairs(ticks, (a, b) => b.x - a.x)) ?? LABEL_ROOM;
  const every = Math.max(1, Math.ceil(LABEL_ROOM / gap));
  const shown = ticks.filter((_, i) => i % every === 0);
  return shown.length >= 2 ? shown : [first, last].map((time) => ({ time, x: x(time) }));
}
