import type { Chapter } from './entry.ts';

/** About what is selected, and about snapshots. */
export const snapshotErrors = {
  SnapshotNotAvailable: {
    category: 'ResourceUnavailable',
    meaning: 'A snapshot was asked for and could not be made.',
    hint: 'Run elevated, on a file system with snapshots, or use -Snapshot None to read the live files.',
    retryable: true,
  },
  SnapshotFailed: {
    category: 'ResourceUnavailable',
    meaning: 'The system began to make a snapshot and gave up.',
    hint: 'Look at what the system said; docs/shadow-copies.md explains the usual causes.',
    remedy: 'Look at what the system said; [shadow-copies.md](shadow-copies.md) explains the usual causes.',
    retryable: true,
  },
  StateFolderUntrusted: {
    category: 'PermissionDenied',
    meaning:
      "The folder with the machine's journal of snapshots was made by another user, or others may write to it: what it says is not believed, and no snapshot is made.",
    hint: 'Look at what is in the folder, and remove it as an administrator (or root); the next run makes it anew.',
  },
  SnapshotLost: {
    category: 'ResourceUnavailable',
    meaning: 'The snapshot was deleted, or ran out of room, while it was read. The run is Incomplete.',
    hint: 'Run again: it continues with what is there. Live files were not read.',
    retryable: true,
  },
  SubvolumeNotInSnapshot: {
    category: 'NotImplemented',
    meaning:
      'A folder is a subvolume of its own and not in the snapshot; what the last generation had below it was kept.',
    hint: 'Back the subvolume up as a source of its own, or read the live files with -Snapshot None.',
  },
  ShadowCopyNotFound: {
    category: 'ObjectNotFound',
    meaning: 'There is no shadow copy with this id.',
    hint: 'Get-ShadowCopy lists what is there.',
  },
  ShadowCopyNotOurs: {
    category: 'PermissionDenied',
    meaning: 'The shadow copy was made by another program.',
    hint: 'Remove it with the program that made it; MirrorBackup removes only what its journal names.',
  },
  MountFailed: {
    category: 'ResourceUnavailable',
    meaning: 'A shadow copy could not be given a path or a drive letter.',
    hint: 'Choose a path that does not exist yet, in a folder that does, or a free drive letter.',
  },
  MountNotFound: {
    category: 'ObjectNotFound',
    meaning: 'Nothing is mounted there by MirrorBackup.',
    hint: 'The Mounts of Get-ShadowCopy are what can be dismounted.',
  },
  ExcludeFileNotFound: {
    category: 'ObjectNotFound',
    meaning: 'A file with patterns does not exist or cannot be read.',
    hint: 'Check the path of the exclude file.',
  },
  PatternInvalid: {
    category: 'InvalidArgument',
    meaning: 'A pattern cannot be understood.',
    hint: 'Write it as in a .gitignore file; for a restore, as a path below the generation.',
  },
} as const satisfies Chapter;
