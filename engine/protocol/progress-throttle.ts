import type { ProgressUpdate } from '../types/progress-update.ts';
import { ProgressEstimate, type Estimate } from './progress-estimate.ts';

/** What is needed of the outside, so that tests can bring a clock of their own. */
export interface ProgressThrottleOptions {
  readonly send: (progress: ProgressUpdate & Estimate) => void;
  /** Whether sending would only pile up in memory: then it waits, except for the last one of a phase. */
  readonly isReaderBehind: () => boolean;
  /** Milliseconds of a clock that never jumps. Default: `performance.now`. */
  readonly now?: () => number;
}

/** Four a second are as many as a person can follow; every one costs the client time it would rather give the engine. */
const interval = 250;

/**
 * Lets at most one update per interval through, and always the last one of a phase. An update that is held back is sent
 * when its time has come, even if no other follows: copying one large file must not look like a hang.
 */
export class ProgressThrottle {
  readonly #options: ProgressThrottleOptions;
  readonly #now: () => number;
  #estimate: ProgressEstimate | undefined;
  #held: ProgressUpdate | undefined;
  #phase: string | undefined;
  #sentAt = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ProgressThrottleOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  update(update: ProgressUpdate): void {
    const now = this.#now();
    if (update.phase !== this.#phase) {
      this.flush();
      this.#phase = update.phase;
      this.#estimate = new ProgressEstimate(now);
    }
    this.#held = update;
    if (now - this.#sentAt >= interval && !this.#options.isReaderBehind()) {
      this.#send(update, now);
    } else {
      this.#wake(now);
    }
  }

  /** Sends what is held back: at the end of a phase, and of the request. */
  flush(): void {
    if (this.#held !== undefined) this.#send(this.#held, this.#now());
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #send(update: ProgressUpdate, now: number): void {
    this.#held = undefined;
    this.#sentAt = now;
    this.#options.send({ ...update, ...this.#estimate?.add(update, now) });
  }

  #wake(now: number): void {
    if (this.#timer !== undefined) return;
    const wait = this.#sentAt + interval - now;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        if (this.#held !== undefined) this.update(this.#held);
      },
      // Not positive: it is the reader that we wait for.
      wait > 0 ? wait : interval,
    );
    this.#timer.unref();
  }
}
