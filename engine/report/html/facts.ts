import type { Report } from '../../types/report.ts';
import { formatBytes } from '../format-bytes.ts';
import { html, type Markup, type Value } from './markup.ts';
import { displayText, pathMark, timeMark } from './words.ts';

/** What does not change from run to run. */
export function facts(report: Report): Markup {
  const { set, running, incomplete, unreadable } = report;
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
    ['At work', running === null ? 'nothing' : html`a run, begun on ${timeMark(running.createdAt, set.timeZone)}`],
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
