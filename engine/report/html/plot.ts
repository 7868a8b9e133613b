import type { ScaleLinear } from 'd3-scale';
import { html, type Markup } from './markup.ts';
import { timeLabels } from './time-labels.ts';

/** The area of a chart, in units of its own. */
export interface Plot {
  name: 'wide' | 'narrow';
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A page has both, and shows the one that fits: text that shrinks with a chart cannot be read. */
export const PLOTS: readonly Plot[] = [
  { name: 'wide', width: 520, height: 232, left: 64, right: 502, top: 14, bottom: 190 },
  { name: 'narrow', width: 300, height: 216, left: 58, right: 284, top: 14, bottom: 174 },
];

/** Lines across the plot with their values at the left. */
export function valueAxis(
  plot: Plot,
  scale: ScaleLinear<number, number>,
  ticks: readonly number[],
  text: (tick: number) => string,
): Markup {
  const lines = ticks.map((tick) => {
    const y = scale(tick);
    return html`<line
        class="${tick === 0 ? 'zero' : 'grid'}"
        x1="${plot.left}"
        x2="${plot.right}"
        y1="${y}"
        y2="${y}"
      /><text class="tick" x="${plot.left - 8}" y="${y}" dy="0.32em" text-anchor="end">${text(tick)}</text>`;
  });
  return html`<g>${lines}</g>`;
}

/** Labels below the plot. */
export function timeAxis(plot: Plot, ticks: readonly { time: Date; x: number }[]): Markup {
  const labels = timeLabels(ticks.map(({ time }) => time));
  const marks = ticks.map(({ x }, i) => {
    const { main, context } = labels[i];
    const below = context === '' ? undefined : html`<tspan class="context" x="${x}" dy="1.3em">${context}</tspan>`;
    return html`<line class="mark" x1="${x}" x2="${x}" y1="${plot.bottom}" y2="${plot.bottom + 5}" /><text
        class="tick"
        x="${x}"
        y="${plot.bottom + 17}"
        text-anchor="middle"
        >${main}${below}</text
      >`;
  });
  return html`<g>${marks}</g>`;
}

/** The axis of a chart in numbers that grow from 0: about so many ticks. */
export const VALUE_TICKS = 4;
