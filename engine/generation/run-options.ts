import type { SelectionRules } from '../scan/selection.ts';
import type { SnapshotMode, Source } from '../types/protocol.ts';

/** Everything a user can ask of a run. */
export interface RunOptions {
  setPath: string;
  sources: readonly Source[];
  selection: SelectionRules;
  snapshot: SnapshotMode;
  /** Fail instead of reading the live files. */
  requireSnapshot: boolean;
  compareContent: boolean;
  hash: boolean;
  maxLinks: number | undefined;
  crossMount: boolean;
  skipUnchanged: boolean;
  allowEmptySource: boolean;
  allowSourceChange: boolean;
  workers: number | undefined;
  whatIf: boolean;
  outputItem: boolean;
}
