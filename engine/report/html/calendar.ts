import { DateTime } from 'luxon';
import type { Report, ReportDay } from '../../types/report.ts';
import { html, type Markup } from './markup.ts';
import { plural } from '../../text/counts.ts';

/** Months that are shown at once. */
const RECENT = 12;
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** The months in which generations were made, newest first, with a mark on each day that has one. */
export function calendarSection({ calendar, retention, set }: Report): Markup {
  const months = [...Map.groupBy(calendar, ({ date }) => date.slice(0, -3))].reverse();
  const [recent, older] = [months.slice(0, RECENT), months.slice(RECENT)];
  const days = new Map(calendar.map((day) => [day.date, day]));
  const draw = ([month]: (typeof months)[number]): Markup => monthTable(month, days);
  return html`<p>
      Days on which generations were made
      (${set.timeZone}).${retention ? ' Days of which the policy keeps nothing are crossed out.' : undefined}
    </p>
    <ul class="legend">
      <li><span class="day complete">1</span>complete</li>
      <li><span class="day partial">1</span>partial only</li>
      ${calendar.some(({ pinned }) => pinned) && html`<li><span class="day complete pinned">1</span>with a pinned one</li>`}
      ${retention && html`<li><span class="day complete removed">1</span>would be removed</li>`}
    </ul>
    <div class="months">${recent.map(draw)}</div>
    ${
      older.length > 0 &&
      html`<details>
        <summary>${plural(older.length, 'older month')}</summary>
        <div class="months">${older.map(draw)}</div>
      </details>`
    }`;
}

function monthTable(month: string, days: ReadonlyMap<string, ReportDay>): Markup {
  const first = DateTime.fromISO(`${month}-01`, { zone: 'utc', locale: 'en-US' });
  const cells: (Markup | undefined)[] = Array.from({ length: first.weekday - 1 }, () => undefined);
  for (let day = 1; day <= (first.daysInMonth ?? 0); day++)
    cells.push(dayCell(day, days.get(`${month}-${String(day).padStart(2, '0')}`)));
  while (cells.length % 7 > 0) cells.push(undefined);
  const weeks = Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
  const head = WEEKDAYS.map(
    (name) => html`<th scope="col" abbr="${name}">${name.slice(0, 1)}<span class="unseen">${name.slice(1)}</span></th>`,
  );
  return html`<table class="month">
    <caption>
      ${first.toFormat('LLLL yyyy')}
    </caption>
    <thead>
      <tr>
        ${head}
      </tr>
    </thead>
    <tbody>
      ${weeks.map(
        (week) =>
          html`<tr>
            ${week.map((cell) => html`<td>${cell}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function dayCell(number: number, day: ReportDay | undefined): Markup {
  if (!day) return html`<span class="day">${number}</span>`;
  const text = [
    plural(day.generations.length, 'generation'),
    day.state === 'Complete' ? 'complete' : 'partial only',
    day.pinned && 'pinned',
    day.kept !== undefined && (day.kept === 0 ? 'none would be kept' : `${day.kept} would be kept`),
  ].filter((part) => part !== false);
  const looks = ['day', day.state.toLowerCase(), day.pinned && 'pinned', day.kept === 0 && 'removed'].filter(
    (part) => part !== false,
  );
  return html`<span class="${looks.join(' ')}" title="${text.join(', ')}"
    >${number}<span class="unseen">: ${text.join(', ')}</span></span
  >`;
}
