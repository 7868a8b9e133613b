import { hostname } from 'node:os';
import type { Native } from '../../../native/index.ts';
import { EngineError } from '../../errors/engine-error.ts';
import { findSet } from '../../generation/backup-set.ts';
import { createGeneration } from '../../generation/create-generation.ts';
import { pruneGenerations } from '../../generation/prune-generations.ts';
import { notify } from '../../notify/notify.ts';
import { redactor } from '../../notify/redact.ts';
import { secretValuesOf } from '../../notify/secrets.ts';
import type { Generation, HookShell, JobProblem, JobResult, NotificationResult } from '../../types/protocol.ts';
import { engineVersion } from '../../types/version.ts';
import { testGenerations } from '../../verify/test-generations.ts';
import { readJobState, updateJobState } from '../job-state.ts';
import type { Job } from '../job.ts';
import { backupOptions, type Allowances } from './backup-options.ts';
import { GRACE_MS, graceSignal } from './grace-signal.ts';
import { lockJob, type JobLock, type RunNote } from './job-lock.ts';
import { JobLog } from './job-log.ts';
import { exitCodes, stateOf } from './outcome.ts';
import { defaultLogFolder, lockFile } from './places.ts';
import { problemOf } from './problem.ts';
import { retentionOf } from './retention-of.ts';
import { RunHooks } from './run-hooks.ts';
import { RunWatch, type JobListener } from './run-watch.ts';
import { writeReports } from './write-reports.ts';

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

/**
 * Runs a job: hooks, backup, verification, retention, reports, hooks, notifications. What fails is in the result, and what
 * has to follow a failure follows it.
 */
export async function runJob(
  native: Native,
  job: Job,
  options: RunJobOptions,
  listener: JobListener,
  signal: AbortSignal,
): Promise<JobResult> {
  return new JobRun(native, job, options, listener, signal).run();
}

class JobRun {
  readonly #native: Native;
  readonly #job: Job;
  readonly #options: RunJobOptions;
  readonly #signal: AbortSignal;
  readonly #startedAt = new Date();
  readonly #hide: (text: string) => string;
  readonly #log: JobLog;
  readonly #watch: RunWatch;
  readonly #hooks: RunHooks;
  readonly #problems: JobProblem[] = [];
  #isCancelled = false;
  #generation: Generation | undefined;
  #damage = 0;
  #removed: string[] = [];
  #freedBytes = 0;
  readonly #reports: string[] = [];
  #notifications: NotificationResult[] = [];
  #endedAt: Date | undefined;

  constructor(native: Native, job: Job, options: RunJobOptions, listener: JobListener, signal: AbortSignal) {
    this.#native = native;
    this.#job = job;
    this.#options = options;
    this.#signal = signal;
    this.#hide = redactor(secretValuesOf(job, options.secrets));
    this.#log = openLog(native, job, this.#startedAt, this.#hide);
    this.#watch = new RunWatch(this.#log, listener);
    this.#hooks = new RunHooks(job, options.shell, this.#log, this.#watch, this.#hide);
  }

