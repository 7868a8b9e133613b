import type { Report } from '../../types/report.ts';
import { html, type Markup } from './markup.ts';
import { table } from './table.ts';
import { countText, plural } from '../../text/counts.ts';
import { durationText } from '../../text/durations.ts';
import { displayText, timeMark } from './words.ts';

/** What no policy removes, and why. */
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

/** What the policy says, if there is one. */
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
