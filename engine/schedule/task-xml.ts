import type { DateTime } from 'luxon';
import { dirname } from 'node:path/win32';
import { EngineError } from '../errors/engine-error.ts';
import { secondsOf } from '../jobs/duration.ts';
import { isoDuration } from './iso-duration.ts';
import { launchArguments, type Launch } from './launch.ts';
import type { ScheduledJob } from './scheduled-job.ts';
import type { TaskAccount } from './task-account.ts';
import { PRINCIPAL, taskPrincipal } from './task-principal.ts';
import { taskTriggers } from './task-triggers.ts';
import { windowsCommandLine } from './windows-command-line.ts';
import { element, type XmlElement } from './xml-element.ts';

/** What the task of a job depends on besides the job. */
export interface TaskFacts {
  readonly launch: Launch;
  readonly account: TaskAccount;
  /** The time of the machine, in its zone: the first start is after it. */
  readonly now: DateTime;
}

const MAXIMUM_TRIGGERS = 48;

/** Where the task of a job is in the library of the Task Scheduler. */
export function taskPathOf(job: { readonly name: string }): string {
  return `\\MirrorBackup\\${job.name}`;
}

/**
 * The task of a job as the Task Scheduler of Windows takes it: `Register-ScheduledTask -Xml`, `schtasks /Create /XML`.
 * Source and Documentation tell our tasks from others, and which file a task runs.
 *
 * @throws EngineError ScheduleNotPossible
 * @see https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema
 */
export function taskXml(job: ScheduledJob, facts: TaskFacts): string {
  refuse(job, facts.launch);
  const task = element(
    'Task',
    [
      registration(job),
      taskTriggers(job.settings.schedule, facts.now),
      taskPrincipal(facts.account),
      settings(job),
      action(job, facts.launch),
    ],
    { version: '1.2', xmlns: 'http://schemas.microsoft.com/windows/2004/02/mit/task' },
  );
  return ['<?xml version="1.0" encoding="UTF-16"?>', ...task.lines, ''].join('\n');
}

function registration(job: ScheduledJob): XmlElement {
  return element('RegistrationInfo', [
    element('Source', 'MirrorBackup'),
    element('Author', 'MirrorBackup'),
    element('Description', job.settings.description ?? `Runs the backup job ${job.name}.`),
    element('Documentation', job.file),
    element('URI', taskPathOf(job)),
  ]);
}

function settings({ settings: { enabled, schedule } }: ScheduledJob): XmlElement {
  const notOnBattery = String(schedule.onBattery === 'Skip');
  return element('Settings', [
    element('MultipleInstancesPolicy', 'IgnoreNew'),
    element('DisallowStartIfOnBatteries', notOnBattery),
    element('StopIfGoingOnBatteries', notOnBattery),
    element('AllowHardTerminate', 'true'),
    element('StartWhenAvailable', String(schedule.missed === 'Run')),
    element('RunOnlyIfNetworkAvailable', 'false'),
    element('AllowStartOnDemand', 'true'),
    element('Enabled', String(enabled)),
    element('Hidden', 'false'),
    element('RunOnlyIfIdle', 'false'),
    element('WakeToRun', String(schedule.wakeToRun)),
    element('ExecutionTimeLimit', isoDuration(secondsOf(schedule.timeLimit))),
    element('Priority', '7'),
  ]);
}

function action(job: ScheduledJob, launch: Launch): XmlElement {
  const exec = element('Exec', [
    element('Command', launch.shell.path),
    element('Arguments', windowsCommandLine(launchArguments(launch, job))),
    element('WorkingDirectory', dirname(job.file)),
  ]);
  return element('Actions', [exec], { Context: PRINCIPAL });
}

// Before it starts a task the Task Scheduler replaces %NAME% and $(Arg0), and has no way to write them otherwise.
function refuse(job: ScheduledJob, launch: Launch): void {
  const paths = [launch.shell.path, launch.script, job.file];
  const path = paths.find((one) => /%[^%]+%|\$\(/.test(one));
  if (path !== undefined)
    throw new EngineError('ScheduleNotPossible', {
      message: `The job '${job.name}' cannot be scheduled: the Task Scheduler would replace %…% and $(…) in '${path}'.`,
      path,
      hint: 'Give the file or folder a name without these characters.',
    });
  if ((job.settings.schedule.at?.length ?? 0) > MAXIMUM_TRIGGERS)
    throw new EngineError('ScheduleNotPossible', {
      message: `The job '${job.name}' cannot be scheduled: a task has at most ${MAXIMUM_TRIGGERS} times, see 'schedule.at'.`,
      path: job.file,
      hint: "Use 'every' instead of 'at', or fewer times.",
    });
}
