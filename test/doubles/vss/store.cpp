// STORE=<folder>: a file per snapshot, and `creating` while one is made. DEVICES=<folder>: where device names lead; a
// snapshot is a copy of TREES (folders, separated by ;) there. Snapshots that end with their requester are removed when
// its process is gone, as the service does it.
#include "double.h"
#include <cstdio>
#include <cstring>

static std::wstring text(const GUID &id) {
  wchar_t buffer[40];
  StringFromGUID2(id, buffer, 40);
  return buffer;
}
static std::wstring fileOf(const GUID &id) { return setting(L"STORE") + L"\\" + text(id) + L".snapshot"; }

static bool isAlive(DWORD process) {
  HANDLE handle = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, FALSE, process);
  if (!handle) return false;
  bool alive = WaitForSingleObject(handle, 0) == WAIT_TIMEOUT;
  CloseHandle(handle);
  return alive;
}

static void removeTree(const std::wstring &path) {
  WIN32_FIND_DATAW entry;
  HANDLE search = FindFirstFileW((path + L"\\*").c_str(), &entry);
  if (search != INVALID_HANDLE_VALUE) {
    do {
      std::wstring name = entry.cFileName;
      if (name == L"." || name == L"..") continue;
      if (entry.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) removeTree(path + L"\\" + name);
      else DeleteFileW((path + L"\\" + name).c_str());
    } while (FindNextFileW(search, &entry));
    FindClose(search);
  }
  RemoveDirectoryW(path.c_str());
}

static void makeFolders(const std::wstring &path) {
  for (size_t at = path.find(L'\\', 3); at != std::wstring::npos; at = path.find(L'\\', at + 1))
    CreateDirectoryW(path.substr(0, at).c_str(), nullptr);
  CreateDirectoryW(path.c_str(), nullptr);
}

static void copyTree(const std::wstring &from, const std::wstring &to) {
  makeFolders(to);
  WIN32_FIND_DATAW entry;
  HANDLE search = FindFirstFileW((from + L"\\*").c_str(), &entry);
  if (search == INVALID_HANDLE_VALUE) return;
  do {
    std::wstring name = entry.cFileName;
    if (name == L"." || name == L"..") continue;
    if (entry.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) copyTree(from + L"\\" + name, to + L"\\" + name);
    else CopyFileW((from + L"\\" + name).c_str(), (to + L"\\" + name).c_str(), FALSE);
  } while (FindNextFileW(search, &entry));
  FindClose(search);
}

std::wstring rootOf(const std::wstring &volume) {
  wchar_t names[512];
  DWORD length;
  if (!GetVolumePathNamesForVolumeNameW(volume.c_str(), names, 512, &length)) return L"";
  return names;
}

static std::wstring folderOf(const std::wstring &device) {
  return setting(L"DEVICES") + device.substr(device.rfind(L'\\'));
}

void makeSnapshot(StoredSnapshot &snapshot) {
  std::wstring folder;
  int number = 0;
  do folder = setting(L"DEVICES") + L"\\HarddiskVolumeShadowCopy" + std::to_wstring(++number);
  while (GetFileAttributesW(folder.c_str()) != INVALID_FILE_ATTRIBUTES);
  snapshot.device = L"\\\\?\\GLOBALROOT\\Device" + folder.substr(folder.rfind(L'\\'));
  makeFolders(folder);
  std::wstring root = rootOf(snapshot.volume), trees = setting(L"TREES") + L";", tree;
  for (wchar_t c : trees) {
    if (c != L';') tree += c;
    else {
      if (!tree.empty() && _wcsnicmp(tree.c_str(), root.c_str(), root.size()) == 0)
        copyTree(tree, folder + L"\\" + tree.substr(root.size()));
      tree.clear();
    }
  }
  FILETIME now;
  GetSystemTimeAsFileTime(&now);
  snapshot.createdAt = ((LONGLONG)now.dwHighDateTime << 32) | now.dwLowDateTime;
  // Under its name it is whole: the process of the requester, which this is, may be killed at any moment.
  std::wstring unfinished = fileOf(snapshot.id) + L".new";
  if (FILE *file = _wfopen(unfinished.c_str(), L"wb")) {
    fwrite(&snapshot.id, sizeof(GUID), 1, file);
    fwrite(&snapshot.set, sizeof(GUID), 1, file);
    fwrite(&snapshot.attributes, sizeof(LONG), 1, file);
    fwrite(&snapshot.process, sizeof(DWORD), 1, file);
    fwrite(&snapshot.createdAt, sizeof(LONGLONG), 1, file);
    for (const std::wstring *part : {&snapshot.volume, &snapshot.device}) {
      wchar_t block[256] = {};
      wcsncpy(block, part->c_str(), 255);
      fwrite(block, sizeof block, 1, file);
    }
    fclose(file);
    MoveFileExW(unfinished.c_str(), fileOf(snapshot.id).c_str(), MOVEFILE_REPLACE_EXISTING);
  }
}

void removeSnapshot(const GUID &id) {
  StoredSnapshot found;
  if (!findSnapshot(id, &found)) return;
  removeTree(folderOf(found.device));
  DeleteFileW(fileOf(id).c_str());
}

