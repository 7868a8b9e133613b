import { hostname } from 'node:os';
import type { Generation, HookResult, JobProblem, JobResult, NotificationResult } from '../../types/protocol.ts';
import type { Job } from '../job.ts';
import type { JobLog } from './job-log.ts';
import { exitCodes, stateOf } from './outcome.ts';
import { problemOf } from './problem.ts';

/** What a run has come to so far: its steps write it down here, and the result is read off it at any time. */
export class RunRecord {
  generation: Generation | undefined;
  damage = 0;
  readonly removed: string[] = [];
  freedBytes = 0;
  readonly reports: string[] = [];
  notifications: readonly NotificationResult[] = [];
  endedAt: Date | undefined;
  readonly #job: Job;
  readonly #startedAt: Date;
  readonly #log: JobLog;
  readonly #hooks: readonly HookResult[];
  readonly #hide: (text: string) => string;
  readonly #problems: JobProblem[] = [];
  #isCancelled = false;

  /** @param hooks what became of those that have run, which grows */
  constructor(job: Job, startedAt: Date, log: JobLog, hooks: readonly HookResult[], hide: (text: string) => string) {
    this.#job = job;
    this.#startedAt = startedAt;
    this.#log = log;
    this.#hooks = hooks;
    this.#hide = hide;
  }

  get hasProblems(): boolean {
    return this.#problems.length > 0;
  }

  addProblem(thrown: unknown): void {
    const { message, hint, ...problem } = isProblem(thrown) ? thrown : problemOf(thrown);
    const clean = { ...problem, message: this.#hide(message), ...(hint !== undefined && { hint: this.#hide(hint) }) };
    this.#problems.push(clean);
    this.#log.write('Error', 'problem', clean.message, clean);
  }

  /** It decides the state, whatever went wrong before. */
  cancel(reason: unknown): void {
    if (this.#isCancelled) return;
    this.#isCancelled = true;
    const problem = problemOf(reason);
    this.#log.write('Error', 'run.cancelled', problem.message);
    this.#problems.unshift(problem);
  }

  summarize(): JobResult {
    const { generation } = this;
    const state = stateOf({ generation, problems: this.#problems, isCancelled: this.#isCancelled });
    return {
      job: this.#job.name,
      file: this.#job.file,
      computer: hostname(),
      destination: this.#job.settings.destination,
      state,
      exitCode: exitCodes[state],
      startedAt: this.#startedAt.toISOString(),
      endedAt: (this.endedAt ?? new Date()).toISOString(),
      ...(generation && { generation }),
      removed: [...this.removed],
      freedBytes: this.freedBytes,
      damage: this.damage,
      hooks: [...this.#hooks],
      reports: [...this.reports],
      notifications: [...this.notifications],
      problems: [...this.#problems],
      ...(this.#log.path !== undefined && { logFile: this.#log.path }),
    };
  }
}

function isProblem(thrown: unknown): thrown is JobProblem {
  return !(thrown instanceof Error) && typeof thrown === 'object' && thrown !== null && 'id' in thrown;
}
