import type { Chapter } from './entry.ts';

/** About the place of a set: what it must be able to hold. */
export const destinationErrors = {
  DestinationInsideSource: {
    category: 'InvalidArgument',
    meaning: 'The set lies inside a source, so a backup would back up itself.',
    hint: 'Put the backup set outside the source; a backup must not back up itself.',
  },
  SourceInsideDestination: {
    category: 'InvalidArgument',
    meaning: 'A source lies inside the set.',
    hint: 'Put the backup set outside the source.',
  },
  DestinationNotDirectory: {
    category: 'InvalidArgument',
    meaning: 'There is a file where the set should be.',
    hint: 'SetPath is a folder; it is made when it is missing.',
  },
  DestinationNotWritable: {
    category: 'PermissionDenied',
    meaning: 'Nothing can be written there.',
    hint: 'Give the account write access, and check that the file system is not mounted read-only.',
  },
  LinkNotSupported: {
    category: 'ResourceUnavailable',
    meaning: 'The destination cannot hold hard links, found by trying.',
    hint: 'Use a file system with hard links: NTFS or ReFS, ext4, xfs, btrfs, or a share of one of them; not FAT or exFAT.',
  },
  DestinationFull: {
    category: 'ResourceUnavailable',
    meaning: 'There is no room left. The run stopped; what it had copied is used by the next one.',
    hint: 'Remove old generations or use a larger disk; details say how many bytes are missing.',
    retryable: true,
  },
  DestinationChanged: {
    category: 'InvalidOperation',
    meaning:
      'The set at this path is not the one that was expected: another disk is mounted, or none. Nothing was written.',
    hint: 'Check that the right disk is mounted. If the set was replaced on purpose, run the job once with -AllowSetChange, or give the new setId.',
  },
} as const satisfies Chapter;
