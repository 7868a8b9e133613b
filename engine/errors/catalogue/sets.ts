import type { Chapter } from './entry.ts';

/** About sets and their generations. */
export const setErrors = {
  SetNotFound: {
    category: 'ObjectNotFound',
    meaning: 'There is no backup set at this path.',
    hint: 'Check SetPath, and that its volume is mounted.',
  },
  SetBusy: {
    category: 'ResourceBusy',
    meaning: 'Another process is writing to the set.',
    hint: 'Wait until the other run has ended; details say who holds the lock.',
    retryable: true,
  },
  SetForeign: {
    category: 'ResourceBusy',
    meaning: 'Another computer holds the lock of the set.',
    hint: 'Make sure that the other computer is not working on the set before you remove its lock.',
    retryable: true,
  },
  SetFormatNotSupported: {
    category: 'NotImplemented',
    meaning: 'The set was written by a newer version.',
    hint: 'Use a newer version of MirrorBackup for this set.',
  },
  SetDamaged: {
    category: 'InvalidData',
    meaning:
      'The administration of the set (`.mirrorbackup`) cannot be read. The generations are plain folders and can still be read.',
    hint: 'Put right what the message names; the generations are plain folders and can still be read, and a new set beside it can go on.',
    remedy: 'Put right what the message names; a new set beside it can go on.',
  },
  GenerationNotFound: {
    category: 'ObjectNotFound',
    meaning: 'The set has no generation of this name.',
    hint: 'Get-BackupGeneration lists what is there.',
  },
  GenerationPinned: {
    category: 'InvalidOperation',
    meaning: 'The generation is pinned: it was kept.',
    hint: 'Unlock-BackupGeneration takes the pin away; by name and with -Force it is removed all the same.',
  },
  GenerationIsLast: {
    category: 'InvalidOperation',
    meaning: 'It is the newest complete generation, or the only one.',
    hint: 'The newest complete generation is kept unless it is named with -Force.',
    remedy: 'Name it with `-Force` if it really is to go.',
  },
  GenerationExists: {
    category: 'ResourceExists',
    meaning: 'The set already has a generation of the time of the backup that is to be imported.',
    hint: 'It may be imported already. If not, give another -CreatedAt.',
  },
  ImportOutOfOrder: {
    category: 'InvalidOperation',
    meaning: 'The backup is older than the newest generation of the set; `details` name both.',
    hint: 'Import backups oldest first, before the first New-MirrorBackup, or into a new set; -CreatedAt corrects a wrong time.',
  },
  ImportInFuture: {
    category: 'InvalidArgument',
    meaning: 'The time of the backup is in the future: all later generations would come before it.',
    hint: 'Give the time of the backup with -CreatedAt, and check the clock.',
  },
  MoveAcrossVolumes: {
    category: 'InvalidOperation',
    meaning: 'With `-Move`, a backup is on another file system than the set. Nothing was changed.',
    hint: 'Import without -Move: the tree is copied. Remove it yourself afterwards.',
  },
  PolicyEmpty: {
    category: 'InvalidArgument',
    meaning: 'A policy has no rule, so that it would keep hardly anything.',
    hint: 'Give at least one rule, such as -KeepDaily 30.',
    remedy: 'Give at least one, such as `-KeepDaily 30`; [retention.md](retention.md) explains them.',
  },
  TimeZoneUnknown: {
    category: 'InvalidArgument',
    meaning: 'There is no time zone of this name.',
    hint: 'Give an IANA name such as Europe/Berlin, or UTC.',
    remedy:
      'Give an IANA name such as `Europe/Berlin`, not one of Windows such as `W. Europe Standard Time`. If the message names `set.json`, correct it there.',
  },
  ClockNotTrusted: {
    category: 'InvalidOperation',
    meaning:
      'Generations are dated later than now, or the newest one before an older one or long after it. Nothing was removed.',
    hint: 'Set the clock right. If only a generation has a wrong time, remove it by name, or go on with -Force.',
    remedy:
      'Set the clock right. If only a generation has a wrong time, remove it by name, or go on with `-Force`; [retention.md](retention.md#the-clock) says more.',
  },
  TooManyRemovals: {
    category: 'LimitsExceeded',
    meaning: 'A policy would remove more generations than `-MaximumRemovals` allows. Nothing was removed.',
    hint: 'Look at what -WhatIf says. If it is right, allow more with -MaximumRemovals.',
  },
  ManifestDamaged: {
    category: 'InvalidData',
    meaning: 'The catalogue of a generation cannot be read or does not match its checksum.',
    hint: 'Its files can still be read. The next run uses another base; Remove-BackupGeneration removes the generation.',
  },
  ManifestNotFound: {
    category: 'ObjectNotFound',
    meaning: 'The catalogue of a generation is missing.',
    hint: 'Its files can still be read. The next run uses another base; Remove-BackupGeneration removes the generation.',
  },
  CommitDelayed: {
    category: 'ResourceBusy',
    meaning:
      'The generation is finished but could not be renamed into place, because a program keeps files in it open.',
    hint: 'A program (often a virus scanner) keeps files open. The next run commits it without copying again.',
    remedy: 'Nothing: the next run commits it without copying again. Exclude the set from virus scanning.',
    retryable: true,
  },
  GenerationBusy: {
    category: 'ResourceBusy',
    meaning:
      'The generation was not removed: it could not be moved to the trash, because a program keeps a folder or file in it open. It is whole.',
    hint: 'A program (often Explorer or a virus scanner) keeps a folder or file in it open. Close it, and run again.',
    retryable: true,
  },
} as const satisfies Chapter;
