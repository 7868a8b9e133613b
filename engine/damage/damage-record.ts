import { readFileSync } from 'node:fs';
import { FOLDERS, type Layout } from '../generation/layout.ts';
import { generationNames } from '../generation/list.ts';
import { writeWhole } from '../generation/write-file.ts';
import { isDamagedCopy, type DamagedCopy } from './damaged-copy.ts';
import { findingsFiles, readFindings } from './findings-file.ts';
import { mergeDamage } from './merge-damage.ts';

const VERSION = 1;
const FILE = 'damage.json';

/**
 * What was found and not yet healed. What cannot be read as such counts as nothing: a check finds it again.
 * @param files findings of tests that nobody has taken over yet
 */
export function readDamage(layout: Layout, files: readonly string[] = findingsFiles(layout)): DamagedCopy[] {
  const recorded = readRecord(layout);
  const findings = files.map((file) => readFindings(layout, file)).filter((each) => each !== undefined);
  if (findings.length === 0) return recorded;
  const existing = new Set(generationNames(layout));
  return findings.reduce((known, { tested, copies }) => mergeDamage(known, copies, { ...tested, existing }), recorded);
}

function readRecord(layout: Layout): DamagedCopy[] {
  try {
    const { formatVersion, copies } = JSON.parse(readFileSync(pathOf(layout), 'utf8')) as {
      formatVersion?: unknown;
      copies?: unknown;
    };
    return formatVersion === VERSION && Array.isArray(copies) ? copies.filter(isDamagedCopy) : [];
  } catch {
    return [];
  }
}

/** Replaces the record, after findings were taken over into it. Needs the set's lock. */
export function writeDamage(layout: Layout, copies: readonly DamagedCopy[]): void {
  writeWhole(pathOf(layout), `${JSON.stringify({ formatVersion: VERSION, copies })}\n`);
}

function pathOf(layout: Layout): ReturnType<Layout['path']> {
  return layout.path(FOLDERS.own, FILE);
}
