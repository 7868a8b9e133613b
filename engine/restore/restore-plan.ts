import type { BytePath } from '../../native/byte-path.ts';
import type { ManifestFile } from '../manifest/manifest-file.ts';
import type { ControlMemory } from '../run/shared-control.ts';
import type { ConflictAction } from '../types/protocol.ts';
import type { PathChoice } from './pattern.ts';

/** A folder that receives items, at an absolute path. */
export interface RestoreAnchor {
  path: BytePath;
  text: string;
  /** Its source, where the folder is that source's original place; undefined where it receives all that is chosen. */
  source?: BytePath | undefined;
  /** It was made for this restore. */
  isNew: boolean;
  /** Something goes there; before that is known, all are. */
  isUsed: boolean;
}

export type RestoreStage =
  /** Only counts; `Reported` conflicts come as failures, `Listed` is a plan for the user, with an object for each item. */
  | { kind: 'Measure'; conflicts: 'Silent' | 'Reported' | 'Listed'; sizes: 'Recorded' | 'OnDisk' }
  | { kind: 'Place'; damaged: 'Refused' | 'Placed' };

/** All that the thread that restores needs to know. */
export interface RestorePlan {
  /** Absolute path of the set, and the generation's folder in it. */
  set: BytePath;
  generation: BytePath;
  manifest: ManifestFile;
  choices: readonly PathChoice[];
  anchors: readonly RestoreAnchor[];
  conflict: ConflictAction;
  stage: RestoreStage;
  control: ControlMemory;
  /** See {@link RestoreCount}. */
  counts: Float64Array;
  lossTable: Int32Array;
}

export const RestoreCount = {
  Items: 0,
  /** Bytes dealt with, or to be dealt with. */
  Bytes: 1,
  Files: 2,
  Created: 3,
  Overwritten: 4,
  Skipped: 5,
  KeptBoth: 6,
  Merged: 7,
  Conflicts: 8,
  Failed: 9,
  /** Bytes of files that were placed. */
  PlacedBytes: 10,
  Row: 11,
} as const;

export interface RestoreThreadResult {
  /** Patterns that matched nothing. */
  unmatched: string[];
  /** By anchor: room that is needed, less what becomes free, and whether something goes there. */
  neededBytes: number[];
  isUsed: boolean[];
  /** Items with a warning of their own that was not given, because there were so many. */
  withheldWarnings: number;
  end: 'Done' | 'Cancelled' | { fullAt: number };
}

export function createCounts(): Float64Array {
  return new Float64Array(new SharedArrayBuffer(RestoreCount.Row * 8));
}
