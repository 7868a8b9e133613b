import type { Native } from '../../native/index.ts';
import type { Layout } from '../generation/layout.ts';
import { CopyLookup } from './copy-key.ts';
import { readDamage, writeDamage } from './damage-record.ts';
import type { DamagedName } from './damaged-copy.ts';
import { settleFindings } from './settle-findings.ts';

/**
 * Adds the names a new generation has of damaged copies: what could not be read this time was carried forward as it is.
 * Needs the set's lock.
 */
export function noteCarried(native: Native, layout: Layout, base: string, generation: string): void {
  // Those of tests that ended since the run began.
  settleFindings(native, layout);
  const copies = readDamage(layout);
  if (copies.length === 0) return;
  const lookup = new CopyLookup(native, layout);
  let added = 0;
  try {
    for (const { names } of copies) {
      const carried = names
        .filter((name) => name.generation === base)
        .flatMap((name) => follow(lookup, name, generation))
        .filter((next) => !names.some((name) => name.generation === generation && name.path === next.path));
      names.push(...carried);
      added += carried.length;
    }
  } finally {
    lookup.close();
  }
  if (added > 0) writeDamage(layout, copies);
}

function follow(lookup: CopyLookup, name: DamagedName, generation: string): DamagedName[] {
  const next = { generation, path: name.path };
  const key = lookup.find(next)?.key;
  return key !== undefined && key === lookup.find(name)?.key ? [next] : [];
}
