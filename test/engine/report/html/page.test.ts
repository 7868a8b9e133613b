import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { openPage, startBrowser, textsOf, violations, type OpenPage, type View } from '../../../support/browser.ts';
import { makeSandbox, type Sandbox } from '../../../support/sandbox.ts';
import type { PageDocument, PageElement } from '../../../support/page-globals.ts';
import { reportText } from '../../../support/report.ts';
import { requires } from '../../../support/requires.ts';
import { writeSyntheticSet, type SyntheticOptions } from '../../../support/synthetic-set.ts';

// What functions that run in the page find there.
declare const document: PageDocument;
declare const window: { scrollY: number };
declare const getComputedStyle: (
  element: PageElement,
) => Record<'outlineStyle' | 'backgroundColor' | 'display', string>;

const HOUR = 3_600_000;
/** What docs/images/report.png shows of a page. */
const SHOWN = { x: 50, y: 0, width: 1180, height: 880 };
const NAMES = [
  '<script>document.title = "stolen"</script>',
  '"><img src=x onerror=alert(1)>',
  "a&amp;b'c",
  'evil\u202egnp.exe',
  'אבג דהו',
  'caf␛E9',
  'tab\tand\nline',
  'x'.repeat(220),
];
const LOSSES = [
  { kind: 'Owner', cause: 'Privilege', reason: 'the account <may> not', items: 1234, examples: NAMES } as const,
];

/** In the page: what a person would see as wrong. */
function measurePage(): { overflow: number; overlaps: string[]; empty: number } {
  const overlaps: string[] = [];
  for (const chart of document.querySelectorAll('svg.chart')) {
    const boxes = [...chart.querySelectorAll('text.tick')]
      .map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0);
    const frame = chart.closest('figure')?.getBoundingClientRect();
    boxes.forEach((a, i) => {
      if (frame && (a.box.left < frame.left || a.box.right > frame.right)) overlaps.push(`${a.text} leaves the figure`);
      for (const b of boxes.slice(i + 1))
        if (
          a.box.left < b.box.right &&
          b.box.left < a.box.right &&
          a.box.top + 2 < b.box.bottom &&
          b.box.top + 2 < a.box.bottom
        )
          overlaps.push(`${a.text} and ${b.text}`);
    });
  }
  return {
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    overlaps,
    empty: document.querySelectorAll('svg.chart[d*="NaN"], path[d*="NaN"], [x*="NaN"], [y*="NaN"], [height^="-"]')
      .length,
  };
}

function openAll(): void {
  for (const details of document.querySelectorAll('details')) details.open = true;
}

/** The folder that pictures are left in, if they are asked for. */
const PICTURES = process.env['MIRRORBACKUP_TEST_PICTURES'];

