import type { BytePath } from '../../native/byte-path.ts';
import type { ControlMemory } from '../run/shared-control.ts';
import type { TaskQueueMemory } from '../run/task-queue.ts';
import type { KeptGeneration } from './kept-names.ts';
import type { NameLocksMemory } from './name-locks.ts';
import type { SharedFilesMemory } from './shared-files.ts';

/** Directories whose number fits here are removed in parallel; deeper ones of a larger tree by one thread each. */
export const DIRECTORY_CAPACITY = 1 << 22;

/** All a removing thread needs to know. */
export interface RemovalPlan {
  /** Absolute path of the folder to empty. */
  root: BytePath;
  threads: number;
  /** A generation that has most of the files, too; undefined where none is known. */
  kept: KeptGeneration | undefined;
  /** Only count, remove nothing. */
  measureOnly: boolean;
  /** Measuring only: files that have other names than those met so far. */
  shared: SharedFilesMemory;
  /** Removing only. */
  locks: NameLocksMemory;
  control: ControlMemory;
  queue: TaskQueueMemory;
  /** By directory number: entries still there, plus one while the directory is being listed. */
  pending: Int32Array;
  /** By directory number: the number of its parent. */
  parents: Int32Array;
  /** Per thread: see {@link RemovalCount}. */
  counts: Float64Array;
}

export const RemovalCount = { Files: 0, Directories: 1, FreedBytes: 2, Failures: 3, Others: 4, Row: 5 } as const;

export interface RemovalThreadResult {
  /** Entries that could not be removed, at most a few. */
  failures: { path: string; code: number }[];
  /** What became of {@link RemovalPlan.shared}. */
  shared: SharedFilesMemory;
}
