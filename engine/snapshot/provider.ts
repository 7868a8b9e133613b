import type { NativeErrorText } from '../../native/index.ts';
import type { ShadowCopyInfo, SnapshotKind, WarningEntry } from '../types/protocol.ts';

/** What a run wants frozen: the volumes its sources lie on. */
export interface SnapshotRequest {
  /** Absolute paths as the user gave them, normalised. */
  readonly sources: readonly { readonly path: string }[];
  /** Let writers (databases, mail stores) bring their files into a consistent state first. */
  readonly withWriters: boolean;
  /** How long the making may take. */
  readonly timeoutSeconds: number;
  /** Outlives the process (New-ShadowCopy); else it dies with its maker where the platform can do that. */
  readonly persistent: boolean;
  /** The file systems mounted inside the sources are wanted, too. Default: they are left out. */
  readonly crossMount?: boolean;
}

/** A source and where it can be read in its frozen state. */
export interface FrozenSource {
  /** The source's own path: items are recorded under it. */
  readonly path: string;
  /** Where to read it while the snapshot lives. */
  readonly readPath: string;
  /** Identity of the frozen volume for people and for Remove-ShadowCopy. */
  readonly snapshotId: string;
  /** Folders inside the source that are empty in the frozen view and not in the source. */
  readonly missing?: readonly MissingFolder[];
}

/** A folder whose content belongs to another volume than the one that was frozen. */
export interface MissingFolder {
  /** Below the source, as text, with `/` between the names. */
  readonly path: string;
  /** Mount: a boundary in live runs, too. Subvolume: a live run reads what is in it. */
  readonly kind: 'Mount' | 'Subvolume';
}

/** Files that must not be backed up, in the words of those who own them; never mistaken for deletions. */
export interface SnapshotExclusion {
  /** The source's own path. */
  readonly source: string;
  /** As in a .gitignore file in the source. */
  readonly pattern: string;
  readonly reason: string;
}

/** A frozen view of the sources of one run. */
export interface Snapshot {
  readonly kind: SnapshotKind;
  readonly sources: readonly FrozenSource[];
  readonly createdAt: Date;
  /** Said to people: writers that failed, nested subvolumes that are not in it, … */
  readonly warnings: readonly WarningEntry[];
  /** What the writers or the registry say not to back up. */
  readonly exclusions: readonly SnapshotExclusion[];
  /** Documents to keep beside the manifest (VSS: backup components and writer metadata, XML). */
  readonly documents: readonly { readonly name: string; readonly content: string }[];
  /** @throws EngineError SnapshotLost when the frozen view is gone: the run must not go on, and never reads live files */
  check(): Promise<void>;
  /** Tells the writers how it went. Called once, before {@link release}. @returns what they have to say */
  complete(succeeded: boolean): Promise<readonly WarningEntry[]>;
  /** Gives everything back. Never throws for what is gone already; may be called twice. */
  release(): Promise<void>;
}

/** Why a provider cannot serve. */
export interface Unavailability {
  /** Completes "because …". */
  readonly reason: string;
  readonly native?: NativeErrorText;
}

/** One way to freeze volumes. */
export interface SnapshotProvider {
  readonly kind: SnapshotKind;
  /** Why it cannot serve this request here, before anything is made; undefined: it can. */
  unavailable(request: SnapshotRequest): Promise<Unavailability | undefined>;
  /** @throws EngineError with an id of the catalogue and, for VSS, the HRESULT's name and text */
  create(request: SnapshotRequest, progress: (phase: string) => void, signal: AbortSignal): Promise<Snapshot>;
  /** The shadow copies that exist on this machine. */
  list(): Promise<readonly ShadowCopyInfo[]>;
  /** @param id a {@link ShadowCopyInfo.id} of this provider. @throws EngineError ShadowCopyNotFound */
  remove(id: string): Promise<void>;
}
