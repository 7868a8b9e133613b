import { dirname } from 'node:path/posix';
import { EngineError } from '../errors/engine-error.ts';
import { secondsOf } from '../jobs/duration.ts';
import { launchArguments, type Launch } from './launch.ts';
import { onCalendar } from './on-calendar.ts';
import type { ScheduledJob } from './scheduled-job.ts';
import { commandWord, plainText, quoteWord } from './systemd-quote.ts';

/** Who runs the units: the machine's service manager, or that of a user. */
export type UnitManager = 'System' | 'User';

/** What the units of a job depend on besides the job. */
export interface UnitFacts {
  readonly launch: Launch;
  readonly manager: UnitManager;
  /** The account to run as; undefined for that of the manager. */
  readonly user: string | undefined;
}

/** How long a run that is stopped may take to give back what it holds. */
const STOP_SECONDS = 600;

/** The name of the units of a job, without `.service` and `.timer`. */
export function unitNameOf(job: { readonly name: string }): string {
  return `mirrorbackup-${job.name}`;
}

/**
 * The service and the timer of a job. The section `X-MirrorBackup`, which systemd leaves alone, tells our units from
 * others, and which file they run.
 *
 * @throws EngineError ScheduleNotPossible
 * @see systemd.unit(5), systemd.service(5), systemd.timer(5)
 */
export function systemdUnits(job: ScheduledJob, facts: UnitFacts): { service: string; timer: string } {
  refuse(job, facts);
  return { service: service(job, facts), timer: timer(job) };
}

function service(job: ScheduledJob, { launch, manager, user }: UnitFacts): string {
  const { schedule } = job.settings;
  const [program, ...words] = [launch.shell.path, ...launchArguments(launch, job)];
  return unit([
    [
      'Unit',
      description(job),
      // A run that was missed starts with the machine, when what the destination lies on may not be there yet.
      ...(manager === 'System' ? ['Wants=network-online.target', 'After=network-online.target remote-fs.target'] : []),
      ...(schedule.onBattery === 'Skip' ? ['ConditionACPower=true'] : []),
    ],
    [
      'Service',
      'Type=oneshot',
      `ExecStart=${[quoteWord(program ?? ''), ...words.map(commandWord)].join(' ')}`,
      `WorkingDirectory=-${plainText(dirname(job.file))}`,
      // PowerShell looks for a home, which services of the system do not have without User=.
      ...(manager === 'System' && user === undefined ? ['Environment=HOME=%h'] : []),
      ...Object.entries(launch.environment).map(([name, value]) => `Environment=${quoteWord(`${name}=${value}`)}`),
      ...(user === undefined ? [] : [`User=${plainText(user)}`]),
      `TimeoutStartSec=${Math.ceil(secondsOf(schedule.timeLimit))}s`,
      `TimeoutStopSec=${STOP_SECONDS}s`,
      // PowerShell takes an interrupt as Ctrl+C: the run ends in order, and takes its own processes with it.
      'KillMode=mixed',
      'KillSignal=SIGINT',
      'Nice=10',
      'IOSchedulingClass=best-effort',
      'IOSchedulingPriority=7',
    ],
    ['X-MirrorBackup', `Job=${job.name}`, `File=${job.file}`],
  ]);
}

function timer(job: ScheduledJob): string {
  const { schedule } = job.settings;
  return unit([
    ['Unit', description(job)],
    [
      'Timer',
      ...onCalendar(schedule).map((event) => `OnCalendar=${event}`),
      `Persistent=${schedule.missed === 'Run'}`,
      ...(schedule.randomDelay === undefined
        ? []
        : [`RandomizedDelaySec=${Math.ceil(secondsOf(schedule.randomDelay))}s`]),
    ],
    ['Install', 'WantedBy=timers.target'],
    ['X-MirrorBackup', `Job=${job.name}`, `File=${job.file}`],
  ]);
}

function description(job: ScheduledJob): string {
  const text = (job.settings.description ?? 'backup job').replace(/\p{Cc}+/gu, ' ').replace(/[\s\\]+$/, '');
  return `Description=MirrorBackup ${job.name}: ${plainText(text)}`;
}

function unit(sections: readonly (readonly string[])[]): string {
  return sections.map(([name, ...lines]) => `[${name}]\n${lines.join('\n')}\n`).join('\n');
}

// A line of a unit ends at a line break, and does not at a backslash; U+241B stands for bytes that are no text.
function refuse(job: ScheduledJob, { launch, user }: UnitFacts): void {
  const values = [launch.shell.path, launch.script, job.file, ...Object.values(launch.environment), user ?? ''];
  const value = values.find((one) => /\p{Cc}|\u241b|\\$|^\s|\s$/u.test(one));
  if (value === undefined) return;
  throw new EngineError('ScheduleNotPossible', {
    message: `The job '${job.name}' cannot be scheduled: '${value}' has characters that no unit of systemd can hold.`,
    path: job.file,
    hint: 'Give the file or folder a name without line breaks, bytes that are no text, and a backslash or blank at its end.',
  });
}
