/**
 * The methods that are called, each by its place in the table of its interface, and what it takes. The order of a table is
 * that of the interface in vss.h, vswriter.h and vsbackup.h, and never changes; IUnknown has the first three.
 * https://learn.microsoft.com/windows/win32/vss/volume-shadow-copy-api-interfaces
 */
export type Parameter = 'address' | 'int' | 'byte' | 'text' | 'guid';

export interface Method {
  readonly slot: number;
  readonly parameters: readonly Parameter[];
}

const method = (slot: number, ...parameters: Parameter[]): Method => ({ slot, parameters });
const RELEASE = { Release: method(2) } as const;
/** Writer's instance, class, type, logical path, name. */
const COMPONENT = ['guid', 'guid', 'int', 'text', 'text'] as const;

export const interfaces = {
  IVssBackupComponents: {
    ...RELEASE,
    InitializeForBackup: method(5, 'address'),
    SetBackupState: method(6, 'byte', 'byte', 'int', 'byte'),
    GatherWriterMetadata: method(9, 'address'),
    GetWriterMetadataCount: method(10, 'address'),
    GetWriterMetadata: method(11, 'int', 'address', 'address'),
    FreeWriterMetadata: method(12),
    AddComponent: method(13, ...COMPONENT),
    PrepareForBackup: method(14, 'address'),
    AbortBackup: method(15),
    GatherWriterStatus: method(16, 'address'),
    GetWriterStatusCount: method(17, 'address'),
    FreeWriterStatus: method(18),
    GetWriterStatus: method(19, 'int', 'address', 'address', 'address', 'address', 'address'),
    SetBackupSucceeded: method(20, ...COMPONENT, 'byte'),
    SaveAsXML: method(26, 'address'),
    BackupComplete: method(27, 'address'),
    SetContext: method(35, 'int'),
    StartSnapshotSet: method(36, 'address'),
    AddToSnapshotSet: method(37, 'text', 'guid', 'address'),
    DoSnapshotSet: method(38, 'address'),
    DeleteSnapshots: method(39, 'guid', 'int', 'int', 'address', 'address'),
    GetSnapshotProperties: method(42, 'guid', 'address'),
    Query: method(43, 'guid', 'int', 'int', 'address'),
    IsVolumeSupported: method(44, 'guid', 'text', 'address'),
  },
  IVssAsync: {
    ...RELEASE,
    Cancel: method(3),
    Wait: method(4, 'int'),
    QueryStatus: method(5, 'address', 'address'),
  },
  IVssEnumObject: { ...RELEASE, Next: method(3, 'int', 'address', 'address') },
  IVssExamineWriterMetadata: {
    ...RELEASE,
    GetIdentity: method(3, 'address', 'address', 'address', 'address', 'address'),
    GetFileCounts: method(4, 'address', 'address', 'address'),
    GetExcludeFile: method(6, 'int', 'address'),
    GetComponent: method(7, 'int', 'address'),
    SaveAsXML: method(12, 'address'),
  },
  IVssWMComponent: {
    ...RELEASE,
    GetComponentInfo: method(3, 'address'),
    FreeComponentInfo: method(4, 'address'),
    GetFile: method(5, 'int', 'address'),
    GetDatabaseFile: method(6, 'int', 'address'),
    GetDatabaseLogFile: method(7, 'int', 'address'),
  },
  IVssWMFiledesc: {
    ...RELEASE,
    GetPath: method(3, 'address'),
    GetFilespec: method(4, 'address'),
    GetRecursive: method(5, 'address'),
  },
} as const satisfies Record<string, Record<string, Method>>;

export type InterfaceName = keyof typeof interfaces;
