import type { ProgressUpdate } from '../types/progress-update.ts';
import { Rate } from './rate.ts';

/** What is worked out from a series of updates. */
export interface Estimate {
  readonly itemsPerSecond?: number;
  readonly bytesPerSecond?: number;
  readonly secondsRemaining?: number;
  readonly percent?: number;
}

/** How many bytes take as long as one item: opening, linking, metadata. Only a weight, so its order is enough. */
const bytesPerItem = 64 * 1024;
const smoothingSeconds = 5;
/** Before that an estimate would jump about. */
const settlingSeconds = 1;

/** Rates, percentage and remaining time of one phase. */
export class ProgressEstimate {
  readonly #start: number;
  readonly #itemRate = new Rate(smoothingSeconds);
  readonly #byteRate = new Rate(smoothingSeconds);
  readonly #fractionRate = new Rate(smoothingSeconds * 2);
  #last: { time: number; items: number; bytes: number; fraction: number };

  constructor(now: number) {
    this.#start = now;
    this.#last = { time: now, items: 0, bytes: 0, fraction: 0 };
  }

  /** Takes in an update; `now` is in milliseconds of a clock that never jumps. */
  add(update: ProgressUpdate, now: number): Estimate {
    const fraction = fractionOf(update);
    const seconds = (now - this.#last.time) / 1000;
    if (seconds > 0) {
      this.#itemRate.add(Math.max(0, update.items - this.#last.items), seconds);
      this.#byteRate.add(Math.max(0, update.bytes - this.#last.bytes), seconds);
      // A total that grows takes the fraction back: that is no negative speed.
      if (fraction !== undefined) this.#fractionRate.add(Math.max(0, fraction - this.#last.fraction), seconds);
      this.#last = { time: now, items: update.items, bytes: update.bytes, fraction: fraction ?? 0 };
    }
    return {
      ...rounded('itemsPerSecond', this.#itemRate.perSecond),
      ...rounded('bytesPerSecond', this.#byteRate.perSecond),
      ...rounded('secondsRemaining', this.#remaining(fraction, now)),
      ...rounded('percent', fraction === undefined ? undefined : fraction * 100),
    };
  }

  #remaining(fraction: number | undefined, now: number): number | undefined {
    if (fraction === undefined) return undefined;
    if (fraction >= 1) return 0;
    const speed = this.#fractionRate.perSecond;
    if (speed === undefined || speed <= 0 || now - this.#start < settlingSeconds * 1000) return undefined;
    return (1 - fraction) / speed;
  }
}

/** How much is done, 0 to 1; undefined where no total is known. */
function fractionOf({ items, totalItems, bytes, totalBytes }: ProgressUpdate): number | undefined {
  if (totalItems === undefined && totalBytes === undefined) return undefined;
  const total = (totalItems ?? 0) * bytesPerItem + (totalBytes ?? 0);
  if (total <= 0) return undefined;
  const done = (totalItems === undefined ? 0 : items * bytesPerItem) + (totalBytes === undefined ? 0 : bytes);
  return Math.min(1, Math.max(0, done / total));
}

function rounded(key: keyof Estimate, value: number | undefined): Estimate {
  return value === undefined || !Number.isFinite(value) ? {} : { [key]: Math.round(value * 10) / 10 };
}
