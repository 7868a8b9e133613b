import type { Native } from '../../../native/index.ts';
import { redactor } from '../../notify/redact.ts';
import { secretValuesOf } from '../../notify/secrets.ts';
import type { HookShell, JobProblem } from '../../types/protocol.ts';
import type { Job } from '../job.ts';
import type { Allowances } from './backup-options.ts';
import { JobLog } from './job-log.ts';
import { defaultLogFolder } from './places.ts';
import { problemOf } from './problem.ts';
import { RunHooks } from './run-hooks.ts';
import { RunRecord } from './run-record.ts';
import { RunWatch, type JobListener } from './run-watch.ts';

/** What the schema says for jobs that have no `log`. */
const KEEP_FILES = 90;

/** What a run needs of whoever starts it. */
export interface RunJobOptions extends Allowances {
  shell: HookShell | undefined;
  /** Values of stored secrets, by `<vault>/<name>` or `<name>`. */
  secrets: Readonly<Record<string, string>>;
  /** Stored secrets that could not be had. */
  secretProblems: readonly JobProblem[];
}

/** What the steps of a run share. */
export interface RunContext {
  readonly native: Native;
  readonly job: Job;
  readonly options: RunJobOptions;
  readonly startedAt: Date;
  readonly log: JobLog;
  readonly watch: RunWatch;
  readonly hooks: RunHooks;
  readonly record: RunRecord;
  /** Whoever started the run wants it to stop. */
  readonly signal: AbortSignal;
}

/** Opens the log of a run, and all that writes to it. */
export function openRun(
  native: Native,
  job: Job,
  options: RunJobOptions,
  listener: JobListener,
  signal: AbortSignal,
): RunContext {
  const startedAt = new Date();
  const hide = redactor(secretValuesOf(job, options.secrets));
  const log = openLog(native, job, startedAt, hide);
  const watch = new RunWatch(log, listener);
  const hooks = new RunHooks(job, options.shell, log, watch, hide);
  const record = new RunRecord(job, startedAt, log, hooks.results, hide);
  return { native, job, options, startedAt, log, watch, hooks, record, signal };
}

/** Something that helps later cannot be written: the run goes on without it. */
export function warnNotWritten(
  { watch }: RunContext,
  id: 'JobLogNotWritable' | 'JobNotLocked' | 'JobStateNotWritable',
  what: string,
  error: unknown,
): void {
  const { message, path } = problemOf(error);
  watch.warning({ id, message: `${what} cannot be written: ${message}`, ...(path !== undefined && { path }) });
}

function openLog(native: Native, job: Job, startedAt: Date, hide: (text: string) => string): JobLog {
  const { folder, keepFiles = KEEP_FILES, level = 'Info' } = job.settings.log ?? {};
  return new JobLog(
    job.name,
    startedAt,
    { folder: folder ?? (() => defaultLogFolder(native, job)), keepFiles, level },
    hide,
  );
}