  async run(): Promise<JobResult> {
    const { name, file, settings } = this.#job;
    this.#log.write('Info', 'run.start', `The job '${name}' begins.`, {
      job: name,
      file,
      destination: settings.destination,
      sources: settings.sources,
      pid: process.pid,
      engine: engineVersion,
    });
    if (this.#log.problem !== undefined) this.#warnAbout('JobLogNotWritable', 'The log of the job', this.#log.problem);
    // After a cancellation, too, for a while: hooks may have to undo what those before the backup have done.
    const grace = graceSignal(this.#signal, GRACE_MS);
    try {
      return await this.#locked(async () => {
        await this.#perform(grace.signal);
        const result = await this.#finish(grace.signal);
        this.#remember(result);
        return result;
      }, grace.signal);
    } finally {
      grace.release();
      this.#log.close();
    }
  }

  /** Where another run has the lock nothing is done, hooks included: what they would undo belongs to the other one. */
  async #locked(work: () => Promise<JobResult>, end: AbortSignal): Promise<JobResult> {
    let lock: JobLock | undefined;
    let busy: EngineError | undefined;
    try {
      const note = { pid: process.pid, startedAt: this.#startedAt.toISOString(), logFile: this.#log.path };
      lock = lockJob(this.#native, this.#job, lockFile(this.#native, this.#job), note);
    } catch (error) {
      if (error instanceof EngineError && error.id === 'JobBusy') busy = error;
      // The lock of the set still keeps runs apart that would disturb each other.
      else this.#warnAbout('JobNotLocked', 'The lock of the job', error);
    }
    if (busy) {
      this.#addProblem(busy);
      return this.#finish(end);
    }
    try {
      if (lock?.unfinished) this.#tellUnfinished(lock.unfinished);
      return await work();
    } finally {
      lock?.release();
    }
  }

  async #perform(end: AbortSignal): Promise<void> {
    if ((await this.#step(() => this.#hooks.before(this.#signal))) && (await this.#step(() => this.#backUp()))) {
      // What is damaged may have its only good copy in a generation that would go.
      const isGood = (await this.#step(() => this.#verify())) && this.#problems.length === 0;
      await this.#step(() => this.#applyRetention(isGood));
    }
    // Of the set as it is now, also where there is no new generation in it.
    if (findSet(this.#job.settings.destination)) await this.#step(() => this.#report(end));
    for (const problem of this.#options.secretProblems) this.#addProblem(problem);
    await this.#step(() =>
      this.#hooks.end(
        () => this.#summarize(),
        (problem) => this.#addProblem(problem),
        end,
      ),
    );
  }

  /** @returns whether it was done */
  async #step(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (this.#signal.aborted) this.#cancel();
      if (error !== this.#signal.reason) this.#addProblem(error);
      return false;
    }
  }

  /** It decides the state, whatever went wrong before. */
  #cancel(): void {
    if (this.#isCancelled) return;
    this.#isCancelled = true;
    const problem = problemOf(this.#signal.reason);
    this.#log.write('Error', 'run.cancelled', problem.message);
    this.#problems.unshift(problem);
  }

  async #backUp(): Promise<void> {
    this.#log.write('Info', 'backup.start', `The backup to '${this.#job.settings.destination}' begins.`);
    const remembered = readJobState(this.#native, this.#job).setId;
    const options = { ...backupOptions(this.#job, this.#startedAt, remembered, this.#options), whatIf: false };
    const generation = (await createGeneration(this.#native, options, this.#watch, this.#signal)) as Generation;
    this.#generation = generation;
    const { name, state, skipped } = generation;
    const what = skipped ? 'Nothing has changed since' : 'Made';
    this.#log.write('Info', 'backup.end', `${what} the generation ${name} (${state}).`, generation);
    const { count, first } = this.#watch.takeFailures();
    if (state === 'Complete') return;
    const of = first ? `${count} items failed, the first: ${first.message}` : 'some items are missing or stale.';
    this.#addProblem(
      new EngineError('BackupPartial', { message: `The backup is not complete: ${of}`, path: first?.path }),
    );
  }

  async #verify(): Promise<void> {
    const { verify, destination } = this.#job.settings;
    if (!verify || !this.#generation) return;
    const { name } = this.#generation;
    const samplePercent = verify.content ? verify.samplePercent : undefined;
    const request = { setPath: destination, names: [name], samplePercent, workers: undefined };
    const tested = await testGenerations(this.#native, request, this.#watch, this.#signal);
    this.#damage = tested.damaged;
    this.#log.write('Info', 'verify.end', `${tested.items} items tested, ${tested.damaged} are damaged.`, tested);
    const { first } = this.#watch.takeFailures();
    if (first) this.#addProblem(first);
    if (tested.damaged > 0)
      this.#addProblem(
        new EngineError('DamageFound', {
          message: `${tested.damaged} items of the generation ${name} are damaged.`,
          path: this.#generation.path,
        }),
      );
  }

  async #applyRetention(isGood: boolean): Promise<void> {
    const retention = retentionOf(this.#job);
    if (!retention) return;
    if (!isGood || this.#generation?.state !== 'Complete') {
      this.#log.write('Info', 'retention.skipped', 'No generation is removed after a backup that is not good.');
      return;
    }
    const request = { ...retention, force: false, whatIf: false };
    try {
      const { results } = await pruneGenerations(this.#native, request, this.#removals(), this.#signal);
      this.#log.write('Info', 'retention.end', `${this.#removed.length} of ${results.length} generations removed.`);
    } finally {
      const { count, first } = this.#watch.takeFailures();
      if (first) this.#addProblem(first);
      if (count > 1) this.#log.write('Info', 'retention.failed', `${count} items could not be removed.`);
    }
  }

  /** What went is told as it goes: a removal that is stopped half-way has removed the rest. */
  #removals(): RunWatch {
    return this.#watch.withRemovals(({ action, name, freedBytes }) => {
      if (action !== 'Remove') return;
      this.#removed.push(name);
      this.#freedBytes += freedBytes;
    });
  }

  async #report(end: AbortSignal): Promise<void> {
    for (const { file, error } of await writeReports(this.#job, this.#watch, end)) {
      if (error !== undefined) {
        this.#addProblem(error);
        continue;
      }
      this.#reports.push(file);
      this.#log.write('Info', 'report', `The report '${file}' is written.`, { file });
    }
  }

  #summarize(): JobResult {
    const state = stateOf({ generation: this.#generation, problems: this.#problems, isCancelled: this.#isCancelled });
    return {
      job: this.#job.name,
      file: this.#job.file,
      computer: hostname(),
      destination: this.#job.settings.destination,
      state,
      exitCode: exitCodes[state],
      startedAt: this.#startedAt.toISOString(),
      endedAt: (this.#endedAt ?? new Date()).toISOString(),
      ...(this.#generation && { generation: this.#generation }),
      removed: [...this.#removed],
      freedBytes: this.#freedBytes,
      damage: this.#damage,
      hooks: [...this.#hooks.results],
      reports: [...this.#reports],
      notifications: [...this.#notifications],
      problems: [...this.#problems],
      ...(this.#log.path !== undefined && { logFile: this.#log.path }),
    };
  }

  async #finish(end: AbortSignal): Promise<JobResult> {
    this.#endedAt = new Date();
    await this.#notify(end);
    const result = this.#summarize();
    const level = result.state === 'Complete' ? 'Info' : result.state === 'Partial' ? 'Warning' : 'Error';
    this.#log.write(level, 'run.end', `The job '${result.job}' has ended: ${result.state}.`, result);
    return result;
  }

  #remember(lastResult: JobResult): void {
    try {
      const setId = this.#generation && findSet(this.#job.settings.destination)?.settings.id;
      updateJobState(this.#native, this.#job, { lastResult, ...(setId !== undefined && { setId }) });
    } catch (error) {
      this.#warnAbout('JobStateNotWritable', 'The result of the job', error);
    }
  }

  /** Whoever is told hears how it stands then: that another one could not be told is known only later. */
  async #notify(end: AbortSignal): Promise<void> {
    if (this.#job.settings.notify) this.#watch.progress({ phase: 'Notifying', items: 0, bytes: 0 });
    const { secrets } = this.#options;
    const html = this.#job.settings.report.find(({ format }) => format === 'Html')?.file;
    const reportHtmlFile = html !== undefined && this.#reports.includes(html) ? html : undefined;
    this.#notifications = await notify(this.#native, this.#job, this.#summarize(), { secrets, reportHtmlFile }, end);
    for (const one of this.#notifications) {
      const { channel, target, sent, message } = one;
      this.#log.write(sent ? 'Info' : 'Error', 'notification', `${channel} to ${target}: ${message ?? 'sent.'}`, one);
      if (!sent)
        this.#addProblem(
          new EngineError('NotificationFailed', { message: `${channel} to ${target} was not sent: ${message}` }),
        );
    }
  }

  #addProblem(thrown: unknown): void {
    const { message, hint, ...problem } = isProblem(thrown) ? thrown : problemOf(thrown);
    const clean = { ...problem, message: this.#hide(message), ...(hint !== undefined && { hint: this.#hide(hint) }) };
    this.#problems.push(clean);
    this.#log.write('Error', 'problem', clean.message, clean);
  }

  #warnAbout(id: 'JobLogNotWritable' | 'JobNotLocked' | 'JobStateNotWritable', what: string, error: unknown): void {
    const { message, path } = problemOf(error);
    this.#watch.warning({ id, message: `${what} cannot be written: ${message}`, ...(path !== undefined && { path }) });
  }

  #tellUnfinished({ pid, startedAt, logFile }: RunNote): void {
    this.#watch.warning({
      id: 'RunUnfinished',
      message: `The run of ${startedAt} (process ${pid}) did not come to its end: it was killed, or the machine went down.`,
      ...(logFile !== undefined && { path: logFile }),
    });
  }
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

function isProblem(thrown: unknown): thrown is JobProblem {
  return !(thrown instanceof Error) && typeof thrown === 'object' && thrown !== null && 'id' in thrown;
}
