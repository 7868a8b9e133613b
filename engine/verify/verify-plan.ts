import type { BytePath } from '../../native/byte-path.ts';
import type { NativeErrorText } from '../../native/index.ts';
import type { ManifestFile } from '../manifest/manifest-file.ts';
import type { ControlMemory } from '../run/shared-control.ts';
import type { TaskQueueMemory } from '../run/task-queue.ts';
import type { CheckedCopiesMemory } from './checked-copies.ts';
import type { Sample } from './sample.ts';

/** All a thread needs to know to test one generation. */
export interface VerifyPlan {
  set: BytePath;
  generation: BytePath;
  manifest: ManifestFile;
  /** What of owners and modes can be compared: bits of {@link FidelityLoss}. */
  kept: number;
  /** Which content is read. */
  content: Sample | undefined;
  threads: number;
  control: ControlMemory;
  queue: TaskQueueMemory;
  copies: CheckedCopiesMemory;
  /** By block of the manifest: 1 when it was read and its checksum was right. */
  intact: Uint8Array;
  /** Per thread: see {@link VerifyCount}. */
  counts: Float64Array;
}

export const VerifyCount = { Items: 0, BytesRead: 1, Row: 2 } as const;

/** A name of the generation at hand with which something is wrong. */
export interface Finding {
  kind: 'Missing' | 'Extra' | 'Altered' | 'MetadataChanged' | 'ContentDamaged' | 'Unreadable';
  /** Below the generation, as text. */
  path: string;
  /** Which copy it is, where it is one that other names may share. */
  copy: string | undefined;
  /** Names the copy has in all. */
  links: number;
  expected: string | undefined;
  /** Known only to the thread that has read the copy. */
  actual: string | undefined;
  native: NativeErrorText | undefined;
}

export interface VerifyThreadResult {
  /** What is wrong with the manifest; one message for each damaged block. */
  manifestDamage: string[];
}
