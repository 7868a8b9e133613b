import type { Phase } from './protocol.ts';

/**
 * How far a request is, as the doing code knows it. Rates, the percentage and the time that remains are worked out
 * where it is sent.
 */
export interface ProgressUpdate {
  readonly phase: Phase;
  /** Items done in this phase. */
  readonly items: number;
  readonly totalItems?: number | undefined;
  /** Bytes done in this phase. */
  readonly bytes: number;
  readonly totalBytes?: number | undefined;
  /** The item at work, relative to the generation. */
  readonly path?: string | undefined;
}
