import type { Chapter } from './entry.ts';

/** About restores; those about one item come as `itemError`, and the restore goes on. */
export const restoreErrors = {
  RestoreConflict: {
    category: 'ResourceExists',
    meaning:
      'Something exists where items are to be restored, each of them reported as `ItemExists`; or two items would be restored as one. Nothing was restored.',
    hint: 'Restore to another place, or say with -Conflict what is to happen: Skip, Overwrite or KeepBoth.',
  },
  RestoreInsideSet: {
    category: 'InvalidArgument',
    meaning: 'The folder to restore to lies inside the backup set. Nothing in a set is ever written to.',
    hint: 'Restore to a folder outside the set: nothing in a set is ever written to.',
  },
  ItemNotFound: {
    category: 'ObjectNotFound',
    meaning: 'A path or pattern matches nothing in the generation.',
    hint: 'Paths begin with the name of a source, as Compare-BackupGeneration shows them. Look into the folder of the generation.',
  },
  ItemExists: {
    category: 'ResourceExists',
    meaning: "Something has the item's place and is not to be replaced, or is a folder, which never is.",
    hint: 'Restore to another place, or say with -Conflict what is to happen: Skip, Overwrite or KeepBoth.',
  },
  ItemDamaged: {
    category: 'InvalidData',
    meaning:
      'The copy in the generation is missing or is not what was backed up: its SHA-256 differs or, without hashes, its size or write time. What was in its place still is.',
    hint: 'Another generation may have it whole; with -AllowDamaged it is restored as it is.',
    remedy: 'Take it from another generation, or restore it as it is with `-AllowDamaged`.',
  },
  ItemNotRestored: {
    category: 'WriteError',
    meaning:
      'The item could not be read from the generation or not be written; of a folder, nothing below it was restored.',
    hint: 'Put right what the system says, and restore the item again.',
  },
} as const satisfies Chapter;
