import type { Native } from '../../native/index.ts';
import { FidelityLoss, Word } from '../../native/item-record.ts';
import { noteMissing } from '../../native/loss-causes.ts';
import { changedMetadata } from '../plan/visible-metadata.ts';

const VISIBLE = [FidelityLoss.Owner, FidelityLoss.Permissions, FidelityLoss.Attributes];

/**
 * Adds to a record what of the owner and mode the copy that was just made is without, although setting it succeeded: some
 * file systems show what they were mounted with.
 * @param found record of the copy, as found on disk
 */
export function noteSilentLosses(native: Native, found: Uint32Array, record: Uint32Array, at: number): void {
  const kept = native.visibleMetadata.losses & ~record[at + Word.Losses];
  const changed = changedMetadata(native, found, record, at, kept);
  if (changed === 0) return;
  for (const loss of VISIBLE) if ((changed & loss) !== 0) record[at + Word.Losses] |= noteMissing(loss);
}
