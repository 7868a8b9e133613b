import type { ErrorCategory } from './category.ts';

/** What is the same for every error of one id. */
export interface CatalogueEntry {
  readonly category: ErrorCategory;
  /** What the user can do, unless the thrower knows better. */
  readonly hint?: string;
  /** Whether the same request may succeed later without anyone changing anything. Default: false. */
  readonly retryable?: boolean;
}

/**
 * Every error id, in the order of docs/errors.md. An id, once released, keeps its meaning: scripts compare
 * `FullyQualifiedErrorId` with it.
 */
export const catalogue = {
  // The protocol.
  ParseError: {
    category: 'InvalidData',
    hint: 'Send one JSON-RPC 2.0 object per line, UTF-8, without line breaks in it.',
  },
  InvalidRequest: {
    category: 'InvalidArgument',
    hint: 'A request is {"jsonrpc":"2.0","id":1,"method":"…","params":{…}}.',
  },
  MethodNotFound: { category: 'NotImplemented', hint: 'details.methods lists what this engine can do.' },
  InvalidParameter: { category: 'InvalidArgument', hint: 'details.errors lists every field that is wrong.' },
  ProtocolVersionNotSupported: {
    category: 'NotImplemented',
    hint: 'Use the engine that came with this version of the module.',
  },
  InternalError: {
    category: 'NotSpecified',
    hint: 'This is a defect. Run again with MIRRORBACKUP_DEBUG=1 and report what is written to standard error.',
  },
  SystemCallFailed: {
    category: 'ResourceUnavailable',
    hint: 'The system says why. If that does not help, run again with MIRRORBACKUP_DEBUG=1 and report it.',
  },
  PathInvalid: {
    category: 'InvalidArgument',
    hint: 'Give an absolute path, with names that can exist on this system.',
  },
  Cancelled: { category: 'OperationStopped', hint: 'Run it again to go on; what was copied is used again.' },

  // Sources.
  SourceNotFound: { category: 'ObjectNotFound', hint: 'Check the path, and that its volume is mounted.' },
  SourceNotDirectory: {
    category: 'InvalidArgument',
    hint: 'Give the folder that holds the file, and select with Include.',
  },
  SourceNotReadable: {
    category: 'PermissionDenied',
    hint: 'Run elevated (as root or administrator), or give the account read access.',
  },
  SourceEmpty: {
    category: 'InvalidOperation',
    hint: 'If the source is really meant to be empty now, use AllowEmptySource.',
  },
  SourceUnmounted: {
    category: 'ResourceUnavailable',
    hint: 'Mount the file system again. If it has moved for good, use AllowSourceChange.',
    retryable: true,
  },
  SourceChanged: {
    category: 'InvalidOperation',
    hint: 'Use another set for other sources, or AllowSourceChange if this set is to change.',
  },
  SourceNameConflict: { category: 'InvalidArgument', hint: 'Give each source a name of its own.' },
  SourceNameInvalid: {
    category: 'InvalidArgument',
    hint: 'A name is one folder name: not empty, not . or .., without / \\ and what the file system forbids.',
  },

  // Destination and links.
  DestinationInsideSource: {
    category: 'InvalidArgument',
    hint: 'Put the backup set outside the source; a backup must not back up itself.',
  },
  SourceInsideDestination: { category: 'InvalidArgument', hint: 'Put the backup set outside the source.' },
  DestinationNotDirectory: { category: 'InvalidArgument', hint: 'SetPath is a folder; it is made when it is missing.' },
  DestinationNotWritable: {
    category: 'PermissionDenied',
    hint: 'Give the account write access, and check that the file system is not mounted read-only.',
  },
  LinkNotSupported: {
    category: 'ResourceUnavailable',
    hint: 'Use a file system with hard links: NTFS or ReFS, ext4, xfs, btrfs, or a share of one of them.',
  },
  DestinationFull: {
    category: 'ResourceUnavailable',
    hint: 'Remove old generations or use a larger disk; details say how many bytes are missing.',
    retryable: true,
  },
  DestinationChanged: {
    category: 'InvalidOperation',
    hint: 'Check that the right disk is mounted. If the set was replaced on purpose, take setId out of the job, or give the new id.',
  },

  // Sets and generations.
  SetNotFound: { category: 'ObjectNotFound', hint: 'Check SetPath, and that its volume is mounted.' },
  SetBusy: {
    category: 'ResourceBusy',
    hint: 'Wait until the other run has ended; details say who holds the lock.',
    retryable: true,
  },
  SetForeign: {
    category: 'ResourceBusy',
    hint: 'Make sure that the other computer is not working on the set before you remove its lock.',
    retryable: true,
  },
  SetFormatNotSupported: { category: 'NotImplemented', hint: 'Use a newer version of MirrorBackup for this set.' },
  SetDamaged: {
    category: 'InvalidData',
    hint: 'Put right what the message names; the generations are plain folders and can still be read.',
  },
  GenerationNotFound: { category: 'ObjectNotFound', hint: 'Get-BackupGeneration lists what is there.' },
  GenerationPinned: {
    category: 'InvalidOperation',
    hint: 'Unlock-BackupGeneration takes the pin away; -Force removes it all the same.',
  },
  GenerationIsLast: {
    category: 'InvalidOperation',
    hint: 'The newest complete generation is kept unless it is named with -Force.',
  },
  GenerationExists: {
    category: 'ResourceExists',
    hint: 'It may be imported already. If not, give another -CreatedAt.',
  },
  ImportOutOfOrder: {
    category: 'InvalidOperation',
    hint: 'Import backups oldest first, before the first New-MirrorBackup, or into a new set; -CreatedAt corrects a wrong time.',
  },
  ImportInFuture: {
    category: 'InvalidArgument',
    hint: 'Give the time of the backup with -CreatedAt, and check the clock.',
  },
  MoveAcrossVolumes: {
    category: 'InvalidOperation',
    hint: 'Import without -Move: the tree is copied. Remove it yourself afterwards.',
  },
  PolicyEmpty: { category: 'InvalidArgument', hint: 'Give at least one rule, such as -KeepDaily 30.' },
  TimeZoneUnknown: { category: 'InvalidArgument', hint: 'Give an IANA name such as Europe/Berlin, or UTC.' },
  ClockNotTrusted: {
    category: 'InvalidOperation',
    hint: 'Set the clock right. If only a generation has a wrong time, remove it by name, or go on with -Force.',
  },
  TooManyRemovals: {
    category: 'LimitsExceeded',
    hint: 'Look at what -WhatIf says. If it is right, allow more with -MaximumRemovals.',
  },
  ManifestDamaged: {
    category: 'InvalidData',
    hint: 'Its files can still be read. The next run uses another base; Remove-BackupGeneration removes the generation.',
  },
  ManifestNotFound: {
    category: 'ObjectNotFound',
    hint: 'Its files can still be read. The next run uses another base; Remove-BackupGeneration removes the generation.',
  },
  CommitDelayed: {
    category: 'ResourceBusy',
    hint: 'A program (often a virus scanner) keeps files open. The next run commits it without copying again.',
    retryable: true,
  },
  GenerationBusy: {
    category: 'ResourceBusy',
    hint: 'A program (often Explorer or a virus scanner) keeps a folder or file in it open. Close it, and run again.',
    retryable: true,
  },

  // Selection and snapshots.
  SnapshotNotAvailable: {
    category: 'ResourceUnavailable',
    hint: 'Run elevated, on a file system with snapshots, or use -Snapshot None to read the live files.',
    retryable: true,
  },
  SnapshotFailed: {
    category: 'ResourceUnavailable',
    hint: 'Look at what the system said; docs/shadow-copies.md explains the usual causes.',
    retryable: true,
  },
  StateFolderUntrusted: {
    category: 'PermissionDenied',
    hint: 'Look at what is in the folder, and remove it as an administrator (or root); the next run makes it anew.',
  },
  SnapshotLost: {
    category: 'ResourceUnavailable',
    hint: 'Run again: it continues with what is there. Live files were not read.',
    retryable: true,
  },
  SubvolumeNotInSnapshot: {
    category: 'NotImplemented',
    hint: 'Back the subvolume up as a source of its own, or read the live files with -Snapshot None.',
  },
  ShadowCopyNotFound: { category: 'ObjectNotFound', hint: 'Get-ShadowCopy lists what is there.' },
  ShadowCopyNotOurs: {
    category: 'PermissionDenied',
    hint: 'Remove it with the program that made it; MirrorBackup removes only what its journal names.',
  },
  MountFailed: {
    category: 'ResourceUnavailable',
    hint: 'Choose a path that does not exist yet, in a folder that does, or a free drive letter.',
  },
  MountNotFound: { category: 'ObjectNotFound', hint: 'The Mounts of Get-ShadowCopy are what can be dismounted.' },
  ExcludeFileNotFound: { category: 'ObjectNotFound', hint: 'Check the path of the exclude file.' },
  PatternInvalid: { category: 'InvalidArgument', hint: 'Patterns are written as in a .gitignore file.' },

  // Single items: these come as `itemError`, and the run goes on.
  ItemFailed: { category: 'WriteError', hint: 'The generation is Partial; the next run tries the item again.' },
  ItemUnreadable: { category: 'PermissionDenied', hint: 'Run elevated, or give the account read access to the item.' },
  ItemVanished: {
    category: 'ObjectNotFound',
    hint: 'It was deleted or renamed during the run; a snapshot avoids that.',
  },
  ItemIOError: {
    category: 'ReadError',
    hint: 'Check the disk or the network; the last good copy was kept, if there was one.',
  },
  ItemChangedWhileRead: {
    category: 'ResourceBusy',
    hint: 'It was written during the run; a snapshot avoids that.',
    retryable: true,
  },
  DirectoryUnreadable: {
    category: 'PermissionDenied',
    hint: 'Run elevated, or give the account read access; what the last generation had below it was kept.',
  },
  MountVanished: {
    category: 'ResourceUnavailable',
    hint: 'Mount the file system again; what the last generation had below it was kept.',
    retryable: true,
  },
  ItemTypeNotSupported: { category: 'NotImplemented', hint: 'Exclude the item if it is not needed.' },

  // Restores; those about one item come as `itemError`, and the restore goes on.
  RestoreConflict: {
    category: 'ResourceExists',
    hint: 'Restore to another place, or say with -Conflict what is to happen: Skip, Overwrite or KeepBoth.',
  },
  RestoreInsideSet: {
    category: 'InvalidArgument',
    hint: 'Restore to a folder outside the set: nothing in a set is ever written to.',
  },
  ItemNotFound: {
    category: 'ObjectNotFound',
    hint: 'Paths begin with the name of a source, as Compare-BackupGeneration shows them. Look into the folder of the generation.',
  },
  ItemExists: {
    category: 'ResourceExists',
    hint: 'Restore to another place, or say with -Conflict what is to happen: Skip, Overwrite or KeepBoth.',
  },
  ItemDamaged: {
    category: 'InvalidData',
    hint: 'Another generation may have it whole. With -AllowDamaged it is restored as it is.',
  },
  ItemNotRestored: {
    category: 'WriteError',
    hint: 'Put right what the system says, and restore the item again.',
  },

  // Hard links of single files.
  FileNotFound: { category: 'ObjectNotFound', hint: 'Check the path; wildcards belong to -Path of Get-HardLink.' },
  FileNotReadable: { category: 'PermissionDenied', hint: 'Give the account access to the folder of the file.' },
  FolderNotFound: { category: 'ObjectNotFound', hint: 'Check the path, and that its volume is mounted.' },
  PathIsDirectory: { category: 'InvalidArgument', hint: 'Give a file: folders cannot have hard links.' },
  PathExists: { category: 'ResourceExists', hint: 'Choose another name, or replace the file with -Force.' },
  LinkAcrossVolumes: { category: 'InvalidOperation', hint: 'Put the new name on the volume of the file, or copy it.' },
  LinkLimitReached: { category: 'LimitsExceeded', hint: 'Remove names of the file, or copy it.' },
  LinkNotPermitted: {
    category: 'PermissionDenied',
    hint: 'Run as the owner of the file or elevated, and check that the file is not marked immutable.',
  },

  // Jobs.
  JobInvalid: { category: 'InvalidData', hint: 'Put right what the message names; docs/jobs.md lists all keys.' },
  JobFileNotFound: { category: 'ObjectNotFound', hint: 'Check the path; New-BackupJob makes a job file.' },
  JobFileNotReadable: { category: 'PermissionDenied', hint: 'Give the account read access to the job file.' },
  JobFileNotWritable: {
    category: 'PermissionDenied',
    hint: 'Give the account write access to the folder of the job file.',
  },
  JobExists: { category: 'ResourceExists', hint: 'Give another name, or replace the job with -Force.' },
  JobNotFound: { category: 'ObjectNotFound', hint: 'Get-BackupJob lists the jobs that are there.' },

  // Runs of jobs: these stand in the result.
  JobBusy: {
    category: 'ResourceBusy',
    hint: 'Wait until the other run has ended; details say which process it is. Runs of one job do not overlap.',
    retryable: true,
  },
  BackupPartial: {
    category: 'InvalidResult',
    hint: 'The log of the run lists every item that failed. The next run tries them again.',
  },
  DamageFound: {
    category: 'InvalidData',
    hint: 'Test-BackupGeneration -Content lists what is damaged, Repair-BackupSet -Heal mends it. No generation was removed.',
  },
  HookFailed: {
    category: 'InvalidResult',
    hint: 'The log of the run has all it wrote. A hook whose failure does not matter has onError: Continue.',
  },
  NotificationFailed: {
    category: 'ConnectionError',
    hint: 'The backup is there. What the message names has to be put right: server, account, secret or network.',
  },
  SecretModuleMissing: {
    category: 'NotInstalled',
    hint: 'Install-Module Microsoft.PowerShell.SecretManagement, and a vault, for the account the job runs as.',
  },
  SecretNotFound: { category: 'ObjectNotFound', hint: 'See Get-SecretInfo, as the account the job runs as.' },
  ModuleMissing: {
    category: 'NotInstalled',
    hint: 'Install it there for all users: Install-Module MirrorBackup -Scope AllUsers.',
  },

  // Raised by the module about the engine itself.
  EngineStopped: {
    category: 'ConnectionError',
    hint: 'Look at what the engine wrote to standard error, and run again.',
  },
  EngineOutputInvalid: {
    category: 'InvalidData',
    hint: 'What it had finished is kept. Run it again; if it happens again, report what the message quotes.',
  },
  EngineNotFound: { category: 'NotInstalled', hint: 'Install the module again; from the sources, run npm run build.' },
  NodeNotFound: { category: 'NotInstalled', hint: 'Install Node.js 22.13 or newer, or put it on the PATH.' },
  NodeTooOld: { category: 'NotInstalled', hint: 'Install Node.js 22.13 or newer.' },
} as const satisfies Record<string, CatalogueEntry>;

/** An error id: `SourceNotFound`, `LinkNotSupported`, … */
export type ErrorId = keyof typeof catalogue;
