import type { Chapter } from './entry.ts';

/** Of runs of jobs: these stand in the result. */
export const jobRunErrors = {
  JobBusy: {
    category: 'ResourceBusy',
    meaning: 'The job is being run already on this machine. Nothing was done, and no hook ran.',
    hint: 'Wait until the other run has ended; details say which process it is. Runs of one job do not overlap.',
    retryable: true,
  },
  BackupPartial: {
    category: 'InvalidResult',
    meaning: 'Items could not be read, and are missing or stale in the new generation. No generation was removed.',
    hint: 'The log of the run lists every item that failed. The next run tries them again.',
  },
  DamageFound: {
    category: 'InvalidData',
    meaning: 'The test of the new generation found damage. No generation was removed.',
    hint: 'Test-BackupGeneration -Content lists what is damaged, Repair-BackupSet -Heal mends it.',
  },
  HookFailed: {
    category: 'InvalidResult',
    meaning:
      'A hook could not be started, ended with another exit code than 0, or was ended because it took too long. One that may fail gives a warning.',
    hint: 'The log of the run has all it wrote. A hook whose failure does not matter has onError: Continue.',
  },
  NotificationFailed: {
    category: 'ConnectionError',
    meaning: 'Somebody could not be told about the outcome. The backup is not affected.',
    hint: 'Put right what the message names: server, account, secret or network.',
    remedy: 'Put right what the message names; see [notifications.md](notifications.md).',
  },
  SecretModuleMissing: {
    category: 'NotInstalled',
    meaning: 'The job names a stored secret, and there is no `Get-Secret`.',
    hint: 'Install-Module Microsoft.PowerShell.SecretManagement, and a vault, for the account the job runs as.',
  },
  SecretNotFound: {
    category: 'ObjectNotFound',
    meaning: 'A stored secret that the job names cannot be read.',
    hint: 'See Get-SecretInfo, as the account the job runs as.',
  },
  ModuleMissing: {
    category: 'NotInstalled',
    meaning: 'The other computer has no module MirrorBackup, or one without `Invoke-BackupJob`.',
    hint: 'Install it there for all users: Install-Module MirrorBackup -Scope AllUsers.',
  },
} as const satisfies Chapter;
