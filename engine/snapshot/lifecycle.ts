import { EngineError } from '../errors/engine-error.ts';
import type { SnapshotUse, WarningEntry } from '../types/protocol.ts';
import { liveInstead, type SnapshotChoice } from './choose-provider.ts';
import { none } from './none.ts';
import type { Snapshot, SnapshotRequest } from './provider.ts';

/** How often a run looks whether its snapshot is still there. */
const CHECK_MS = 1000;

/** What a run tells while its sources are frozen. */
export interface FreezeListener {
  progress(phase: string): void;
  warn(warning: WarningEntry): void;
  note(message: string): void;
}

/**
 * The frozen sources of one run, from their making to their release. Whatever becomes of the run, {@link close} is called
 * at its end.
 */
export class FrozenSources {
  readonly use: SnapshotUse;
  readonly #snapshot: Snapshot;
  readonly #listener: FreezeListener;
  #isComplete = false;
  #isReleased = false;

  private constructor(snapshot: Snapshot, reason: string, listener: FreezeListener) {
    this.#snapshot = snapshot;
    this.#listener = listener;
    const isFrozen = snapshot.kind !== 'None';
    this.use = { kind: snapshot.kind, reason, ...(isFrozen && { createdAt: snapshot.createdAt.toISOString() }) };
  }

  /**
   * Makes the snapshot that was chosen. Only where nobody insists on one the live files take its place, with a warning.
   * @throws EngineError as the provider throws it
   */
  static async acquire(
    choice: SnapshotChoice,
    request: SnapshotRequest,
    listener: FreezeListener,
    signal: AbortSignal,
  ): Promise<FrozenSources> {
    const phase = (name: string): void => listener.progress(name);
    let snapshot: Snapshot;
    let { reason, warning } = choice;
    try {
      snapshot = await choice.provider.create(request, phase, signal);
    } catch (error) {
      if (choice.isRequired || signal.aborted || !(error instanceof EngineError)) throw error;
      snapshot = await none.create(request, phase, signal);
      ({ reason, warning } = liveInstead(clauseOf(error)));
    }
    for (const each of [...(warning ? [warning] : []), ...snapshot.warnings]) listener.warn(each);
    for (const { source, pattern, reason: why } of snapshot.exclusions)
      listener.note(`Left out of '${source}': ${pattern} (${why})`);
    return new FrozenSources(snapshot, reason, listener);
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  get isLive(): boolean {
    return this.#snapshot.kind === 'None';
  }

  /**
   * Runs `work`, which is aborted as soon as the snapshot is gone.
   * @throws EngineError SnapshotLost, whatever `work` made of what it could not read any more
   */
  async during<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.isLive) return work(signal);
    const lost = new AbortController();
    let isChecking = false;
    const timer = setInterval(() => {
      if (isChecking || lost.signal.aborted) return;
      isChecking = true;
      this.#snapshot
        .check()
        .catch((error: unknown) => lost.abort(error))
        .finally(() => (isChecking = false));
    }, CHECK_MS);
    try {
      return await work(AbortSignal.any([signal, lost.signal]));
    } finally {
      clearInterval(timer);
      // Also when `work` failed: of a snapshot that is gone anything may be said to be missing.
      if (!signal.aborted) await this.#snapshot.check();
    }
  }

  /** The sources were read: writers are told, and the snapshot is given back while the rest of the run goes on. */
  async finish(): Promise<void> {
    await this.#complete(true);
    await this.#release();
  }

  /** Gives everything back, whatever became of the run. */
  async close(): Promise<void> {
    if (this.#isReleased) return;
    try {
      await this.#complete(false);
    } finally {
      await this.#release();
    }
  }

  async #complete(succeeded: boolean): Promise<void> {
    if (this.#isComplete) return;
    this.#isComplete = true;
    for (const warning of await this.#snapshot.complete(succeeded)) this.#listener.warn(warning);
  }

  async #release(): Promise<void> {
    this.#isReleased = true;
    await this.#snapshot.release();
  }
}

/** A message as the end of a sentence. */
function clauseOf({ message }: EngineError): string {
  const text = message.replace(/\.$/, '');
  return /^(No|The|A|It) /.test(text) ? text[0].toLowerCase() + text.slice(1) : text;
}
