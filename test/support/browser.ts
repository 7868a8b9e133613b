import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { launch, type Browser, type Page } from 'puppeteer-core';
import type { PageDocument } from './page-globals.ts';
import { toolPath } from './requires.ts';

declare const document: PageDocument;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** How a page is looked at. */
export interface View {
  width: number;
  scheme: 'light' | 'dark';
  script?: 'enabled' | 'disabled';
}

/** A page with what the browser complained of, and what it asked for beside the page. */
export interface OpenPage {
  page: Page;
  complaints: string[];
  requests: string[];
}

export function startBrowser(): Promise<Browser> {
  // The sandbox of the browser wants an ordinary user, and containers have little shared memory.
  const executablePath = toolPath('chromium') ?? 'chromium';
  return launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'], pipe: true });
}

export async function openPage(browser: Browser, file: string, { width, scheme, script }: View): Promise<OpenPage> {
  const page = await browser.newPage();
  const [complaints, requests]: string[][] = [[], []];
  const url = pathToFileURL(file).href;
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:')) requests.push(request.url());
  });
  if (script === 'disabled') await page.setJavaScriptEnabled(false);
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(url);
  return { page, complaints, requests };
}

/** The texts of all elements that a selector stands for. */
export function textsOf(page: Page, selector: string): Promise<string[]> {
  return page.evaluate(
    (wanted) => [...document.querySelectorAll(wanted)].map(({ textContent }) => textContent),
    selector,
  );
}

/** What axe-core finds wrong with the page, each with the first element it is about. */
export async function violations(page: Page): Promise<string[]> {
  // The page lets no other script in; DevTools may.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }> };
    };
    const found = (await axe.run()).violations;
    return found.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}): ${nodes[0]?.html ?? ''}`);
  });
}
