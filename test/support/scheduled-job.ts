import { requireSchedule, type ScheduledJob } from '../../engine/schedule/scheduled-job.ts';
import type { Launch } from '../../engine/schedule/launch.ts';
import type { JobSettings, Schedule } from '../../engine/types/job.ts';
import { DEFAULT_SETTINGS } from './job-settings.ts';

/** A schedule with what a job file leaves out filled in. */
export function schedule(given: Partial<Schedule>): Schedule {
  return { missed: 'Run', onBattery: 'Run', wakeToRun: false, timeLimit: '3d', ...given };
}

/** A job of a file that has a schedule. */
export function scheduledJob(
  file: string,
  given: Partial<Schedule>,
  settings: Partial<JobSettings> = {},
  name = 'documents',
): ScheduledJob {
  return requireSchedule({
    name,
    file,
    line: 3,
    settings: {
      ...DEFAULT_SETTINGS,
      sources: ['/home'],
      destination: '/mnt/backup',
      ...settings,
      schedule: schedule(given),
    },
  });
}

/** The PowerShell of Windows and a module where people install them. */
export const windowsLaunch: Launch = {
  shell: {
    path: 'C:\\Program Files\\PowerShell\\7\\pwsh.exe',
    arguments: ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass'],
  },
  script: 'C:\\Program Files\\PowerShell\\Modules\\MirrorBackup\\Invoke-ScheduledJob.ps1',
  environment: {},
};

/** A program that is on every Linux in place of PowerShell: systemd-analyze looks whether it is there. */
export const linuxLaunch: Launch = {
  shell: { path: '/bin/sh', arguments: ['-NoProfile', '-NonInteractive'] },
  script: '/usr/local/share/powershell/Modules/MirrorBackup/Invoke-ScheduledJob.ps1',
  environment: {},
};
