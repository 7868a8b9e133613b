import type { Report } from '../../types/report.ts';
import { formatBytes } from '../format-bytes.ts';
import { html, type Markup, type Value } from './markup.ts';
import { table } from './table.ts';
import { countText, plural } from '../../text/counts.ts';
import { durationText } from '../../text/durations.ts';
import { displayText, timeMark } from './words.ts';

/** All generations in rows, newest first. */
export function generationsTable({ generations, set, retention }: Report): Markup {
  if (generations.length === 0) return html`<p>There is no generation yet.</p>`;
  const actions = new Map(retention?.decisions.map(({ name, action }) => [name, action]));
  const rows = generations
    .toReversed()
    .map((run): Value[] => [
      timeMark(run.createdAt, set.timeZone),
      html`<span class="badge ${run.state === 'Complete' ? 'good' : 'attention'}">${run.state}</span>`,
      durationText(run.durationSeconds),
      countText(run.files),
      formatBytes(run.bytes),
      formatBytes(run.copiedBytes),
      formatBytes(run.uniqueBytes),
      countText(run.added),
      countText(run.modified + run.metadataChanged + run.renamed + run.typeChanged),
      countText(run.removed),
      countText(run.failed + run.stale),
      [
        run.pinned && (run.pinReason === undefined ? 'pinned' : `pinned: ${displayText(run.pinReason)}`),
        run.damagedItems > 0 && `${countText(run.damagedItems)} damaged`,
        run.lostItems > 0 && `${plural(run.lostItems, 'loss', 'losses')}`,
        run.warnings.length > 0 && plural(run.warnings.length, 'warning'),
        actions.get(run.name) === 'Remove' && 'policy: remove',
      ]
        .filter((note) => note !== false)
        .join('; '),
    ]);
  const numbers = ['Duration', 'Files', 'Size', 'Copied', 'Unique', 'Added', 'Changed', 'Removed', 'Failed'];
  return table(
    'generations-table',
    `All ${plural(generations.length, 'generation')}, newest first`,
    [
      { heading: 'Made' },
      { heading: 'State' },
      ...numbers.map((heading) => ({ heading, kind: 'number' as const })),
      { heading: 'Notes', kind: 'note' },
    ],
    rows,
  );
}
