import { createHash } from 'node:crypto';
import type { Report } from '../../types/report.ts';
import { calendarSection } from './calendar.ts';
import { chartsOf, failureChart } from './charts.ts';
import { facts } from './facts.ts';
import { figure } from './figure.ts';
import { generationsTable } from './generations-table.ts';
import { growth } from './growth.ts';
import { headline, keyFigures, SYMBOLS } from './headline.ts';
import { links } from './links.ts';
import { html, Markup, type Value } from './markup.ts';
import { decisions, pins } from './retention.ts';
import { script } from './script.ts';
import { style } from './style.ts';
import { damage, failures, losses } from './troubles.ts';
import { displayText } from './words.ts';

/** The report as one page that needs nothing else: no network, no script. */
export function renderPage(report: Report): string {
  const sections = sectionsOf(report);
  const title = `${SYMBOLS[report.health.status].word}: ${displayText(report.set.path)}`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy()}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="MirrorBackup ${report.engineVersion}" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${new Markup(`<style>${style}</style>`)}
      </head>
      <body>
        <a class="skip" href="#content">To the content</a>
        ${headline(report)}
        <nav aria-label="Parts of the report">
          <ul>
            ${sections.map(([id, name]) => html`<li><a href="#${id}-part">${name}</a></li>`)}
          </ul>
        </nav>
        <main id="content" tabindex="-1">
          ${keyFigures(report)}
          ${sections.map(
            ([id, name, content]) =>
              html`<section id="${id}-part" aria-labelledby="${id}-title">
                <h2 id="${id}-title">${name}</h2>
                ${content}
              </section> `,
          )}
        </main>
        <footer><p>Made by MirrorBackup ${report.engineVersion}. Times are those of ${report.set.timeZone}.</p></footer>
        ${new Markup(`<script>${script}</script>`)}
      </body>
    </html> `.text;
}

type Section = [id: string, title: string, content: Value];

/** Of a set without a generation there is little to say. */
function sectionsOf(report: Report): Section[] {
  const set: Section = ['set', 'The set', facts(report)];
  if (report.generations.length === 0) return [set];
  const charts = chartsOf(report);
  const failed = failureChart(report);
  return [
    [
      'growth',
      'Over time',
      charts.length > 0
        ? html`<div class="charts">${charts.map(figure)}</div>`
        : html`<p>The charts begin with the second generation.</p>`,
    ],
    ['calendar', 'Calendar', [calendarSection(report), pins(report), decisions(report)]],
    ['failures', 'Failures', [failed && html`<div class="charts">${figure(failed)}</div>`, failures(report)]],
    ['damage', 'Damage', damage(report)],
    ['losses', 'What could not be kept', losses(report)],
    ['folders', 'Where it grows', growth(report)],
    ['links', 'Links', links(report)],
    ['generations', 'Generations', generationsTable(report)],
    set,
  ];
}

/** Nothing is loaded from anywhere, and no style or script runs but those of this page. */
function policy(): string {
  return `default-src 'none'; style-src '${digest(style)}'; script-src '${digest(script)}'; img-src data:; base-uri 'none'; form-action 'none'`;
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}
