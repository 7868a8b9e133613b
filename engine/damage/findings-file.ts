import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { FOLDERS, type Layout } from '../generation/layout.ts';
import { writeWhole } from '../generation/write-file.ts';
import { isDamagedCopy, type DamagedCopy } from './damaged-copy.ts';
import type { Tested } from './merge-damage.ts';

/** What one test has found, until whoever holds the set's lock next takes it over into the record of damage. */
export interface TestFindings {
  tested: Omit<Tested, 'existing'>;
  copies: DamagedCopy[];
}

const VERSION = 1;

/** Puts it down for the next holder of the lock: a test does not wait for a backup that may take hours. Needs no lock. */
export function writeFindings(layout: Layout, { tested, copies }: TestFindings): void {
  mkdirSync(layout.path(FOLDERS.findings), { recursive: true, mode: 0o700 });
  const { startedAt, generations, content } = tested;
  // In the order in which they were found; Windows allows no colon.
  const name = `${new Date().toISOString().replaceAll(':', '')}-${randomBytes(4).toString('hex')}.json`;
  const data = { formatVersion: VERSION, startedAt, generations: [...generations], content, copies };
  writeWhole(layout.path(FOLDERS.findings, name), `${JSON.stringify(data)}\n`);
}

/** Names of what was put down, oldest first. */
export function findingsFiles(layout: Layout): string[] {
  try {
    return readdirSync(layout.path(FOLDERS.findings))
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch {
    return [];
  }
}

/** @returns undefined for what cannot be read as such: a test finds it again */
export function readFindings(layout: Layout, name: string): TestFindings | undefined {
  try {
    const { formatVersion, startedAt, generations, content, copies } = JSON.parse(
      readFileSync(layout.path(FOLDERS.findings, name), 'utf8'),
    ) as Record<string, unknown>;
    if (formatVersion !== VERSION || typeof startedAt !== 'string') return undefined;
    if (!Array.isArray(generations) || !Array.isArray(copies)) return undefined;
    const tested = new Set(generations.filter((one) => typeof one === 'string'));
    return {
      tested: { startedAt, generations: tested, content: content === 'All' ? 'All' : 'Some' },
      copies: copies.filter(isDamagedCopy),
    };
  } catch {
    return undefined;
  }
}

export function removeFindings(layout: Layout, name: string): void {
  rmSync(layout.path(FOLDERS.findings, name), { force: true });
}
