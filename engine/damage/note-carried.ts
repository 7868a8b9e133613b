import type { Native } from '../../native/index.ts';
import type { Layout } from '../generation/layout.ts';
import { CopyLookup } from './copy-key.ts';
import { readDamage, writeDamage, type DamagedName } from './damage-record.ts';

/**
 * Adds the names a new generation has of damaged copies: what could not be read this time was carried forward as it is.
 * Needs the set's lock.
 */
export function noteCarried(native: Native, layout: Layout, base: string, generation: string): void {
  const copies = readDamage(layout);
  if (copies.length === 0) return;
  const lookup = new CopyLookup(native, layout);
  let added = 0;
  try {
    for (const { names } of copies) {
      const carried = names
        .filter((name) => name.generation === base)
        .flatMap((name) => follow(lookup, name, generation));
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
  const key = lookup.keyOf(next);
  return key !== undefined && key === lookup.keyOf(name) ? [next] : [];
}
