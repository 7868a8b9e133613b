/** What writers say of their files, and of how they are. */
import type { Guid } from './guid.ts';

/** Files as a writer names them. */
export interface FileDescription {
  /** A folder; may hold environment variables. */
  path: string;
  /** A name with wildcards. */
  specification: string;
  recursive: boolean;
}

export interface Component {
  /** VSS_COMPONENT_TYPE. */
  type: number;
  logicalPath: string;
  name: string;
  /** A requester may choose it; one that is not goes with what is above it. */
  selectable: boolean;
  files: FileDescription[];
}

export interface WriterMetadata {
  instance: Guid;
  writer: Guid;
  name: string;
  components: Component[];
  excludedFiles: FileDescription[];
  /** The document that a restore needs. */
  xml: string;
}

/** A component of a writer, as calls name it. */
export interface ChosenComponent extends Pick<Component, 'type' | 'logicalPath' | 'name'> {
  instance: Guid;
  writer: Guid;
}

/** https://learn.microsoft.com/windows/win32/api/vss/ne-vss-vss_writer_state */
export const writerStates = [
  'UNKNOWN',
  'STABLE',
  'WAITING_FOR_FREEZE',
  'WAITING_FOR_THAW',
  'WAITING_FOR_POST_SNAPSHOT',
  'WAITING_FOR_BACKUP_COMPLETE',
  'FAILED_AT_IDENTIFY',
  'FAILED_AT_PREPARE_BACKUP',
  'FAILED_AT_PREPARE_SNAPSHOT',
  'FAILED_AT_FREEZE',
  'FAILED_AT_THAW',
  'FAILED_AT_POST_SNAPSHOT',
  'FAILED_AT_BACKUP_COMPLETE',
  'FAILED_AT_PRE_RESTORE',
  'FAILED_AT_POST_RESTORE',
  'FAILED_AT_BACKUPSHUTDOWN',
] as const;
export type WriterState = (typeof writerStates)[number];

export interface WriterStatus {
  instance: Guid;
  writer: Guid;
  name: string;
  state: WriterState;
  /** HRESULT, 0 when all is well. */
  failure: number;
}
