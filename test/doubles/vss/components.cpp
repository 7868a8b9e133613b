// The requester's object: it enforces the order and the rules of
// https://learn.microsoft.com/windows/win32/vss/overview-of-processing-a-backup-under-vss
#include "double.h"
#include <map>
#include <set>

namespace {
enum Stage { New, Initialised, Gathered, Set, Prepared, Snapped, Completed, Aborted };

/** Snapshot sets whose writers were asked, in this process: attempts of WRITER_STATE. */
LONG attempts = 0;

#define UNUSED(signature) \
  HRESULT STDMETHODCALLTYPE signature override { return misuse("unexpected " #signature, E_NOTIMPL); }
#define STEP(method) \
  do { \
    HRESULT refused = enter(method); \
    if (FAILED(refused)) return refused; \
  } while (0)
#define DEMAND(condition, what) \
  do { \
    if (!(condition)) return misuse(what, VSS_E_BAD_STATE); \
  } while (0)

struct Components : Object<IVssBackupComponents> {
  Stage stage = New;
  LONG context = VSS_CTX_BACKUP;
  bool contextSet = false, stateSet = false, metadataHeld = false, statusHeld = false, creating = false;
  GUID set{};
  std::vector<StoredSnapshot> snapshots;
  std::vector<WriterSpec> writers;
  std::set<std::wstring> chosen;
  std::shared_ptr<Progress> progress = std::make_shared<Progress>();

  ~Components() {
    trace("Release");
    if (!progress->running.empty()) misuse("released while " + progress->running + " runs", S_OK);
    // BackupComplete or AbortBackup: writers wait for one of them.
    if (stage >= Prepared && stage < Completed && hasWriters()) misuse("released without AbortBackup", S_OK);
    if (!(context & VSS_VOLSNAP_ATTR_NO_AUTO_RELEASE))
      for (const StoredSnapshot &snapshot : snapshots) removeSnapshot(snapshot.id);
    if (creating) endCreation();
  }

  bool hasWriters() const { return !(context & VSS_VOLSNAP_ATTR_NO_WRITERS); }

  HRESULT enter(const char *method) {
    APTTYPE type;
    APTTYPEQUALIFIER qualifier;
    if (FAILED(CoGetApartmentType(&type, &qualifier))) return misuse("a thread without COM", CO_E_NOTINITIALIZED);
    std::string name = method;
    if (stage == Aborted) return misuse(name + " after AbortBackup", VSS_E_BAD_STATE);
    if (!progress->running.empty() && name != "AbortBackup")
      return misuse(name + " while " + progress->running + " runs", VSS_E_BAD_STATE);
    HRESULT injected = reach(name);
    if (FAILED(injected)) trace("%s failed", method);
    return injected;
  }

  HRESULT start(const char *method, IVssAsync **operation) {
    *operation = startOperation(method, progress);
    return S_OK;
  }

  HRESULT STDMETHODCALLTYPE InitializeForBackup(BSTR xml) override {
    trace("InitializeForBackup");
    STEP("InitializeForBackup");
    DEMAND(stage == New && !xml, "InitializeForBackup twice, or with a document");
    stage = Initialised;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE SetContext(LONG value) override {
    trace("SetContext(%#lx)", (unsigned long)value);
    STEP("SetContext");
    DEMAND(stage == Initialised && !contextSet && !stateSet, "SetContext out of order");
    context = value;
    contextSet = true;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE SetBackupState(boolean components, boolean system, VSS_BACKUP_TYPE type,
                                           boolean partial) override {
    trace("SetBackupState(%d, %d, %d, %d)", components, system, type, partial);
    STEP("SetBackupState");
    DEMAND(stage == Initialised, "SetBackupState out of order");
    stateSet = true;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE GatherWriterMetadata(IVssAsync **operation) override {
    trace("GatherWriterMetadata");
    STEP("GatherWriterMetadata");
    DEMAND(stage == Initialised && hasWriters(), "GatherWriterMetadata out of order, or without writers");
    stage = Gathered;
    metadataHeld = true;
    writers = readWriters();
    return start("GatherWriterMetadata", operation);
  }
  HRESULT STDMETHODCALLTYPE GetWriterMetadataCount(UINT *count) override {
    STEP("GetWriterMetadataCount");
    DEMAND(metadataHeld, "GetWriterMetadataCount without metadata");
    *count = (UINT)writers.size();
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE GetWriterMetadata(UINT index, VSS_ID *instance,
                                              IVssExamineWriterMetadata **metadata) override {
    trace("GetWriterMetadata(%u)", index);
    STEP("GetWriterMetadata");
    DEMAND(metadataHeld && index < writers.size(), "GetWriterMetadata without metadata");
    *instance = writers[index].instance;
    *metadata = examine(writers[index]);
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE FreeWriterMetadata() override {
    trace("FreeWriterMetadata");
    STEP("FreeWriterMetadata");
    metadataHeld = false;
    return S_OK;
  }

  /** A component that a writer has, as a key. */
  bool find(VSS_ID instance, VSS_ID writer, VSS_COMPONENT_TYPE type, LPCWSTR path, LPCWSTR name, std::wstring &key) {
    for (const WriterSpec &candidate : writers)
      for (const ComponentSpec &component : candidate.components)
        if (candidate.instance == instance && candidate.writer == writer && component.type == type &&
            component.logicalPath == (path ? path : L"") && component.name == name) {
          key = candidate.name + L"|" + component.logicalPath + L"|" + component.name;
          return true;
        }
    return false;
  }

  HRESULT STDMETHODCALLTYPE AddComponent(VSS_ID instance, VSS_ID writer, VSS_COMPONENT_TYPE type, LPCWSTR path,
                                         LPCWSTR name) override {
    trace("AddComponent(%s, %d, %s, %s)", nameOf(writer).c_str(), type, narrow(path).c_str(), narrow(name).c_str());
    STEP("AddComponent");
    DEMAND(hasWriters() && stateSet && stage == Gathered, "AddComponent without writers, or out of order");
    std::wstring key;
    if (!find(instance, writer, type, path, name, key)) return misuse("no such component", VSS_E_OBJECT_NOT_FOUND);
    if (!chosen.insert(key).second) return misuse("AddComponent twice", VSS_E_OBJECT_ALREADY_EXISTS);
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE StartSnapshotSet(VSS_ID *id) override {
    trace("StartSnapshotSet");
    STEP("StartSnapshotSet");
    DEMAND(stage == (hasWriters() ? Gathered : Initialised), "StartSnapshotSet out of order");
    if (!beginCreation()) return VSS_E_SNAPSHOT_SET_IN_PROGRESS;
    creating = true;
    CoCreateGuid(&set);
    *id = set;
    stage = Set;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE IsVolumeSupported(VSS_ID, VSS_PWSZ volume, WINBOOL *supported) override {
    trace("IsVolumeSupported(%s)", narrow(volume).c_str());
    STEP("IsVolumeSupported");
    HRESULT known = demandVolume(volume);
    if (FAILED(known)) return known;
    *supported = setting(L"UNSUPPORTED").find(volume) == std::wstring::npos;
    return S_OK;
  }
  HRESULT demandVolume(const std::wstring &volume) {
    if (volume.empty() || volume.back() != L'\\')
      return misuse("a volume without its last backslash", VSS_E_OBJECT_NOT_FOUND);
    return rootOf(volume).empty() ? VSS_E_OBJECT_NOT_FOUND : S_OK;
  }
  HRESULT STDMETHODCALLTYPE AddToSnapshotSet(VSS_PWSZ volume, VSS_ID, VSS_ID *id) override {
    trace("AddToSnapshotSet(%s)", narrow(volume).c_str());
    STEP("AddToSnapshotSet");
    DEMAND(stage == Set, "AddToSnapshotSet out of order");
    HRESULT known = demandVolume(volume);
    if (FAILED(known)) return known;
    for (const StoredSnapshot &snapshot : snapshots)
      if (snapshot.volume == volume) return misuse("AddToSnapshotSet twice", VSS_E_OBJECT_ALREADY_EXISTS);
    CoCreateGuid(id);
    snapshots.push_back({*id, set, volume, L"", context, GetCurrentProcessId(), 0});
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE PrepareForBackup(IVssAsync **operation) override {
    trace("PrepareForBackup");
    STEP("PrepareForBackup");
    DEMAND(stage == Set && hasWriters() && stateSet && !snapshots.empty(), "PrepareForBackup out of order");
    stage = Prepared;
    return start("PrepareForBackup", operation);
  }
  HRESULT STDMETHODCALLTYPE GatherWriterStatus(IVssAsync **operation) override {
    trace("GatherWriterStatus");
    STEP("GatherWriterStatus");
    DEMAND(hasWriters() && stage >= Prepared, "GatherWriterStatus out of order");
    statusHeld = true;
    if (stage == Snapped) InterlockedIncrement(&attempts);
    return start("GatherWriterStatus", operation);
  }
  HRESULT STDMETHODCALLTYPE GetWriterStatusCount(UINT *count) override {
    STEP("GetWriterStatusCount");
    DEMAND(statusHeld, "GetWriterStatusCount without status");
    *count = (UINT)writers.size();
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE GetWriterStatus(UINT index, VSS_ID *instance, VSS_ID *writer, BSTR *name,
                                            VSS_WRITER_STATE *state, HRESULT *failure) override {
    STEP("GetWriterStatus");
    DEMAND(statusHeld && index < writers.size(), "GetWriterStatus without status");
    *instance = writers[index].instance;
    *writer = writers[index].writer;
    *name = SysAllocString(writers[index].name.c_str());
    stateOf(writers[index], stage >= Snapped ? attempts : 0, state, failure);
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE FreeWriterStatus() override {
    trace("FreeWriterStatus");
    STEP("FreeWriterStatus");
    statusHeld = false;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE DoSnapshotSet(IVssAsync **operation) override {
    trace("DoSnapshotSet");
    STEP("DoSnapshotSet");
    DEMAND(stage == (hasWriters() ? Prepared : Set) && !snapshots.empty(), "DoSnapshotSet out of order");
    HRESULT made = start("DoSnapshotSet", operation);
    stage = Snapped;
    for (StoredSnapshot &snapshot : snapshots) makeSnapshot(snapshot);
    endCreation();
    creating = false;
    return made;
  }
  HRESULT STDMETHODCALLTYPE GetSnapshotProperties(VSS_ID id, VSS_SNAPSHOT_PROP *properties) override {
    trace("GetSnapshotProperties(%s)", nameOf(id).c_str());
    STEP("GetSnapshotProperties");
    DEMAND(stage >= Snapped, "GetSnapshotProperties before DoSnapshotSet");
    StoredSnapshot found;
    if (!findSnapshot(id, &found)) return VSS_E_OBJECT_NOT_FOUND;
    fill(properties, found, (LONG)snapshots.size());
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE SetBackupSucceeded(VSS_ID instance, VSS_ID writer, VSS_COMPONENT_TYPE type, LPCWSTR path,
                                               LPCWSTR name, boolean succeeded) override {
    trace("SetBackupSucceeded(%s, %s, %s, %d)", nameOf(writer).c_str(), narrow(path).c_str(), narrow(name).c_str(),
          succeeded);
    STEP("SetBackupSucceeded");
    DEMAND(stage == Snapped, "SetBackupSucceeded out of order");
    std::wstring key;
    if (!find(instance, writer, type, path, name, key) || chosen.count(key) == 0)
      return misuse("SetBackupSucceeded for a component that was not added", VSS_E_OBJECT_NOT_FOUND);
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE BackupComplete(IVssAsync **operation) override {
    trace("BackupComplete");
    STEP("BackupComplete");
    DEMAND(stage == Snapped && hasWriters(), "BackupComplete out of order, or without writers");
    stage = Completed;
    return start("BackupComplete", operation);
  }
  HRESULT STDMETHODCALLTYPE AbortBackup() override {
    trace("AbortBackup");
    STEP("AbortBackup");
    stage = Aborted;
    progress->running.clear();
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE SaveAsXML(BSTR *xml) override {
    trace("SaveAsXML");
    STEP("SaveAsXML");
    DEMAND(stage >= Initialised, "SaveAsXML out of order");
    *xml = SysAllocString(L"<BACKUP_COMPONENTS backupType=\"copy\"/>");
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE DeleteSnapshots(VSS_ID id, VSS_OBJECT_TYPE type, WINBOOL force, LONG *deleted,
                                            VSS_ID *notDeleted) override {
    trace("DeleteSnapshots(%s, %s, %d)", nameOf(id).c_str(), type == VSS_OBJECT_SNAPSHOT ? "snapshot" : "set", force);
    *deleted = 0;
    *notDeleted = GUID{};
    STEP("DeleteSnapshots");
    DEMAND(stage >= Initialised, "DeleteSnapshots out of order");
    for (const StoredSnapshot &snapshot : storedSnapshots())
      if (id == (type == VSS_OBJECT_SNAPSHOT ? snapshot.id : snapshot.set)) {
        removeSnapshot(snapshot.id);
        ++*deleted;
      }
    if (*deleted > 0) return S_OK;
    *notDeleted = id;
    return VSS_E_OBJECT_NOT_FOUND;
  }
  HRESULT STDMETHODCALLTYPE Query(VSS_ID id, VSS_OBJECT_TYPE from, VSS_OBJECT_TYPE to,
                                  IVssEnumObject **objects) override {
    trace("Query");
    *objects = nullptr;
    STEP("Query");
    DEMAND(stage >= Initialised && id == GUID{} && from == VSS_OBJECT_NONE && to == VSS_OBJECT_SNAPSHOT, "Query");
    *objects = enumerate();
    return S_OK;
  }

  UNUSED(GetWriterComponentsCount(UINT *))
  UNUSED(GetWriterComponents(UINT, IVssWriterComponentsExt **))
  UNUSED(InitializeForRestore(BSTR))
  UNUSED(SetRestoreState(VSS_RESTORE_TYPE))
  UNUSED(SetBackupOptions(VSS_ID, VSS_COMPONENT_TYPE, LPCWSTR, LPCWSTR, LPCWSTR))
  UNUSED(SetSelectedForRestore(VSS_ID, VSS_COMPONENT_TYPE, LPCWSTR, LPCWSTR, boolean))
  UNUSED(SetRestoreOptions(VSS_ID, VSS_COMPONENT_TYPE, LPCWSTR, LPCWSTR, LPCWSTR))
  UNUSED(SetAdditionalRestores(VSS_ID, VSS_COMPONENT_TYPE, LPCWSTR, LPCWSTR, boolean))
  UNUSED(SetPreviousBackupStamp(VSS_ID, VSS_COMPONENT_TYPE, LPCWSTR, LPCWSTR, LPCWSTR))
  UNUSED(AddAlternativeLocationMapping(VSS_ID, VSS_COMPONENT_TYPE, LPCWSTR, LPCWSTR, LPCWSTR, LPCWSTR, boolean, LPCWSTR))
  UNUSED(AddRestoreSubcomponent(VSS_ID, VSS_COMPONENT_TYPE, LPCWSTR, LPCWSTR, LPCWSTR, LPCWSTR, boolean))
  UNUSED(SetFileRestoreStatus(VSS_ID, VSS_COMPONENT_TYPE, LPCWSTR, LPCWSTR, VSS_FILE_RESTORE_STATUS))
  UNUSED(AddNewTarget(VSS_ID, VSS_COMPONENT_TYPE, LPCWSTR, LPCWSTR, LPCWSTR, LPCWSTR, boolean, LPCWSTR))
  UNUSED(SetRangesFilePath(VSS_ID, VSS_COMPONENT_TYPE, LPCWSTR, LPCWSTR, UINT, LPCWSTR))
  UNUSED(PreRestore(IVssAsync **))
  UNUSED(PostRestore(IVssAsync **))
  UNUSED(ImportSnapshots(IVssAsync **))
  UNUSED(BreakSnapshotSet(VSS_ID))
  UNUSED(DisableWriterClasses(const VSS_ID *, UINT))
  UNUSED(EnableWriterClasses(const VSS_ID *, UINT))
  UNUSED(DisableWriterInstances(const VSS_ID *, UINT))
  UNUSED(ExposeSnapshot(VSS_ID, VSS_PWSZ, LONG, VSS_PWSZ, VSS_PWSZ *))
  UNUSED(RevertToSnapshot(VSS_ID, WINBOOL))
  UNUSED(QueryRevertStatus(VSS_PWSZ, IVssAsync **))
};
}

IVssBackupComponents *makeComponents() {
  if (GetEnvironmentVariableW(L"VSS_DOUBLE_RESET", nullptr, 0) > 0) {
    SetEnvironmentVariableW(L"VSS_DOUBLE_RESET", nullptr);
    attempts = 0;
    forgetSteps();
  }
  return new Components();
}
