import type { Report, ReportStatus } from '../../types/report.ts';
import { formatBytes } from '../format-bytes.ts';
import { html, type Markup, type Value } from './markup.ts';
import { countText, plural } from '../../text/counts.ts';
import { durationText } from '../../text/durations.ts';
import { agoText, pathMark, timeMark } from './words.ts';

/** A shape for each state, so that the colour need not tell it: a tick, an exclamation mark, a cross. */
export const SYMBOLS: Record<ReportStatus, { shape: string; mark: string; word: string }> = {
  Good: { shape: 'M12 1a11 11 0 1 0 0 22a11 11 0 1 0 0-22z', mark: 'M6.8 12.4l3.5 3.6l7-7.6', word: 'All is well' },
  Attention: { shape: 'M12 1.6l11.2 20.2H.8z', mark: 'M12 8.6v6.2M12 18v.6', word: 'Needs a look' },
  Bad: { shape: 'M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9z', mark: 'M8 8l8 8M16 8l-8 8', word: 'Act now' },
};

/** What a person sees in one second: when the last complete backup was made, and whether all is well. */
export function headline(report: Report): Markup {
  const { health, lastComplete, running, set } = report;
  const { shape, mark, word } = SYMBOLS[health.status];
  const findings = health.findings.map(
    ({ status, message }) =>
      html`<li>
        <span class="badge ${status.toLowerCase()}">${status === 'Bad' ? 'Act now' : 'Look'}</span> ${message}
      </li>`,
  );
  return html`<header class="hero ${health.status.toLowerCase()}">
    <p class="kind">Backup of ${sourcesText(report)}</p>
    <div class="verdict">
      <svg class="symbol" viewBox="0 0 24 24" aria-hidden="true">
        <path class="shape" d="${shape}" />
        <path class="mark" d="${mark}" />
      </svg>
      <div>
        <h1>${lastComplete ? `Last complete backup ${agoText(lastComplete.ageSeconds)}` : 'No complete backup'}</h1>
        <p class="state">
          <strong>${word}.</strong>
          ${lastComplete && html`It was begun on ${timeMark(lastComplete.createdAt, set.timeZone)}. `}
          ${running && html`A run is at work since ${timeMark(running.createdAt, set.timeZone)}. `}As of
          ${timeMark(report.createdAt, set.timeZone)}.
        </p>
      </div>
    </div>
    ${
      findings.length > 0 &&
      html`<ul class="findings">
        ${findings}
      </ul>`
    }
    <p id="age" hidden></p>
  </header>`;
}

function sourcesText({ set }: Report): Markup {
  if (set.sources.length === 0) return pathMark(set.path);
  const shown = set.sources.slice(0, 3).map(({ path }, i) => html`${i > 0 && ', '}${pathMark(path)}`);
  const more = set.sources.length - shown.length;
  return html`${shown}${more > 0 && ` and ${more} more`}`;
}

/** The numbers that matter most. */
export function keyFigures(report: Report): Markup {
  const { generations, space, set, damage, retention } = report;
  const newest = generations.at(-1);
  const complete = generations.filter(({ state }) => state === 'Complete').length;
  const pinned = generations.filter((each) => each.pinned).length;
  const figures: (Markup | false)[] = [
    one('Generations', countText(generations.length), [
      `${countText(complete)} complete`,
      pinned > 0 && `${countText(pinned)} pinned`,
    ]),
    newest !== undefined &&
      one('Newest', formatBytes(newest.bytes), [
        plural(newest.files, 'file'),
        `made in ${durationText(newest.durationSeconds)}`,
      ]),
    newest !== undefined && one('Copied for it', formatBytes(newest.copiedBytes), [plural(newest.copiedFiles, 'file')]),
    one('The set takes', formatBytes(space.bytes), [
      space.estimated && 'estimated',
      set.volume !== null && `${formatBytes(set.volume.freeBytes)} free`,
    ]),
    newest !== undefined &&
      one('Failed in it', countText(newest.failed + newest.stale), [
        newest.failed + newest.stale === 0 ? 'nothing is missing' : `${countText(newest.stale)} kept from before`,
      ]),
    one('Known damage', countText(damage.length), [damage.length === 0 ? 'none' : 'see below']),
    retention !== null &&
      one('The policy keeps', countText(retention.kept), [`${countText(retention.removed)} would go`]),
  ];
  return html`<section aria-labelledby="figures-title">
    <h2 id="figures-title" class="unseen">In short</h2>
    <dl class="figures">${figures}</dl>
  </section>`;
}

function one(name: string, value: string, notes: readonly (string | false)[]): Markup {
  const lines: Value = notes.filter((note) => note !== false).join(' · ');
  return html`<div>
    <dt>${name}</dt>
    <dd><span class="value">${value}</span>${lines !== '' && html`<span class="note">${lines}</span>`}</dd>
  </div> `;
}
