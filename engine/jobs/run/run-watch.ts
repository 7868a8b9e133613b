import type { EngineError } from '../../errors/engine-error.ts';
import type { RemovalListener } from '../../generation/open-removal.ts';
import type { Damage, RemovalResult, WarningEntry } from '../../types/protocol.ts';
import type { TestListener } from '../../verify/test-generations.ts';
import type { JobLog } from './job-log.ts';

export type JobListener = RemovalListener & TestListener;

/**
 * Stands between the steps of a job and whoever listens: all they tell goes to the log as well. Single items that fail go
 * only there, and are counted: their number has no bound, and the run goes on.
 */
export class RunWatch implements JobListener {
  readonly #log: JobLog;
  readonly #listener: JobListener;
  #onRemoval: (result: RemovalResult) => void = () => undefined;
  #failures: EngineError[] = [];
  #failed = 0;

  constructor(log: JobLog, listener: JobListener) {
    this.#log = log;
    this.#listener = listener;
  }

  /** Itself, from now on telling what becomes of each generation. */
  withRemovals(onRemoval: (result: RemovalResult) => void): this {
    this.#onRemoval = onRemoval;
    return this;
  }

  /** What failed since it was last asked: how much, and the first of it. */
  takeFailures(): { count: number; first: EngineError | undefined } {
    const taken = { count: this.#failed, first: this.#failures[0] as EngineError | undefined };
    this.#failures = [];
    this.#failed = 0;
    return taken;
  }

  progress(update: Parameters<JobListener['progress']>[0]): void {
    this.#listener.progress(update);
  }

  items(): void {
    // Nobody has asked for them.
  }

  itemError(error: EngineError): void {
    this.#failed++;
    if (this.#failures.length === 0) this.#failures.push(error);
    this.#log.write('Error', 'item.failed', error.message, error.toErrorData());
  }

  warning(warning: WarningEntry & { readonly hint?: string | undefined }): void {
    this.#log.write('Warning', 'warning', warning.message, warning);
    this.#listener.warning({ ...warning, ...(warning.hint !== undefined && { hint: warning.hint }) } as WarningEntry);
  }

  log(level: 'debug' | 'info' | 'warn', message: string): void {
    this.#log.write(({ debug: 'Debug', info: 'Info', warn: 'Warning' } as const)[level], 'note', message);
    this.#listener.log(level, message);
  }

  removal(result: RemovalResult): void {
    this.#onRemoval(result);
    const isRemoved = result.action === 'Remove';
    const what = isRemoved ? 'is removed' : 'is kept';
    const reasons = result.reasons.join(', ');
    this.#log.write(
      isRemoved ? 'Info' : 'Debug',
      'retention.generation',
      `${result.name} ${what}: ${reasons}.`,
      result,
    );
  }

  damage(items: readonly Damage[]): void {
    for (const item of items) this.#log.write('Error', 'verify.damage', `${item.kind}: ${item.path}`, item);
  }

  needDrain(): boolean {
    return this.#listener.needDrain();
  }

  drained(): Promise<void> {
    return this.#listener.drained();
  }
}
