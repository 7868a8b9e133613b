import type { Native } from '../../native/index.ts';
import { CopyLookup } from '../damage/copy-key.ts';
import {
  readDamage,
  writeDamage,
  type DamagedCopy,
  type DamagedName,
  type DamageKind,
} from '../damage/damage-record.ts';
import { mergeDamage, type Tested } from '../damage/merge-damage.ts';
import { EngineError } from '../errors/engine-error.ts';
import { fromSystemError } from '../errors/from-system-error.ts';
import type { Layout } from '../generation/layout.ts';
import { generationNames } from '../generation/list.ts';
import { lockSet } from '../generation/set-lock.ts';
import type { WarningEntry } from '../types/protocol.ts';
import type { FoundDamage } from './findings.ts';

/**
 * Brings the set's record of damage up to date, for the next backup to heal. A test is of use without it, too: where the
 * set is busy or cannot be written to, that is a warning.
 */
export function recordFindings(
  native: Native,
  layout: Layout,
  found: readonly FoundDamage[],
  tested: Omit<Tested, 'existing'>,
  warn: (warning: WarningEntry) => void,
): void {
  if (found.length === 0 && readDamage(layout).length === 0) return;
  try {
    const lock = lockSet(native, layout);
    try {
      const names = generationNames(layout);
      const known = readDamage(layout);
      const copies = withOtherNames(native, layout, found, names);
      const merged = mergeDamage(known, copies, { ...tested, existing: new Set(names) });
      if (JSON.stringify(merged) !== JSON.stringify(known)) writeDamage(layout, merged);
    } finally {
      lock.release();
    }
  } catch (thrown) {
    const error = thrown instanceof EngineError ? thrown : fromSystemError(thrown);
    if (!error) throw thrown;
    warn({ id: 'DamageNotRecorded', message: `What was found is not recorded for the next backup: ${error.message}` });
  }
}

/** A copy has the same path in the generations beside it, mostly: looking there costs little. */
function withOtherNames(
  native: Native,
  layout: Layout,
  found: readonly FoundDamage[],
  generations: readonly string[],
): DamagedCopy[] {
  const foundAt = new Date().toISOString();
  const lookup = new CopyLookup(native, layout);
  try {
    return found.filter(isRecorded).map(({ kind, copy, links, names }) => {
      const all = [...names];
      const paths = [...new Set(names.map(({ path }) => path))];
      const tested = new Set(names.map(({ generation }) => generation));
      for (const generation of generations) {
        if (copy === undefined || all.length >= links) break;
        if (tested.has(generation)) continue;
        all.push(...otherNames(lookup, generation, paths, copy));
      }
      return { kind, names: all, foundAt };
    });
  } finally {
    lookup.close();
  }
}

function otherNames(lookup: CopyLookup, generation: string, paths: readonly string[], copy: string): DamagedName[] {
  return paths.map((path) => ({ generation, path })).filter((name) => lookup.keyOf(name) === copy);
}

function isRecorded(found: FoundDamage): found is FoundDamage & { kind: DamageKind } {
  return found.kind !== 'Extra' && found.kind !== 'ManifestDamaged';
}
