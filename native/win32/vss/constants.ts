import type { RequesterContext } from '../../vss/calls.ts';

/** https://learn.microsoft.com/windows/win32/api/vss/ne-vss-vss_snapshot_context */
export const Context: Readonly<Record<RequesterContext, number>> = {
  /** Writers take part; it ends with the requester. */
  Backup: 0,
  /** No writers; it ends with the requester. */
  FileShareBackup: 0x10,
  /** Writers take part; it stays. */
  AppRollback: 0x9,
  /** No writers; it stays, and is among Explorer's previous versions. */
  ClientAccessible: 0x1d,
  /** For looking at all there are. */
  All: -1,
};

/** https://learn.microsoft.com/windows/win32/api/vss/ne-vss-vss_volume_snapshot_attributes */
export const Attribute = { Persistent: 0x1, NoAutoRelease: 0x8 } as const;

/** https://learn.microsoft.com/windows/win32/api/vss/ne-vss-vss_snapshot_state */
export const SNAPSHOT_CREATED = 12;

/** https://learn.microsoft.com/windows/win32/api/vss/ne-vss-vss_object_type */
export const ObjectType = { None: 1, SnapshotSet: 2, Snapshot: 3 } as const;

/** https://learn.microsoft.com/windows/win32/api/vswriter/ne-vswriter-vss_component_type */
export const ComponentType = { Database: 1, FileGroup: 2 } as const;

/**
 * Of the types of https://learn.microsoft.com/windows/win32/api/vss/ne-vss-vss_backup_type the only one that leaves the
 * history of backups alone: after a full one Exchange truncates its logs, and SQL Server takes it for the base of the next
 * differential one.
 */
export const BACKUP_TYPE_COPY = 5;
