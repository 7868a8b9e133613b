import { max, min, range } from 'd3-array';
import { scaleBand, scaleLinear } from 'd3-scale';
import { stack, stackOffsetDiverging } from 'd3-shape';
import { html, type Markup } from './markup.ts';
import { ticksOf } from './line-chart.ts';
import { timeAxis, VALUE_TICKS, valueAxis, type Plot } from './plot.ts';
import type { Quantity } from './quantity.ts';
import { LABEL_ROOM } from './time-labels.ts';

/** One bar, or several on each other. Negative values hang below 0. */
export interface Bar {
  time: Date;
  values: readonly number[];
  title: string;
}

const WIDEST = 34;

/** @param classes how the parts of the bars look, in the order of their values */
export function drawBars(plot: Plot, bars: readonly Bar[], quantity: Quantity, classes: readonly string[]): Markup {
  const layers = stack<Bar, number>()
    .keys(range(classes.length))
    .value(({ values }, part) => values[part])
    .offset(stackOffsetDiverging)([...bars]);
  const ends = layers.flatMap((layer) => layer.flatMap(([from, to]) => [from, to]));
  const most = Math.max(max(ends) ?? 0, -(min(ends) ?? 0));
  const unit = quantity.unit(most);
  const [low, high] = [(min(ends) ?? 0) / unit.size, (max(ends) ?? 0) / unit.size];
  const y = scaleLinear([low, low < high ? high : 1], [plot.bottom, plot.top]).nice(VALUE_TICKS);
  const x = scaleBand(range(bars.length), [plot.left + 4, plot.right - 4]).padding(0.2);
  const width = Math.min(x.bandwidth(), WIDEST);
  const middle = (i: number): number => (x(i) ?? 0) + x.bandwidth() / 2;
  const columns = bars.map(({ title }, i) => {
    const parts = layers.map((layer, part) => {
      const [from, to] = layer[i].map((value) => y(value / unit.size));
      return from === to
        ? undefined
        : html`<rect
            class="bar ${classes[part]}"
            x="${middle(i) - width / 2}"
            y="${to}"
            width="${width}"
            height="${from - to}"
          />`;
    });
    return html`<g><title>${title}</title>${parts}</g>`;
  });
  const axis = valueAxis(plot, y, ticksOf(y, quantity), (tick) => unit.text(Math.abs(tick)));
  const shown = Math.max(1, Math.ceil(LABEL_ROOM / x.step()));
  const ticks = bars.flatMap(({ time }, i) => (i % shown === 0 ? [{ time, x: middle(i) }] : []));
  return html`${axis}${columns}${timeAxis(plot, ticks)}`;
}
