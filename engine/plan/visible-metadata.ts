import type { Native } from '../../native/index.ts';
import { FidelityLoss, FileType, Word } from '../../native/item-record.ts';

/** Lost, it says that the bits of the mode are not the recorded ones: permissions, or the attributes Windows has for them. */
const MODE_LOSSES = FidelityLoss.Permissions | FidelityLoss.Attributes;

/**
 * In what of the owner, group and mode a copy differs from its record, as far as it was kept at all. Costs no system call.
 * @param found record of the copy, as found on disk
 * @param kept what can be compared: bits of {@link FidelityLoss} that were not lost, neither by the volume nor by the copy
 * @returns bits of {@link FidelityLoss}
 */
export function changedMetadata(
  { visibleMetadata }: Pick<Native, 'visibleMetadata'>,
  found: Uint32Array,
  words: Uint32Array,
  at: number,
  kept: number,
): number {
  const mode = words[at + Word.Mode];
  let changed = 0;
  if (
    (kept & FidelityLoss.Owner) !== 0 &&
    (found[Word.Owner] !== words[at + Word.Owner] || found[Word.Group] !== words[at + Word.Group])
  )
    changed |= FidelityLoss.Owner;
  // A symbolic link has the mode that the file system gives to all of them.
  if (
    ((found[Word.Mode] ^ mode) & visibleMetadata.mode) !== 0 &&
    (mode & FileType.Mask) !== FileType.SymbolicLink &&
    (kept & MODE_LOSSES) !== 0
  )
    changed |= kept & MODE_LOSSES;
  return changed;
}
