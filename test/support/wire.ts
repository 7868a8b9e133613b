/** The objects of the protocol as the tests read them, written from its specification and not from the engine. */
export type State = 'Complete' | 'Partial' | 'Incomplete' | 'Planned';

export interface Counts {
  files: number;
  directories: number;
  otherItems: number;
  bytes: number;
  linkedFiles: number;
  copiedFiles: number;
  copiedBytes: number;
  reusedFiles: number;
  linkFallbacks: number;
  rebasedFiles: number;
  added: number;
  modified: number;
  metadataChanged: number;
  renamed: number;
  removed: number;
  typeChanged: number;
  excluded: number;
  failed: number;
  stale: number;
  skippedSockets: number;
}

export interface Generation extends Counts {
  setPath: string;
  name: string;
  path: string;
  id: string;
  createdAt: string;
  duration: number;
  state: State;
  sources: { name: string; path: string }[];
  base: string | null;
  snapshot: { kind: 'Vss' | 'Btrfs' | 'None'; reason?: string; createdAt?: string };
  fidelityLosses: FidelityLoss[];
  pinned: boolean;
  pinReason?: string;
  warnings: { id: string; message: string; path?: string }[];
  skipped?: true;
  freeBytes?: number;
}

/** What could not be kept: of one item, or with `items` and `examples` of a generation. */
export interface ItemLoss {
  kind: string;
  cause: 'Privilege' | 'Destination' | 'Source' | 'Design' | 'Unknown';
  reason: string;
  native?: { code: number; name: string; text: string };
}

export interface FidelityLoss extends ItemLoss {
  items: number;
  examples: string[];
}

export interface ItemChange {
  fidelityLosses?: ItemLoss[];
  change: 'Added' | 'Modified' | 'MetadataChanged' | 'Renamed' | 'Removed' | 'TypeChanged';
  action: 'Linked' | 'Copied' | 'Created' | 'Carried' | 'None';
  itemType: string;
  path: string;
  oldPath?: string | null;
  length: number;
  lastWriteTime: string | null;
  reason: string;
}

export interface RestoredItem {
  action: 'Created' | 'Overwritten' | 'Skipped' | 'KeptBoth' | 'Merged' | 'Conflict';
  itemType: string;
  path: string;
  destination: string;
  length: number;
  lastWriteTime: string | null;
  verified: boolean;
  condition: 'Intact' | 'Stale' | 'Torn' | 'Damaged';
  fidelityLosses?: ItemLoss[];
}

export interface RestoreSummary {
  generation: string;
  created: number;
  overwritten: number;
  skipped: number;
  keptBoth: number;
  merged: number;
  conflicts: number;
  failed: number;
  files: number;
  bytes: number;
}

export interface Damage {
  kind: 'Missing' | 'Extra' | 'Altered' | 'MetadataChanged' | 'ContentDamaged' | 'Unreadable' | 'ManifestDamaged';
  path: string;
  generations: string[];
  paths: string[];
  expected: string | null;
  actual: string | null;
  native?: { code: number; name: string; text: string };
}

export interface TestSummary {
  generations: string[];
  items: number;
  copies: number;
  bytesRead: number;
  damaged: number;
  isGood: boolean;
}

export interface ChangeSummary {
  reference: string;
  difference: string | null;
  added: number;
  modified: number;
  metadataChanged: number;
  renamed: number;
  removed: number;
  typeChanged: number;
  unchanged: number;
}

export interface RemovalResult {
  name: string;
  path: string;
  action: 'Keep' | 'Remove';
  reasons: string[];
  freedBytes: number;
  files: number;
  directories: number;
  estimated?: true;
}

/** What `pruneGenerations` accepts besides the set. */
export interface PruneOptions {
  policy: Partial<
    Record<'keepLast' | 'keepHourly' | 'keepDaily' | 'keepWeekly' | 'keepMonthly' | 'keepYearly' | 'keepWithin', number>
  >;
  timeZone?: string;
  maximumRemovals?: number;
  force?: boolean;
  whatIf?: boolean;
}

export interface ErrorData {
  id: string;
  category: string;
  path?: string;
  native?: { code: number; name: string; text: string };
  hint?: string;
  retryable: boolean;
  details?: Record<string, unknown>;
}

export interface ItemError extends ErrorData {
  message: string;
}

export interface Warning {
  id: string;
  message: string;
  path?: string;
}

/** What one `createGeneration` accepts besides set and sources. */
export interface BackupOptions {
  setId?: string;
  snapshot?: 'Auto' | 'Vss' | 'Btrfs' | 'None';
  requireSnapshot?: boolean;
  exclude?: string[];
  include?: string[];
  excludeFile?: string[];
  excludeCacheDirectories?: boolean;
  maximumSize?: number;
  olderThan?: string;
  newerThan?: string;
  comparison?: 'Metadata' | 'Content';
  hash?: 'Sha256' | 'None';
  maxLinks?: number;
  skipUnchanged?: boolean;
  allowEmptySource?: boolean;
  allowSourceChange?: boolean;
  crossMount?: boolean;
  workers?: number;
  whatIf?: boolean;
}

/** The error object of a JSON-RPC response. */
export class EngineError extends Error {
  readonly data: ErrorData;
  readonly code: number;

  constructor(error: { code: number; message: string; data?: ErrorData }) {
    super(`${error.data?.id ?? error.code}: ${error.message}`);
    this.code = error.code;
    this.data = error.data ?? { id: `Code${error.code}`, category: 'NotSpecified', retryable: false };
  }
}
