import type { DateTime } from 'luxon';
import { EngineError } from '../errors/engine-error.ts';
import type { DescribedSchedule } from '../types/protocol.ts';
import type { Job } from '../jobs/job.ts';
import type { Launch } from './launch.ts';
import { requireSchedule } from './scheduled-job.ts';
import { systemdUnits, unitNameOf } from './systemd-units.ts';
import { taskAccount, type UserLogon } from './task-account.ts';
import { taskPathOf, taskXml } from './task-xml.ts';

/** The scheduler a job is given to. */
export type Scheduler =
  | { readonly kind: 'TaskScheduler'; readonly logon: UserLogon; readonly now: DateTime }
  | { readonly kind: 'Systemd'; readonly manager: 'System' }
  | { readonly kind: 'Systemd'; readonly manager: 'User'; readonly user: string };

/**
 * What a scheduler has to be given so that it runs a job.
 *
 * @param user the account to run as instead of the one of the job
 * @throws EngineError JobNotScheduled, ScheduleNotPossible, ElevationRequired
 */
export function describeSchedule(job: Job, launch: Launch, scheduler: Scheduler, user?: string): DescribedSchedule {
  const scheduled = requireSchedule(job);
  const wanted = user ?? scheduled.settings.schedule.user;
  const common = { job: job.name, file: job.file, enabled: job.settings.enabled, kind: scheduler.kind };
  if (scheduler.kind === 'TaskScheduler') {
    const account = taskAccount(wanted, scheduler.logon);
    const text = taskXml(scheduled, { launch, account, now: scheduler.now });
    return {
      ...common,
      id: taskPathOf(job),
      user: account.kind === 'Service' ? account.sid : account.user,
      account: account.kind,
      files: [{ name: `${job.name}.xml`, text, encoding: 'Utf16' }],
    };
  }
  const owner = unitUser(job, scheduler, wanted);
  const units = systemdUnits(scheduled, { launch, manager: scheduler.manager, user: owner });
  const name = unitNameOf(job);
  return {
    ...common,
    id: `${name}.timer`,
    ...(owner !== undefined && { user: owner }),
    account: owner === undefined ? 'Service' : 'User',
    files: [
      { name: `${name}.service`, text: units.service, encoding: 'Utf8' },
      { name: `${name}.timer`, text: units.timer, encoding: 'Utf8' },
    ],
  };
}

// SYSTEM is what a job file for both platforms calls the account of the machine.
function unitUser(job: Job, scheduler: Scheduler & { kind: 'Systemd' }, user: string | undefined): string | undefined {
  const isMachine = user !== undefined && /^(root|system|nt authority\\system)$/i.test(user);
  if (scheduler.manager === 'System') return isMachine ? undefined : user;
  if (user === undefined || user === scheduler.user) return undefined;
  throw new EngineError('ElevationRequired', {
    message: `The job '${job.name}' runs as '${user}', and only root may give it to that account.`,
    path: job.file,
  });
}