describe('the page of a report @slow', () => {
  let sandbox: Sandbox;
  let browser: Browser | undefined;
  const files = new Map<string, string>();

  before(async function () {
    requires(this, 'tool:chromium');
    sandbox = makeSandbox();
    browser = await startBrowser();
    const end = new Date(Date.now() - 5 * HOUR);
    const partial: SyntheticOptions['more'] = (g) =>
      g % 61 === 17 ? { state: 'Partial', failed: 3, stale: g % 5 } : {};
    const policy = { keepDaily: 30, keepWeekly: 13, keepMonthly: 21 };
    await make('none', { generations: 0, end });
    await make('one', { generations: 1, end });
    await make('two', { generations: 2, end });
    await make('thirty', { generations: 30, end, hours: 7 });
    await make('seconds', { generations: 9, end, hours: 3 / 3600 });
    await make('years', { generations: 500, end, hours: 24 * 9 });
    await make('many', { generations: 500, end, more: partial }, { policy });
    await make('hostile', {
      generations: 12,
      end,
      hours: 3,
      folders: NAMES,
      sourcePath: `/home/${NAMES[1]}`,
      more: (g) => (g === 11 ? { state: 'Partial', failed: NAMES.length, fidelityLosses: LOSSES } : {}),
    });
  });

  after(async () => {
    if (browser && PICTURES !== undefined) await takeShown(PICTURES);
    await browser?.close();
    if (browser) sandbox.remove();
  });

  async function make(name: string, options: SyntheticOptions, more: object = {}): Promise<void> {
    const set = sandbox.path(name);
    const names = writeSyntheticSet(set, options);
    if (name === 'hostile') {
      const errors = NAMES.map((path) => ({
        kind: 'error',
        id: 'ItemUnreadable',
        message: `'${path}' cannot be read.`,
        path,
      }));
      writeFileSync(
        join(set, `.mirrorbackup/logs/${names.at(-1)}.jsonl`),
        errors.map((each) => `${JSON.stringify(each)}\n`).join(''),
      );
      const copies = NAMES.map((path) => ({
        kind: 'Altered',
        foundAt: new Date().toISOString(),
        names: [{ generation: names[0], path: `ann/${path}` }],
      }));
      writeFileSync(join(set, '.mirrorbackup/damage.json'), JSON.stringify({ formatVersion: 1, copies }));
      writeFileSync(
        join(set, `.mirrorbackup/pins/${names[0]}.json`),
        JSON.stringify({ pinnedAt: '', reason: NAMES[0] }),
      );
    }
    const file = sandbox.path(`${name}.html`);
    writeFileSync(file, (await reportText(set, 'Html', more)).text);
    files.set(name, file);
  }

  async function withPage(name: string, view: View, look: (opened: OpenPage) => Promise<void>): Promise<void> {
    if (!browser) throw new Error('the browser runs only while the suite does');
    const opened = await openPage(browser, files.get(name) ?? '', view);
    try {
      await look(opened);
    } finally {
      if (PICTURES !== undefined) await takePicture(opened.page, PICTURES, `${name}-${view.width}-${view.scheme}`);
      await opened.page.close();
    }
  }

  async function takePicture(page: Page, folder: string, name: string): Promise<void> {
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  }

  /** On a volume with room, or the report would rightly ask for more. */
  async function takeShown(folder: string): Promise<void> {
    mkdirSync(folder, { recursive: true });
    const roomy = makeSandbox('big');
    try {
      const end = new Date(Date.now() - 5 * HOUR);
      const policy = { keepDaily: 30, keepWeekly: 13, keepMonthly: 21 };
      writeSyntheticSet(roomy.path('set'), {
        generations: 420,
        end,
        more: (g) => (g % 61 === 17 ? { state: 'Partial', failed: 3 } : {}),
      });
      writeFileSync(sandbox.path('shown.html'), (await reportText(roomy.path('set'), 'Html', { policy })).text);
      files.set('shown', sandbox.path('shown.html'));
      await withPage('shown', { width: 1280, scheme: 'light' }, async ({ page }) => {
        await page.screenshot({ path: join(folder, 'report.png'), clip: SHOWN });
      });
    } finally {
      roomy.remove();
    }
  }

  for (const name of ['none', 'one', 'two', 'seconds', 'thirty', 'years', 'many', 'hostile'])
    for (const width of [1280, 360])
      for (const scheme of ['light', 'dark'] as const)
        it(`of ${name}, ${width} wide, ${scheme}: nothing overlaps, overflows, is loaded, or is wrong for axe`, async function () {
          // axe looks at every cell of every table.
          this.timeout(300_000);
          await withPage(name, { width, scheme }, async ({ page, complaints, requests }) => {
            expect(await page.evaluate(measurePage)).to.deep.equal({ overflow: 0, overlaps: [], empty: 0 });
            // Of 500 generations these are the same parts, many times: once must do.
            if (name !== 'years' && name !== 'many') await page.evaluate(openAll);
            expect((await page.evaluate(measurePage)).overflow).to.equal(0);
            const isTested = name !== 'years' && (name !== 'many' || (width === 1280 && scheme === 'light'));
            if (isTested) expect(await violations(page)).to.deep.equal([]);
            expect(complaints).to.deep.equal([]);
            expect(requests).to.deep.equal([]);
          });
        });

  it('says in its heading when the last complete backup was made, and whether all is well', async () => {
    const headings: Record<string, string> = {};
    for (const name of ['none', 'two', 'hostile'])
      await withPage(name, { width: 1280, scheme: 'light' }, async ({ page }) => {
        headings[name] = (await textsOf(page, 'header h1, header strong')).join(' / ');
      });
    expect(headings).to.deep.equal({
      none: 'No complete backup / Act now.',
      two: 'Last complete backup 5 hours ago / All is well.',
      hostile: 'Last complete backup 8 hours ago / Act now.',
    });
  });

  it('is the same without script, but for its age', async () => {
    const texts: string[] = [];
    for (const script of ['enabled', 'disabled'] as const)
      await withPage('thirty', { width: 1280, scheme: 'light', script }, async ({ page, complaints }) => {
        const { root } = await (await page.createCDPSession()).send('DOM.getDocument', { depth: -1 });
        texts.push(JSON.stringify(root, (key, value: unknown) => (/id$/i.test(key) ? undefined : value)));
        expect(complaints).to.deep.equal([]);
      });
    expect(texts[1]).to.equal(texts[0]);
  });

  it('says how old it is when it is read later', async () => {
    await withPage('two', { width: 1280, scheme: 'light' }, async ({ page }) => {
      expect(await textsOf(page, '#age:not([hidden])')).to.deep.equal([]);
      await page.evaluateOnNewDocument(`Date.now = () => ${Date.now() + 75 * HOUR}`);
      await page.reload();
      expect(await textsOf(page, '#age:not([hidden])')).to.deep.equal([
        'You are reading a report that was made 3 days ago.',
      ]);
    });
  });

  it('shows hostile names as text', async () => {
    await withPage('hostile', { width: 1280, scheme: 'light' }, async ({ page }) => {
      expect(await page.title()).to.match(/^Act now: /);
      expect(await textsOf(page, 'script')).to.have.length(1);
      expect(await textsOf(page, 'img, iframe, form, object, embed')).to.deep.equal([]);
      const shown = await textsOf(page, '#failures-part .path');
      const escaped = NAMES.map((name) =>
        name.replace('\u202e', '␛E2␛80␛AE').replace('\t', '␛09').replace('\n', '␛0A'),
      );
      expect(shown).to.deep.equal(escaped);
      const damaged = await textsOf(page, '#damage-part .path');
      expect(damaged).to.deep.equal(escaped.map((name) => `ann/${name}`));
    });
  });

  it('is usable by keyboard: links, tables and numbers are reached in the order of the page', async () => {
    await withPage('thirty', { width: 360, scheme: 'light' }, async ({ page }) => {
      const order: string[] = [];
      const positions: number[] = [];
      for (let i = 0; i < 80; i++) {
        await page.keyboard.press('Tab');
        const [what, at, outline] = await page.evaluate(() => {
          const element = document.activeElement ?? document.body;
          const label = element.getAttribute('aria-labelledby') ?? element.getAttribute('href') ?? element.textContent;
          const top = element.getBoundingClientRect().top + window.scrollY;
          return [`${element.tagName} ${label}`, top, getComputedStyle(element).outlineStyle] as const;
        });
        if (what.startsWith('BODY')) break;
        expect(outline, what).to.equal('solid', 'the focus can be seen');
        order.push(what);
        positions.push(at);
      }
      expect(order[0]).to.equal('A #content');
      expect(order).to.include.members(['A #generations-part', 'DIV generations-table', 'DIV growth-table']);
      expect(order.filter((each) => each.startsWith('SUMMARY')).length).to.be.at.least(6);
      // The link to the content is out of sight until it has the focus.
      const down = positions.slice(1);
      expect(down).to.deep.equal(down.toSorted((a, b) => a - b));
    });
  });

  it('unfolds the numbers of a chart by keyboard, into a table that scrolls', async () => {
    await withPage('many', { width: 360, scheme: 'light' }, async ({ page }) => {
      await page.focus('#size summary');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-labelledby'));
      expect(focused).to.equal('size-numbers');
      expect(await textsOf(page, '#size tbody tr')).to.have.length(500);
      await page.keyboard.press('End');
      await page.waitForFunction(() => (document.activeElement?.scrollTop ?? 0) > 1000);
    });
  });

  it('has headings in order, one main part, and a caption and scopes for every table', async () => {
    await withPage('many', { width: 1280, scheme: 'light' }, async ({ page }) => {
      const levels = await page.evaluate(() =>
        [...document.querySelectorAll('h1, h2, h3, h4')].map(({ tagName }) => Number(tagName.slice(1))),
      );
      expect(levels[0]).to.equal(1);
      levels.slice(1).forEach((level, i) => expect(level - (levels[i] ?? 0)).to.be.at.most(1));
      expect(levels.filter((level) => level === 1)).to.have.length(1);
      const count = async (selector: string): Promise<number> => (await textsOf(page, selector)).length;
      const tables = await count('table');
      expect(tables).to.be.greaterThan(15);
      expect(await count('th:not([scope])')).to.equal(0);
      expect((await textsOf(page, 'caption')).filter((caption) => caption.trim() !== '')).to.have.length(tables);
      expect(await count('thead')).to.equal(tables);
      expect(await count('table:has(tbody tr)')).to.equal(tables);
      expect(await count('svg.chart')).to.equal(14);
      for (const part of ['title', 'desc'])
        expect((await textsOf(page, `svg.chart > ${part}`)).filter(({ length }) => length > 4)).to.have.length(14);
    });
  });

  it('prints in light colours, on a sheet of A4, without what only a screen has', async () => {
    await withPage('thirty', { width: 794, scheme: 'dark' }, async ({ page }) => {
      await page.emulateMediaType('print');
      expect(await page.evaluate(measurePage)).to.deep.equal({ overflow: 0, overlaps: [], empty: 0 });
      const [paper, nav] = await page.evaluate(() => [
        getComputedStyle(document.body).backgroundColor,
        getComputedStyle(document.querySelector('nav') ?? document.body).display,
      ]);
      expect([paper, nav]).to.deep.equal(['rgb(255, 255, 255)', 'none']);
    });
  });
});
