// What vssapi.dll exports, and what the compiler makes of the headers, for comparison with what callers assume.
#include "double.h"
#include <cstddef>
#include <cstring>

LONG liveObjects = 0;

/** Where a method is in its table: Itanium's pointer to a virtual member is its offset and one. */
template <typename Method> static int slotOf(Method method) {
  ptrdiff_t offset;
  memcpy(&offset, &method, sizeof offset);
  return (int)((offset - 1) / (ptrdiff_t)sizeof(void *));
}

#define SLOT(type, method) \
  if (strcmp(name, #type "::" #method) == 0) return slotOf(&type::method)

extern "C" {
HRESULT WINAPI CreateVssBackupComponentsInternal(IVssBackupComponents **components) {
  HRESULT injected = reach("CreateVssBackupComponents");
  if (FAILED(injected)) return injected;
  trace("CreateVssBackupComponents");
  *components = makeComponents();
  return S_OK;
}

void WINAPI VssFreeSnapshotPropertiesInternal(VSS_SNAPSHOT_PROP *properties) { freeStrings(properties); }

LONG WINAPI VssDoubleLiveObjects() { return liveObjects; }

int WINAPI VssDoubleSlot(const char *name) {
  SLOT(IVssBackupComponents, Release);
  SLOT(IVssBackupComponents, InitializeForBackup);
  SLOT(IVssBackupComponents, SetBackupState);
  SLOT(IVssBackupComponents, GatherWriterMetadata);
  SLOT(IVssBackupComponents, GetWriterMetadataCount);
  SLOT(IVssBackupComponents, GetWriterMetadata);
  SLOT(IVssBackupComponents, FreeWriterMetadata);
  SLOT(IVssBackupComponents, AddComponent);
  SLOT(IVssBackupComponents, PrepareForBackup);
  SLOT(IVssBackupComponents, AbortBackup);
  SLOT(IVssBackupComponents, GatherWriterStatus);
  SLOT(IVssBackupComponents, GetWriterStatusCount);
  SLOT(IVssBackupComponents, FreeWriterStatus);
  SLOT(IVssBackupComponents, GetWriterStatus);
  SLOT(IVssBackupComponents, SetBackupSucceeded);
  SLOT(IVssBackupComponents, SaveAsXML);
  SLOT(IVssBackupComponents, BackupComplete);
  SLOT(IVssBackupComponents, SetContext);
  SLOT(IVssBackupComponents, StartSnapshotSet);
  SLOT(IVssBackupComponents, AddToSnapshotSet);
  SLOT(IVssBackupComponents, DoSnapshotSet);
  SLOT(IVssBackupComponents, DeleteSnapshots);
  SLOT(IVssBackupComponents, GetSnapshotProperties);
  SLOT(IVssBackupComponents, Query);
  SLOT(IVssBackupComponents, IsVolumeSupported);
  SLOT(IVssAsync, Release);
  SLOT(IVssAsync, Cancel);
  SLOT(IVssAsync, Wait);
  SLOT(IVssAsync, QueryStatus);
  SLOT(IVssEnumObject, Release);
  SLOT(IVssEnumObject, Next);
  SLOT(IVssExamineWriterMetadata, Release);
  SLOT(IVssExamineWriterMetadata, GetIdentity);
  SLOT(IVssExamineWriterMetadata, GetFileCounts);
  SLOT(IVssExamineWriterMetadata, GetExcludeFile);
  SLOT(IVssExamineWriterMetadata, GetComponent);
  SLOT(IVssExamineWriterMetadata, SaveAsXML);
  SLOT(IVssWMComponent, Release);
  SLOT(IVssWMComponent, GetComponentInfo);
  SLOT(IVssWMComponent, FreeComponentInfo);
  SLOT(IVssWMComponent, GetFile);
  SLOT(IVssWMComponent, GetDatabaseFile);
  SLOT(IVssWMComponent, GetDatabaseLogFile);
  SLOT(IVssWMFiledesc, Release);
  SLOT(IVssWMFiledesc, GetPath);
  SLOT(IVssWMFiledesc, GetFilespec);
  SLOT(IVssWMFiledesc, GetRecursive);
  return -1;
}

/** Sizes and offsets, in the order of the names in test/native/win32/vss/layout.test.ts. */
int WINAPI VssDoubleLayout(int *values) {
  const int layout[] = {
      (int)offsetof(VSS_SNAPSHOT_PROP, m_SnapshotId),
      (int)offsetof(VSS_SNAPSHOT_PROP, m_SnapshotSetId),
      (int)offsetof(VSS_SNAPSHOT_PROP, m_pwszSnapshotDeviceObject),
      (int)offsetof(VSS_SNAPSHOT_PROP, m_pwszOriginalVolumeName),
      (int)offsetof(VSS_SNAPSHOT_PROP, m_pwszOriginatingMachine),
      (int)offsetof(VSS_SNAPSHOT_PROP, m_ProviderId),
      (int)offsetof(VSS_SNAPSHOT_PROP, m_lSnapshotAttributes),
      (int)offsetof(VSS_SNAPSHOT_PROP, m_tsCreationTimestamp),
      (int)offsetof(VSS_SNAPSHOT_PROP, m_eStatus),
      (int)sizeof(VSS_SNAPSHOT_PROP),
      (int)offsetof(VSS_OBJECT_PROP, Obj),
      (int)sizeof(VSS_OBJECT_PROP),
      (int)offsetof(VSS_COMPONENTINFO, type),
      (int)offsetof(VSS_COMPONENTINFO, bstrLogicalPath),
      (int)offsetof(VSS_COMPONENTINFO, bstrComponentName),
      (int)offsetof(VSS_COMPONENTINFO, bSelectable),
      (int)offsetof(VSS_COMPONENTINFO, cFileCount),
      (int)offsetof(VSS_COMPONENTINFO, cDatabases),
      (int)offsetof(VSS_COMPONENTINFO, cLogFiles),
      (int)sizeof(VSS_COMPONENTINFO),
  };
  memcpy(values, layout, sizeof layout);
  return sizeof layout / sizeof layout[0];
}
}
