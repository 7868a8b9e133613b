import type { BytePath } from '../../native/byte-path.ts';
import type { DamageKind } from '../damage/damaged-copy.ts';

/** A name of a damaged copy that its generation's manifest knows. */
export interface ItemName {
  generation: string;
  /** Below the generation, as text. */
  text: string;
  folder: BytePath;
  name: BytePath;
  /** What the manifest has of the folder. */
  folderRecord: Uint32Array | undefined;
}

/** Names that should be one file, and what it should be. */
export interface DamagedItem {
  kind: DamageKind;
  foundAt: string;
  names: ItemName[];
  /** As the manifest of the newest of its generations has it. */
  record: Uint32Array;
  /** What of owners and modes can be compared: bits of {@link FidelityLoss}. */
  kept: number;
  /** Resolution of write times in the generation. */
  granularityNs: number;
}

/** Where something is that can be opened: below a root that is kept open. */
export interface Place {
  /** `Own`: a name of the item itself, whose content is good. */
  root: 'Own' | 'Set' | 'Source' | 'OtherSet';
  /** Absolute, as text; what it is opened from. */
  rootPath: string;
  folder: BytePath;
  name: BytePath;
}
