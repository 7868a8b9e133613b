import type { SelectionRules } from '../scan/selection.ts';
import type { SnapshotMode, Source } from '../types/protocol.ts';
import type { ResolvedSource } from './resolve-sources.ts';

/** Everything a user can ask of a run. */
export interface RunOptions {
  setPath: string;
  /** The set that must be there; without it any set may, or none. */
  setId?: string | undefined;
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
  /** Set where a backup that another program made is taken over. */
  imported?: ImportedTrees | undefined;
}

/** Trees to take over, in place of live sources. */
export interface ImportedTrees {
  /** When the backup was made; the generation gets its name from it. */
  createdAt: Date;
  /** What the trees are a backup of, and where they are read. */
  sources: ResolvedSource[];
}
