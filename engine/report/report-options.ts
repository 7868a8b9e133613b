import type { ReportFormat, RetentionPolicy } from '../types/protocol.ts';

/** Which set, and how to look at it. */
export interface CollectOptions {
  setPath: string;
  /** Rules to tell what they would keep and remove. */
  policy?: RetentionPolicy | undefined;
  /** Default: that of the set. */
  timeZone?: string | undefined;
  /** Seconds after which the newest complete generation is too old. Without it, the usual pause tells. */
  maximumAge?: number | undefined;
  /** How many of the folders that grew most are wanted. Default: 10. */
  top?: number | undefined;
  /** Names at which a copy is not linked any more. Default: as for a backup. */
  maxLinks?: number | undefined;
}

/** What to write, and where. */
export interface ExportOptions extends CollectOptions {
  format: ReportFormat;
  /** The file to write; without it the text is returned. */
  outFile?: string | undefined;
  noClobber?: boolean | undefined;
}
