import type { ErrorId } from '../errors/catalogue.ts';
import type { Pointer } from '../text/json-pointer.ts';

/** What is wrong with a job file, or with one job of it. */
export interface JobFileProblem {
  readonly id: Extract<ErrorId, 'JobInvalid' | 'JobFileNotFound' | 'JobFileNotReadable' | 'JobNotFound'>;
  /** For people: begins with the file, and the line and column where they are known. */
  readonly message: string;
  /** The file, or the path that was given. */
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
  /** The job that cannot run because of it; without one it is no job of the file. */
  readonly job?: string;
  /** The key it is about: `jobs.docs.retention.keepDaily`. */
  readonly key?: string;
  readonly hint?: string;
}

/** What is wrong at a place inside a file, before that is turned into a line and a column. */
export interface PlacedProblem {
  readonly pointer: Pointer;
  /** What is pointed at. */
  readonly at: 'key' | 'value';
  readonly message: string;
  readonly hint?: string | undefined;
}
