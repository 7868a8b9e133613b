import type { JobSettings } from '../types/job.ts';

/** A job as it was read: validated, with defaults filled in and variables replaced. */
export interface Job {
  readonly name: string;
  /** The file it is in: an absolute path. */
  readonly file: string;
  /** Where its name stands in the file, from 1. */
  readonly line: number;
  readonly settings: JobSettings;
}
