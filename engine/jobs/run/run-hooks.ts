import { paths } from '../../../native/paths.ts';
import { EngineError } from '../../errors/engine-error.ts';
import type { Hook } from '../../types/job.ts';
import type { HookResult, HookShell, JobResult } from '../../types/protocol.ts';
import type { Job } from '../job.ts';
import { hookEnvironment, type HookStage } from './hook-environment.ts';
import type { JobLog } from './job-log.ts';
import { ResultFile } from './result-file.ts';
import { commandOf, runHook } from './run-hook.ts';
import type { RunWatch } from './run-watch.ts';

/** The hooks of a job in a run. */
export class RunHooks {
  readonly results: HookResult[] = [];
  readonly #job: Job;
  readonly #shell: HookShell | undefined;
  readonly #log: JobLog;
  readonly #watch: RunWatch;
  readonly #hide: (text: string) => string;

  constructor(job: Job, shell: HookShell | undefined, log: JobLog, watch: RunWatch, hide: (text: string) => string) {
    this.#job = job;
    this.#shell = shell;
    this.#log = log;
    this.#watch = watch;
    this.#hide = hide;
  }

  /** Runs those before the backup. @throws EngineError HookFailed at the first that fails and may not */
  async before(signal: AbortSignal): Promise<void> {
    for (const hook of this.#job.settings.hooks?.before ?? []) {
      const problem = await this.#run(hook, 'Before', hookEnvironment(this.#job, 'Before'), signal);
      if (signal.aborted) throw signal.reason;
      if (problem) throw problem;
    }
  }

  /**
   * Runs those at the end: all of them, whatever becomes of one.
   * @param summarize the result as it is then; each hook finds in it what became of those before it
   * @param onProblem told about each that fails and may not
   */
  async end(summarize: () => JobResult, onProblem: (problem: EngineError) => void, signal: AbortSignal): Promise<void> {
    const { failure = [], after = [] } = this.#job.settings.hooks ?? {};
    const hooks = [
      ...(summarize().state === 'Complete' ? [] : failure.map((hook) => ({ hook, stage: 'Failure' as const }))),
      ...after.map((hook) => ({ hook, stage: 'After' as const })),
    ];
    if (hooks.length === 0) return;
    const file = new ResultFile();
    try {
      for (const { hook, stage } of hooks) {
        const summary = summarize();
        file.write(summary);
        const environment = hookEnvironment(this.#job, stage, { summary, file: file.path });
        const problem = await this.#run(hook, stage, environment, signal);
        if (problem) onProblem(problem);
      }
    } finally {
      file.remove();
    }
  }

  async #run(
    hook: Hook,
    stage: HookStage,
    environment: Record<string, string>,
    signal: AbortSignal,
  ): Promise<EngineError | undefined> {
    const command = this.#hide(commandOf(hook));
    this.#watch.progress({ phase: 'RunningHook', items: 0, bytes: 0, path: command });
    this.#log.write('Info', 'hook.start', `${stage}: ${command}`, { stage, command });
    const surroundings = {
      folder: paths.parent(this.#job.file),
      environment,
      shell: this.#shell,
      onLine: (line: string) => this.#log.write('Info', 'hook.output', line, { stage, command }),
    };
    const { message, ...ended } = await runHook(hook, surroundings, signal);
    const result: HookResult = {
      stage,
      command,
      ...ended,
      ...(message !== undefined && { message: this.#hide(message) }),
    };
    this.results.push(result);
    const level = result.message === undefined ? 'Info' : hook.onError === 'Stop' ? 'Error' : 'Warning';
    this.#log.write(level, 'hook.end', result.message ?? `${command} has ended.`, result);
    if (result.message === undefined) return undefined;
    const failure = new EngineError('HookFailed', {
      message: `The hook '${command}' (${stage}) failed. ${result.message}`,
      path: command,
    });
    if (hook.onError === 'Stop') return failure;
    this.#watch.warning({ id: failure.id, message: failure.message, path: command });
    return undefined;
  }
}
