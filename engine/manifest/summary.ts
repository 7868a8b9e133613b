import type { LossReasons } from '../fidelity/loss-reasons.ts';
import type { SelectionRules } from '../scan/selection.ts';
import type { FidelityLossKind, Generation } from '../types/protocol.ts';

/** What is kept of a source to recognise it in the next run. */
export interface SourceIdentity {
  name: string;
  path: string;
  /** File system it was on. */
  volumeId: string;
  /** Another file system was mounted at the source's root. */
  mountRoot: boolean;
  /** Entries in the source's own folder, as far as the first block holds them: 0 says that it was empty. */
  items: number;
}

/** The JSON part of a manifest. */
export interface ManifestSummary {
  formatVersion: number;
  setId: string;
  /** The result object of the run, as reported. */
  generation: Generation;
  sources: SourceIdentity[];
  /** Names of the generations that {@link Word.Introduced} counts in; the last is this one. */
  generations: string[];
  /** Resolution of write times at the destination in nanoseconds, as probed. */
  timeGranularityNs: number;
  /**
   * Which of the metadata that can be compared by looking at a copy the destination kept, as probed. Where it is missing,
   * nothing of it is known.
   */
  kept?: FidelityLossKind[];
  hash: 'Sha256' | 'None';
  /** What was selected, so that a comparison with the sources can select the same. */
  selection: SelectionRules;
  crossMount: boolean;
  /** What the folders of the generation take on disk, its own included. Where it is missing, nothing of that was noted. */
  folderBytes?: number;
  /** What the high half of {@link Word.Losses} counts in. */
  lossReasons?: LossReasons;
}