static bool readSnapshot(const std::wstring &path, StoredSnapshot &snapshot) {
  FILE *file = _wfopen(path.c_str(), L"rb");
  if (!file) return false;
  wchar_t volume[256] = {}, device[256] = {};
  bool whole = fread(&snapshot.id, sizeof(GUID), 1, file) && fread(&snapshot.set, sizeof(GUID), 1, file) &&
               fread(&snapshot.attributes, sizeof(LONG), 1, file) && fread(&snapshot.process, sizeof(DWORD), 1, file) &&
               fread(&snapshot.createdAt, sizeof(LONGLONG), 1, file) && fread(volume, sizeof volume, 1, file) &&
               fread(device, sizeof device, 1, file);
  fclose(file);
  snapshot.volume = volume;
  snapshot.device = device;
  return whole;
}

std::vector<StoredSnapshot> storedSnapshots() {
  std::vector<StoredSnapshot> found;
  std::wstring folder = setting(L"STORE");
  WIN32_FIND_DATAW entry;
  HANDLE search = FindFirstFileW((folder + L"\\*.snapshot").c_str(), &entry);
  if (search == INVALID_HANDLE_VALUE) return found;
  do {
    StoredSnapshot snapshot;
    std::wstring path = folder + L"\\" + entry.cFileName;
    if (!readSnapshot(path, snapshot)) continue;
    if (!(snapshot.attributes & VSS_VOLSNAP_ATTR_NO_AUTO_RELEASE) && !isAlive(snapshot.process)) {
      removeTree(folderOf(snapshot.device));
      DeleteFileW(path.c_str());
    } else found.push_back(snapshot);
  } while (FindNextFileW(search, &entry));
  FindClose(search);
  return found;
}

bool findSnapshot(const GUID &id, StoredSnapshot *found) { return readSnapshot(fileOf(id), *found); }

static std::wstring creationFile() { return setting(L"STORE") + L"\\creating"; }

bool beginCreation() {
  FILE *file = _wfopen(creationFile().c_str(), L"rb");
  DWORD process = 0;
  if (file) {
    bool whole = fread(&process, sizeof process, 1, file) == 1;
    fclose(file);
    if (whole && isAlive(process)) return false;
  }
  file = _wfopen(creationFile().c_str(), L"wb");
  if (!file) return true;
  process = GetCurrentProcessId();
  fwrite(&process, sizeof process, 1, file);
  fclose(file);
  return true;
}

void endCreation() { DeleteFileW(creationFile().c_str()); }

static VSS_PWSZ give(const std::wstring &text) {
  auto *copy = (VSS_PWSZ)CoTaskMemAlloc((text.size() + 1) * sizeof(wchar_t));
  memcpy(copy, text.c_str(), (text.size() + 1) * sizeof(wchar_t));
  return copy;
}

void fill(VSS_SNAPSHOT_PROP *properties, const StoredSnapshot &snapshot, LONG count) {
  memset(properties, 0, sizeof *properties);
  properties->m_SnapshotId = snapshot.id;
  properties->m_SnapshotSetId = snapshot.set;
  properties->m_lSnapshotsCount = count;
  properties->m_pwszSnapshotDeviceObject = give(snapshot.device);
  properties->m_pwszOriginalVolumeName = give(snapshot.volume);
  properties->m_pwszOriginatingMachine = give(L"DOUBLE");
  properties->m_pwszServiceMachine = give(L"DOUBLE");
  properties->m_ProviderId = GUID{0xb5946137, 0x7b9f, 0x4925, {0xaf, 0x80, 0x51, 0xab, 0xd6, 0x0b, 0x20, 0xd5}};
  properties->m_lSnapshotAttributes = snapshot.attributes;
  properties->m_tsCreationTimestamp = snapshot.createdAt;
  properties->m_eStatus = VSS_SS_CREATED;
  InterlockedIncrement(&liveObjects);
}

void freeStrings(VSS_SNAPSHOT_PROP *properties) {
  for (VSS_PWSZ text : {properties->m_pwszSnapshotDeviceObject, properties->m_pwszOriginalVolumeName,
                        properties->m_pwszOriginatingMachine, properties->m_pwszServiceMachine})
    CoTaskMemFree(text);
  InterlockedDecrement(&liveObjects);
}

namespace {
struct Enumeration : Object<IVssEnumObject> {
  std::vector<StoredSnapshot> snapshots = storedSnapshots();
  size_t next = 0;
  HRESULT STDMETHODCALLTYPE Next(ULONG count, VSS_OBJECT_PROP *objects, ULONG *fetched) override {
    *fetched = 0;
    HRESULT injected = reach("Next");
    if (FAILED(injected)) return injected;
    while (*fetched < count && next < snapshots.size()) {
      objects[*fetched].Type = VSS_OBJECT_SNAPSHOT;
      fill(&objects[(*fetched)++].Obj.Snap, snapshots[next++], 1);
    }
    return *fetched < count ? S_FALSE : S_OK;
  }
  HRESULT STDMETHODCALLTYPE Skip(ULONG) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE Reset() override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE Clone(IVssEnumObject **) override { return E_NOTIMPL; }
};
}

IVssEnumObject *enumerate() { return new Enumeration(); }
