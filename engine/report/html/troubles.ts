import type { Report } from '../../types/report.ts';
import { html, type Markup } from './markup.ts';
import { table } from './table.ts';
import { countText, plural } from '../../text/counts.ts';
import { displayText, pathMark, timeMark } from './words.ts';

/** Rows that a table of paths has at most; the JSON form has them all. */
const MOST_ROWS = 200;

/** The items that failed, as far as the logs tell. */
export function failures({ failures, generations, set }: Report): Markup {
  const made = new Map(generations.map(({ name, createdAt }) => [name, createdAt]));
  if (failures.length === 0) return html`<p class="calm">No item failed in any run.</p>`;
  const rows = failures.flatMap(({ generation, failed, stale, items }) =>
    items.map(({ path, message, id }) => [
      pathMark(path),
      displayText(message),
      id,
      timeMark(made.get(generation) ?? '', set.timeZone),
      countText(failed + stale),
    ]),
  );
  const kept = rows.slice(0, MOST_ROWS);
  const total = failures.reduce((sum, { failed, stale }) => sum + failed + stale, 0);
  const note = html`<p>
    ${plural(total, 'failure')} in ${plural(failures.length, 'run')}; an item that fails in every run counts in each.
    ${kept.length === 0 ? 'The logs of these runs are gone.' : 'Below are the first of each run, newest run first.'}
  </p>`;
  if (kept.length === 0) return note;
  return html`${note}${table('failures-table', 'Items that failed', [{ heading: 'Item' }, { heading: 'What happened', kind: 'prose' }, { heading: 'Error' }, { heading: 'Run' }, { heading: 'In that run', kind: 'number' }], kept)}`;
}

/** The copies that are known to be damaged. */
export function damage({ damage, set }: Report): Markup {
  if (damage.length === 0)
    return html`<p class="calm">
      No damage is known. <code>Test-BackupGeneration -Content</code> reads every file and compares it with its SHA-256.
    </p>`;
  const rows = damage
    .slice(0, MOST_ROWS)
    .map(({ kind, foundAt, names }) => [
      pathMark(names[0]?.path ?? ''),
      kind,
      countText(new Set(names.map(({ generation }) => generation)).size),
      Number.isNaN(Date.parse(foundAt)) ? '' : timeMark(foundAt, set.timeZone),
    ]);
  return html`<p>
      The next backup copies these afresh. <code>Repair-BackupSet -Heal</code> replaces them in the old generations.
    </p>
    ${table('damage-table', 'Damaged copies', [{ heading: 'Item' }, { heading: 'Damage' }, { heading: 'Generations', kind: 'number' }, { heading: 'Found' }], rows)}`;
}

/** Of the newest generation: older ones had the same or are history. */
export function losses({ generations }: Report): Markup {
  const newest = generations.at(-1);
  if (!newest || newest.losses.length === 0)
    return html`<p class="calm">
      All that files have (owners, permissions, attributes, times) was kept in the newest generation.
    </p>`;
  const rows = newest.losses.map(({ kind, cause, reason, items, examples }) => [
    kind,
    countText(items),
    cause,
    displayText(reason),
    html`<ul class="plain">
      ${examples.map((path) => html`<li>${pathMark(path)}</li>`)}
    </ul>`,
  ]);
  return html`<p>In the newest generation. The content of these items is there.</p>
    ${table('losses-table', 'Losses, most frequent first', [{ heading: 'What' }, { heading: 'Items', kind: 'number' }, { heading: 'Because of' }, { heading: 'Why', kind: 'prose' }, { heading: 'For example' }], rows)}`;
}
