import type { Report } from '../../types/report.ts';
import { formatBytes } from '../format-bytes.ts';
import { html, type Markup, type Value } from './markup.ts';
import { table } from './table.ts';
import { countText, displayText, durationText, pathMark, plural, timeMark } from './words.ts';

/** Rows that a table of paths has at most; the JSON form has them all. */
const MOST_ROWS = 200;

export function growth({ growingFolders }: Report): Markup {
  if (growingFolders.length === 0) return html`<p>Nothing was copied since the first generation.</p>`;
  const most = Math.max(...growingFolders.map(({ bytes }) => bytes));
  const rows = growingFolders.map(({ path, bytes, files }) => [
    pathMark(path),
    html`<svg class="share" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="rest" width="100" height="10" />
      <rect class="bar one" width="${(bytes / most) * 100}" height="10" />
    </svg>`,
    formatBytes(bytes),
    countText(files),
  ]);
  return html`<p>Folders in which the runs after the first copied most, each without its subfolders.</p>
    ${table('growth-table', 'Growing folders', [{ heading: 'Folder' }, { heading: 'Share' }, { heading: 'Copied', kind: 'number' }, { heading: 'Files', kind: 'number' }], rows)}`;
}

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

export function pins({ generations, set }: Report): Markup | undefined {
  const pinned = generations.filter((each) => each.pinned).toReversed();
  if (pinned.length === 0) return undefined;
  const items = pinned.map(
    ({ createdAt, pinReason }) =>
      html`<li>
        ${timeMark(createdAt, set.timeZone)}${pinReason !== undefined && html`: <bdi>${displayText(pinReason)}</bdi>`}
      </li>`,
  );
  return html`<h3>Pinned</h3>
    <ul class="plain pins">
      ${items}
    </ul>`;
}

export function decisions({ retention, set, generations }: Report): Markup | undefined {
  if (!retention) return undefined;
  const made = new Map(generations.map(({ name, createdAt }) => [name, createdAt]));
  const rows = retention.decisions
    .toReversed()
    .map(({ name, action, reasons }) => [
      timeMark(made.get(name) ?? '', set.timeZone),
      html`<span class="badge ${action === 'Keep' ? 'good' : 'none'}">${action === 'Keep' ? 'Keep' : 'Remove'}</span>`,
      displayText(reasons.join(', ')),
    ]);
  return html`<p>
      The policy <code>${policyText(retention.policy)}</code> keeps ${plural(retention.kept, 'generation')} and would
      remove ${countText(retention.removed)}. A report removes nothing.
    </p>
    <details>
      <summary>What it says of each generation</summary>
      ${table('decisions-table', 'Decisions of the policy, newest first', [{ heading: 'Made' }, { heading: 'Action' }, { heading: 'Why', kind: 'prose' }], rows)}
    </details>`;
}

function policyText(policy: Readonly<Record<string, number>>): string {
  return Object.entries(policy)
    .map(
      ([rule, value]) =>
        `-${rule.charAt(0).toUpperCase()}${rule.slice(1)} ${rule === 'keepWithin' ? durationText(value) : value}`,
    )
    .join(' ');
}

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
      formatBytes(run.newBytes),
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
  const numbers = ['Duration', 'Files', 'Size', 'New', 'Unique', 'Added', 'Changed', 'Removed', 'Failed'];
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

export function facts(report: Report): Markup {
  const { set, incomplete, unreadable } = report;
  const { volume } = set;
  const rows: [string, Value][] = [
    ['Folder', pathMark(set.path)],
    ['Id', set.id],
    [
      'Sources',
      html`<ul class="plain">
        ${set.sources.map(({ name, path }) => html`<li>${pathMark(name)}: ${pathMark(path)}</li>`)}
      </ul>`,
    ],
    ['Made', set.createdAt === null ? 'unknown' : timeMark(set.createdAt, set.timeZone)],
    ['Time zone', set.timeZone],
    [
      'Volume',
      volume
        ? `${volume.fileSystem}, ${formatBytes(volume.freeBytes)} of ${formatBytes(volume.totalBytes)} free`
        : 'unknown',
    ],
    ['Interrupted runs', incomplete.length === 0 ? 'none' : incomplete.map(({ name }) => name).join(', ')],
    [
      'Not readable',
      unreadable.length === 0 ? 'none' : displayText(unreadable.map(({ message }) => message).join(' ')),
    ],
    ['Report', html`by MirrorBackup ${report.engineVersion}, ${timeMark(report.createdAt, set.timeZone)}`],
  ];
  return html`<dl class="facts">
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div> `,
    )}
  </dl>`;
}
