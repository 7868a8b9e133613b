import { FileType, Word } from '../../native/item-record.ts';
import type { ConflictAction } from '../types/protocol.ts';

/** What is at an item's destination. */
export type Occupant = 'Nothing' | 'Directory' | 'Other';

/** What happens to an item. */
export type Decision =
  'Create' | 'Merge' | 'Skip' | 'KeepBoth' | 'Replace' | { conflict: 'Exists' | 'FolderInPlace' | 'SameName' };

/**
 * @param folder whether this restore has made the folder: then whatever is in it came from this restore, too
 */
export function decide(
  item: 'Directory' | 'Other',
  occupant: Occupant,
  folder: 'New' | 'Merged',
  action: ConflictAction,
): Decision {
  if (occupant === 'Nothing') return 'Create';
  if (item === 'Directory' && occupant === 'Directory' && folder === 'Merged') return 'Merge';
  // Two names that are one here: in another case, or in another normal form.
  if (folder === 'New') return { conflict: 'SameName' };
  switch (action) {
    case 'Fail':
      return { conflict: 'Exists' };
    case 'Skip':
      return 'Skip';
    case 'KeepBoth':
      return 'KeepBoth';
    case 'Overwrite':
      // A folder with all that is in it is not thrown away for an item that has its name.
      return occupant === 'Directory' ? { conflict: 'FolderInPlace' } : 'Replace';
  }
}

export function kindOf(record: Uint32Array, at: number): 'Directory' | 'Other' {
  return (record[at + Word.Mode] & FileType.Mask) === FileType.Directory ? 'Directory' : 'Other';
}

export function describeConflict(conflict: 'Exists' | 'FolderInPlace' | 'SameName'): string {
  if (conflict === 'FolderInPlace') return 'a folder is in its place, which is not removed';
  if (conflict === 'SameName') return 'another restored item has its name there';
  return 'it exists';
}
