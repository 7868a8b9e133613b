import type { Report } from '../../types/report.ts';
import { formatBytes } from '../format-bytes.ts';
import { html, type Markup } from './markup.ts';
import { table } from './table.ts';
import { countText } from '../../text/counts.ts';

/** How far the copies are from the limit of names, and when they reach it. */
export function links({ links, generations }: Report): Markup {
  const { maxLinks, mostLinks, firstRun, lastRun, runs } = links;
  if (firstRun === null || lastRun === null || generations.length === 0)
    return html`<p class="calm">There are no files yet.</p>`;
  const share = Math.min(100, (mostLinks / maxLinks) * 100);
  const when =
    firstRun === 1
      ? 'The next run may copy the first of them afresh'
      : `The first of them may be copied afresh in ${countText(firstRun)} runs`;
  const rows = runs.map(({ run, files, bytes }) => [countText(run), countText(files), formatBytes(bytes)]);
  return html`<p>
      Every generation gives an unchanged file one more name. A file with ${countText(maxLinks)} names is copied afresh
      instead, spread over several runs. The file with most has
      <strong>${countText(mostLinks)} of ${countText(maxLinks)}</strong> names. ${when}; all of them are by run
      ${countText(lastRun)}.
    </p>
    <svg
      class="share tall"
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      role="img"
      aria-label="${`${Math.round(share)} percent of the names are used`}"
    >
      <rect class="rest" width="100" height="10" />
      <rect class="bar one" width="${share}" height="10" />
    </svg>
    ${
      rows.length > 0 &&
      html`<details>
        <summary>What the runs will copy afresh</summary>
        ${table(
          'links-table',
          'Runs in which files come due, from 1 for the next',
          [
            { heading: 'Run', kind: 'number' },
            { heading: 'Files', kind: 'number' },
            { heading: 'Size', kind: 'number' },
          ],
          rows,
        )}
      </details>`
    }`;
}
