/** What is the same for every warning of one id; both texts are Markdown. */
export interface WarningEntry {
  /** What has happened, in a sentence or two. */
  readonly meaning: string;
  /** What the user can do. */
  readonly remedy: string;
}

/** The ids of warnings that are not those of errors: the property Warnings of a generation has them. */
export const warnings = {
  LiveFilesRead: {
    meaning: 'No snapshot was made, so the live files were read; the message says why.',
    remedy: 'Nothing, if that is meant: `-Snapshot None` says so. With `-RequireSnapshot` the run fails instead.',
  },
  SnapshotByTool: {
    meaning: 'The shadow copy was made by a program of Windows, because COM was refused.',
    remedy: 'Nothing; the message says what COM said.',
  },
  SnapshotWritersNotTold: {
    meaning: 'Writers took part in the shadow copy, and are not told whether the backup was completed.',
    remedy: 'Nothing for files. A program that empties its logs after a backup does not do so.',
  },
  SnapshotWithoutWriters: {
    meaning: 'No writer took part in the shadow copy: files of databases are as after a power cut.',
    remedy: 'Run elevated where diskshadow or COM is allowed; [shadow-copies.md](shadow-copies.md) says more.',
  },
  SnapshotWriterFailed: {
    meaning: 'A program that was asked to make its files consistent failed to. They are as after a power cut.',
    remedy: '`vssadmin list writers` shows its state; restarting its service often helps.',
  },
  ClockNotLater: {
    meaning: 'The clock is not later than the newest generation; the new one is named a second after that.',
    remedy: 'Look whether the clock is right.',
  },
  LatestNotUpdated: {
    meaning: 'The link `latest` could not be set to the new generation. The generation itself is complete.',
    remedy: 'The message says why; the next run tries again.',
  },
  BaseCopyDamaged: {
    meaning: 'The copy in the last generation is missing, was changed or is damaged. The item was copied afresh.',
    remedy: 'Look at the disk; `Test-BackupGeneration -Content` tells whether there is more.',
  },
  GenerationNotRead: {
    meaning: 'A generation is left out, because its catalogue cannot be read. The result is not complete.',
    remedy: 'See `ManifestDamaged` and `ManifestNotFound`.',
  },
  DamageNotRecorded: {
    meaning: 'The set cannot be written to, so the next backup does not know of the damage that was found.',
    remedy: 'Test again when it can be written to.',
  },
  ItemStale: {
    meaning: 'A restored item could not be read when the generation was made; it is what an older one had.',
    remedy: 'Look whether a later generation has it as it was.',
  },
  ItemTorn: {
    meaning: 'A restored item kept changing while it was backed up; it may mix its states.',
    remedy: 'Look at it, or restore it from another generation. Snapshots avoid it.',
  },
  ItemConditions: {
    meaning: 'There are more restored items that are stale, torn or damaged than are warned of one by one.',
    remedy: 'Select by the property Condition of what was output.',
  },
  FidelityLoss: {
    meaning: 'Metadata could not be restored; the message says which, of how many items, and why.',
    remedy: 'Run elevated, or restore to a file system that can hold it.',
  },
  FoldersNotSearched: {
    meaning: 'Folders could not be searched for names of a file, so that names may be missing.',
    remedy: 'Run elevated, or give the account read access to them.',
  },
  OriginalKept: {
    meaning: 'A backup was imported with `-Move` and is left where it was.',
    remedy: 'The message says why. Remove it yourself when the imported generation is as it should be.',
  },
  RunUnfinished: {
    meaning: 'The run of the job before this one did not come to its end: it was killed, or the machine went down.',
    remedy: 'Its log file, which the warning names, tells how far it came. This run goes on with what was copied.',
  },
  JobLogNotWritable: {
    meaning: 'The log file of a job cannot be written. The job runs all the same.',
    remedy: 'Give the account write access to `log.folder` of the job.',
  },
  JobNotLocked: {
    meaning: 'This machine cannot tell whether the job is being run already. The lock of the set keeps writers apart.',
    remedy: 'The message says why; see `StateFolderUntrusted`.',
  },
  JobStateNotWritable: {
    meaning: 'This machine cannot remember the result of the job.',
    remedy: 'The message says why; see `StateFolderUntrusted`.',
  },
} as const satisfies Readonly<Record<string, WarningEntry>>;
