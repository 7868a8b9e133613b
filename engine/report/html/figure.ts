import { html, type Markup } from './markup.ts';
import { PLOTS, type Plot } from './plot.ts';

/** A chart with all that belongs to it. */
export interface Chart {
  id: string;
  title: string;
  /** What it shows, for who does not see it. */
  description: string;
  draw: (plot: Plot) => Markup;
  legend?: readonly { look: string; text: string }[];
  /** For people; below the title. */
  note?: string | undefined;
  /** The same as numbers. */
  table: Markup;
}

/** A figure: title, legend, the chart for either width, and its numbers to unfold. */
export function figure({ id, title, description, draw, legend = [], note, table }: Chart): Markup {
  const charts = PLOTS.map((plot) => {
    const name = `${id}-${plot.name}`;
    return html`<svg
      class="chart ${plot.name}"
      viewBox="0 0 ${plot.width} ${plot.height}"
      role="img"
      aria-labelledby="${name}-t ${name}-d"
    >
      <title id="${name}-t">${title}</title>
      <desc id="${name}-d">${description}</desc>
      ${draw(plot)}
    </svg>`;
  });
  const keys = legend.map(
    ({ look, text }) =>
      html`<li>
        <svg class="key" viewBox="0 0 12 12" aria-hidden="true">
          <rect class="bar ${look}" x="1" y="1" width="10" height="10" /></svg
        >${text}
      </li>`,
  );
  return html`<figure id="${id}">
    <figcaption>
      <h3>${title}</h3>
      ${note !== undefined && html`<p class="note">${note}</p>`}
    </figcaption>
    ${
      keys.length > 0 &&
      html`<ul class="legend">
        ${keys}
      </ul>`
    }
    <div class="frame">${charts}</div>
    <details>
      <summary>Numbers<span class="unseen"> of: ${title}</span></summary>
      ${table}
    </details>
  </figure>`;
}
