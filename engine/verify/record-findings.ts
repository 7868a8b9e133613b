import type { Native } from '../../native/index.ts';
import { readDamage } from '../damage/damage-record.ts';
import type { DamagedCopy, DamageKind } from '../damage/damaged-copy.ts';
import { writeFindings, type TestFindings } from '../damage/findings-file.ts';
import { settleFindings } from '../damage/settle-findings.ts';
import { EngineError } from '../errors/engine-error.ts';
import { fromSystemError } from '../errors/from-system-error.ts';
import type { Layout } from '../generation/layout.ts';
import { lockSet } from '../generation/set-lock.ts';
import type { WarningEntry } from '../types/protocol.ts';
import type { FoundDamage } from './findings.ts';

/**
 * Brings the set's record of damage up to date, for the next backup to heal. While the set is in use, what was found is put
 * down beside it, for whoever has the lock next. A test is of use without it, too: where the set cannot be written to, that
 * is a warning.
 */
export function recordFindings(
  native: Native,
  layout: Layout,
  found: readonly FoundDamage[],
  tested: TestFindings['tested'],
  warn: (warning: WarningEntry) => void,
): void {
  if (found.length === 0 && readDamage(layout).length === 0) return;
  const foundAt = new Date().toISOString();
  const copies = found.filter(isRecorded).map(({ kind, names }): DamagedCopy => ({ kind, names, foundAt }));
  try {
    writeFindings(layout, { tested, copies });
    settleIfFree(native, layout);
  } catch (thrown) {
    const error = thrown instanceof EngineError ? thrown : fromSystemError(thrown);
    if (!error) throw thrown;
    warn({ id: 'DamageNotRecorded', message: `What was found is not recorded for the next backup: ${error.message}` });
  }
}

function settleIfFree(native: Native, layout: Layout): void {
  let lock;
  try {
    lock = lockSet(native, layout);
  } catch (error) {
    if (error instanceof EngineError && IN_USE.has(error.id)) return;
    throw error;
  }
  try {
    settleFindings(native, layout);
  } finally {
    lock.release();
  }
}

const IN_USE: ReadonlySet<string> = new Set(['SetBusy', 'SetForeign']);

function isRecorded(found: FoundDamage): found is FoundDamage & { kind: DamageKind } {
  return found.kind !== 'Extra' && found.kind !== 'ManifestDamaged';
}
