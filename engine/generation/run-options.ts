import type { SelectionRules } from '../scan/selection.ts';
import type { Source } from '../types/protocol.ts';

/** Everything a user can ask of a run. */
export interface RunOptions {
  setPath: string;
  sources: readonly Source[];
  selection: SelectionRules;
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
