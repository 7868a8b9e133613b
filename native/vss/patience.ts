/** Why waiting ended before the call did. */
export type Interruption = 'cancelled' | 'timedOut';

/** A wait was given up; nothing is known of the call's outcome. */
export class Interrupted extends Error {
  readonly why: Interruption;
  /** Interface and method that was waited for. */
  readonly call: string;

  constructor(call: string, why: Interruption) {
    super(why === 'cancelled' ? `${call} was cancelled` : `${call} took too long`);
    this.name = 'Interrupted';
    this.why = why;
    this.call = call;
  }
}

/** How long calls may be waited for, and who may end that. */
export class Patience {
  readonly #signal: AbortSignal | undefined;
  readonly #deadline: number;
  /** After an interruption calls still get so long to end, so that what they made can be given back. */
  readonly graceMs: number;

  constructor(milliseconds: number, signal?: AbortSignal, graceMs = 5000) {
    this.#deadline = performance.now() + milliseconds;
    this.#signal = signal;
    this.graceMs = graceMs;
  }

  get interruption(): Interruption | undefined {
    if (this.#signal?.aborted) return 'cancelled';
    return this.remainingMs <= 0 ? 'timedOut' : undefined;
  }

  get remainingMs(): number {
    return Math.max(0, this.#deadline - performance.now());
  }

  /** @throws Interrupted */
  check(call: string): void {
    const why = this.interruption;
    if (why !== undefined) throw new Interrupted(call, why);
  }

  /**
   * Waits for a call that cannot be ended from outside.
   * @throws Interrupted when it has not ended within the grace after an interruption
   */
  async bound<T>(call: string, running: Promise<T>): Promise<T> {
    const over = new AbortController();
    try {
      return await Promise.race([running, this.#outlast(call, over.signal)]);
    } finally {
      over.abort();
    }
  }

  /** Sleeps. @returns false when that would last longer than there is patience, or is interrupted */
  async sleep(milliseconds: number): Promise<boolean> {
    if (milliseconds >= this.remainingMs) return false;
    await pause(milliseconds, this.#signal);
    return this.interruption === undefined;
  }

  async #outlast(call: string, over: AbortSignal): Promise<never> {
    await pause(this.remainingMs, this.#signal && AbortSignal.any([this.#signal, over]), over);
    const why = this.interruption ?? 'timedOut';
    await pause(this.graceMs, over);
    throw new Interrupted(call, why);
  }
}

const LONGEST_TIMER = 2 ** 31 - 1;

/** Ends early when one of the signals fires. */
function pause(milliseconds: number, ...signals: readonly (AbortSignal | undefined)[]): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      for (const signal of signals) signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, Math.min(milliseconds, LONGEST_TIMER));
    for (const signal of signals) signal?.addEventListener('abort', end);
    if (signals.some((signal) => signal?.aborted)) end();
  });
}
