import { performance } from 'node:perf_hooks';
import type { Generation } from '../types/protocol.ts';

/** Times the phases of a run, in seconds. */
export class PhaseClock {
  readonly phases: Generation['phases'] = { prepare: 0, mirror: 0, manifest: 0, flush: 0, commit: 0 };
  /** From the start to the end of the last phase. */
  elapsed = 0;
  #mark = performance.now();

  end(phase: keyof Generation['phases']): void {
    const now = performance.now();
    const seconds = (now - this.#mark) / 1000;
    // A phase is ended again when a run begins anew with another base.
    this.phases[phase] = toMicroseconds(this.phases[phase] + seconds);
    this.elapsed = toMicroseconds(this.elapsed + seconds);
    this.#mark = now;
  }
}

function toMicroseconds(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}
