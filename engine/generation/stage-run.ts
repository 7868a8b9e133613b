import { mkdirSync } from 'node:fs';
import type { Native } from '../../native/index.ts';
import { byteFromText } from '../../native/byte-path.ts';
import { createManifest } from '../manifest/manifest-file.ts';
import type { MirrorTarget } from '../run/mirror-plan.ts';
import { readJournal, writeJournal } from './journal.ts';
import type { Layout } from './layout.ts';
import type { ResolvedSource } from './resolve-sources.ts';

const PRIVATE = 0o700;

/**
 * Makes the folders of a run, after its journal entry.
 * @param staged names of interrupted runs, oldest first
 */
export function stageRun(
  native: Native,
  layout: Layout,
  name: string,
  staged: readonly string[],
  sources: readonly ResolvedSource[],
): MirrorTarget {
  const bootId = native.bootId();
  const sameBoot = readJournal(layout).filter((entry) => entry.bootId === bootId);
  const trusted = new Set(sameBoot.map(({ generation }) => generation));
  writeJournal(layout, name, 'Staging', bootId);
  const work = layout.work(name);
  const staging = layout.staging(name);
  for (const folder of [work, `${work}/temporary`, `${work}/links`, staging]) {
    mkdirSync(layout.path(folder), { mode: PRIVATE });
    const directory = native.openRoot(byteFromText(layout.text(folder)), 'fill');
    native.clearInheritance(directory);
    native.closeDirectory(directory);
  }
  for (const { nameText } of sources) mkdirSync(layout.path(staging, nameText), { mode: PRIVATE });
  return {
    staging: byteFromText(staging),
    temporary: byteFromText(`${work}/temporary`),
    links: byteFromText(`${work}/links`),
    resume: [...staged].reverse().map((folder) => ({
      folder: byteFromText(layout.staging(folder)),
      trusted: trusted.has(folder),
    })),
    manifest: createManifest(layout.path(work, 'manifest')),
  };
}
