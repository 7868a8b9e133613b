import type { Native } from '../../native/index.ts';
import { generationNames } from '../generation/list.ts';
import type { Layout } from '../generation/layout.ts';
import { CopyLookup } from './copy-key.ts';
import { readDamage, writeDamage } from './damage-record.ts';
import type { DamagedCopy } from './damaged-copy.ts';
import { findingsFiles, removeFindings } from './findings-file.ts';

/**
 * Takes what tests have found over into the record of damage, also under the names that copies have in generations that
 * were not tested, or did not exist yet. Needs the set's lock.
 */
export function settleFindings(native: Native, layout: Layout): void {
  const files = findingsFiles(layout);
  if (files.length === 0) return;
  const lookup = new CopyLookup(native, layout);
  try {
    const generations = generationNames(layout);
    const merged = readDamage(layout, files).map((copy) => withOtherNames(lookup, copy, generations));
    if (JSON.stringify(merged) !== JSON.stringify(readDamage(layout, []))) writeDamage(layout, merged);
  } finally {
    lookup.close();
  }
  for (const file of files) removeFindings(layout, file);
}

/** A copy has the same path in the generations beside it, mostly: looking there costs little. */
function withOtherNames(lookup: CopyLookup, copy: DamagedCopy, generations: readonly string[]): DamagedCopy {
  const known = copy.names.map((name) => lookup.find(name)).find((found) => found !== undefined);
  if (!known) return copy;
  const names = [...copy.names];
  const paths = [...new Set(names.map(({ path }) => path))];
  const named = new Set(names.map(({ generation, path }) => `${generation}/${path}`));
  for (const generation of generations)
    for (const path of paths) {
      if (names.length >= known.links) return { ...copy, names };
      if (named.has(`${generation}/${path}`)) continue;
      if (lookup.find({ generation, path })?.key === known.key) names.push({ generation, path });
    }
  return { ...copy, names };
}
