/** The Volume Shadow Copy Service as the engine asks for it. Failed calls throw NativeError, with an HRESULT as its code. */
import type { Guid } from './guid.ts';
import type { Patience } from './patience.ts';
import type { ChosenComponent, WriterMetadata, WriterStatus } from './writers.ts';

export interface VssCalls {
  /** A requester that is ready for the first step of a backup. Release it. @throws NativeError, Interrupted */
  open(context: RequesterContext, patience: Patience): Promise<Requester>;
  /** The volume that holds an absolute path whose links have been resolved. @throws NativeError */
  volumeOf(path: string): VolumeOfPath;
  /** Where a volume, `\\?\Volume{…}\`, is in the tree of names: `C:\`. Undefined when it is nowhere. */
  rootOf(volume: string): string | undefined;
  /** Says what is not to be backed up. */
  readonly registry: MachineRegistry;
}

/**
 * Whether writers take part (Backup, AppRollback), and whether the shadow copies stay when the requester is released
 * (AppRollback, ClientAccessible). `All` is for looking at those of everybody, and for deleting them.
 */
export type RequesterContext = 'Backup' | 'FileShareBackup' | 'AppRollback' | 'ClientAccessible' | 'All';

export interface VolumeOfPath {
  /** `\\?\Volume{…}\`, with its last backslash, as VSS wants it. */
  volume: string;
  /** Where the volume is in the tree of names, with its last backslash: `C:\`, or the folder it is mounted on. */
  root: string;
}

/** Keys of the machine: values that hold text, a list of strings each, and names of keys below. Empty without the key. */
export interface MachineRegistry {
  readTextValues(key: string): Map<string, string[]>;
  readKeyNames(key: string): string[];
}

/** The methods that take some time and are waited for. */
export type Operation =
  'GatherWriterMetadata' | 'PrepareForBackup' | 'GatherWriterStatus' | 'DoSnapshotSet' | 'BackupComplete';

export interface SnapshotProperties {
  id: Guid;
  setId: Guid;
  /** `\\?\GLOBALROOT\Device\HarddiskVolumeShadowCopy7`: without a backslash it is the device, with one its root folder. */
  device: string;
  /** `\\?\Volume{…}\` */
  volume: string;
  machine: string;
  provider: Guid;
  /** It outlives its requester. */
  persists: boolean;
  createdAt: Date;
  /** It has been made, and is not being deleted. */
  isCreated: boolean;
}

/** A requester of shadow copies; the order of calls is the caller's. All but {@link release} throw NativeError, Interrupted. */
export interface Requester {
  /** The same requester for calls that have patience of their own, such as those that clean up. */
  with(patience: Patience): Requester;
  /** Components are chosen one by one; no system state, no parts of files. */
  setBackupState(): Promise<void>;
  /** Starts an operation and waits for its end. */
  run(operation: Operation): Promise<void>;
  /** What writers say; after GatherWriterMetadata. Once. */
  writers(): Promise<WriterMetadata[]>;
  addComponent(component: ChosenComponent): Promise<void>;
  startSet(): Promise<Guid>;
  /** @param volume `\\?\Volume{…}\`, with its last backslash */
  supports(volume: string): Promise<boolean>;
  /** @param volume `\\?\Volume{…}\`, with its last backslash. @returns id of its snapshot */
  addVolume(volume: string): Promise<Guid>;
  /** The state of every writer, from GatherWriterStatus to FreeWriterStatus. */
  writerStatus(): Promise<WriterStatus[]>;
  properties(snapshot: Guid): Promise<SnapshotProperties>;
  /** All snapshots that the context of this requester covers. */
  query(): Promise<SnapshotProperties[]>;
  setSucceeded(component: ChosenComponent, succeeded: boolean): Promise<void>;
  /** The backup components document. */
  document(): Promise<string>;
  /** Tells the writers that nothing comes of it. The object is of no other use after this than to be released. */
  abort(): Promise<void>;
  /** @returns how many snapshots were deleted. @throws NativeError VSS_E_OBJECT_NOT_FOUND */
  delete(id: Guid, kind: 'snapshot' | 'set'): Promise<number>;
  /** Never throws. Snapshots that end with their requester end here. */
  release(patience: Patience): Promise<void>;
}
