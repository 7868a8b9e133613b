import type { BytePath } from '../../native/byte-path.ts';
import type { ResumeFolder } from '../apply/resume-lookup.ts';
import type { FileIdIndexMemory } from '../manifest/file-id-index.ts';
import type { ManifestFile } from '../manifest/manifest-file.ts';
import type { SelectionRules } from '../scan/selection.ts';
import type { ControlMemory } from './shared-control.ts';
import type { Task, TaskQueueMemory } from './task-queue.ts';

/** The finished generation a run compares with. */
export interface MirrorBase {
  /** Folder of the generation, below the set. */
  folder: BytePath;
  manifest: ManifestFile;
  /** Paths in it whose copies are known to be damaged; undefined when there are none. */
  damaged: ReadonlySet<BytePath> | undefined;
  fileIds: FileIdIndexMemory;
  /** By first block of a directory: 1 when a directory of the source took it as its past. */
  seen: Uint8Array;
}

/** Where a run writes; absent when it only plans. All paths below the set. */
export interface MirrorTarget {
  staging: BytePath;
  temporary: BytePath;
  /** Names of files with several names in the source, by file id. */
  links: BytePath;
  /** Staging folders of interrupted runs, newest first: what they hold is not copied again. */
  resume: readonly ResumeFolder[];
  /** Descriptor of the manifest under construction. */
  manifest: number;
}

/** A source as a run reads it. */
export interface MirrorSource {
  name: BytePath;
  /** Where to read it: the source itself, or its frozen view. */
  path: BytePath;
  /** Folders below it that are empty in the frozen view, and not in the source. */
  missing?: ReadonlyMap<BytePath, 'Mount' | 'Subvolume'>;
  /** Beside the selection of the run: patterns whose matches are left out. */
  exclude?: readonly string[];
}

export interface MirrorOptions {
  /** Compare the content of files that look unchanged. */
  compareContent: boolean;
  hash: boolean;
  maxLinks: number;
  crossMount: boolean;
  selection: SelectionRules;
  /** Report changed items one by one. */
  reportItems: boolean;
  /** Resolution of write times at the destination. */
  timeGranularityNs: number;
  /** What of the metadata of copies in the base is compared with their records: bits of {@link FidelityLoss}. */
  keptMetadata: number;
  /** The moment the sources were frozen, in seconds since 1970; undefined where live files are read. */
  frozenAt?: number | undefined;
  /** Set where the sources are a backup that another program made, and that is taken over. */
  adoption?: Adoption | undefined;
}

export interface Adoption {
  /** The set's file system, as {@link Word.Device} numbers it: what is on it is linked instead of copied. */
  device: number;
}

/** All a working thread needs to know; travels to it by structured clone, memory shared. */
export interface MirrorPlan {
  set: BytePath;
  sources: readonly MirrorSource[];
  base: MirrorBase | undefined;
  target: MirrorTarget | undefined;
  /** Number of this generation in the manifest's table. */
  introduced: number;
  options: MirrorOptions;
  threads: number;
  control: ControlMemory;
  counters: Float64Array;
  lossTable: Int32Array;
  queue: TaskQueueMemory;
  /** The sources' roots, for the first thread to begin with. */
  roots: Task[];
}

/** Numbers of a {@link Task} that stands for a directory to mirror. */
export const TaskNumber = {
  Source: 0,
  /** First block of the directory in the base, or NO_BLOCK. */
  BaseBlock: 1,
  /** Its block in the new manifest. */
  Block: 2,
  ParentBlock: 3,
  ParentRecord: 4,
  Mode: 5,
  /** Type and permissions it was created with. */
  Permissions: 6,
} as const;

export const TaskMode = {
  Mirror: 0,
  /** Taken over from the base as it is, because the source cannot be read. */
  Carry: 1,
  /** Another file system is mounted here: the directory itself, without its entries. */
  Boundary: 2,
  /** The bits that hold one of these. */
  Mask: 3,
  /** Flag: another directory already accounts for what the base block lost. Above it, see {@link packChange}. */
  Shared: 4,
  /** Flag: the directory has no ACL, extended attributes or streams. */
  Plain: 8,
} as const;
