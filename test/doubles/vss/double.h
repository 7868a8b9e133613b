// A double of vssapi.dll. Objects derive from the interfaces of the SDK's headers, so that the order of methods and the
// layout of structures are the compiler's; it refuses what VSS refuses, and writes down who calls what.
// Settings are environment variables, read anew at each use: VSS_DOUBLE_<name>, see settings.cpp.
#pragma once
#include <windows.h>
#include <vss.h>
#include <vswriter.h>
#include <vsbackup.h>
#include <memory>
#include <string>
#include <vector>

extern LONG liveObjects;

/** Counts what has to be given back. */
struct Counted {
  Counted() { InterlockedIncrement(&liveObjects); }
  virtual ~Counted() { InterlockedDecrement(&liveObjects); }
};

// settings.cpp
std::wstring setting(const wchar_t *name);
/** What is to happen at a step ("StartSnapshotSet", "DoSnapshotSet.Async"): dies, blocks, or gives what it fails with. */
HRESULT reach(const std::string &step);
/** Whether an operation never ends ("deaf": not even when it is cancelled). */
bool hangs(const std::string &step);
bool isDeaf(const std::string &step);
void forgetSteps();

// trace.cpp
void trace(const char *format, ...) __attribute__((format(gnu_printf, 1, 2)));
HRESULT misuse(const std::string &what, HRESULT result);
std::string narrow(const wchar_t *text);
std::string nameOf(const GUID &id);

// writers.cpp
struct FileSpec {
  std::wstring path, specification;
  bool recursive;
};
struct ComponentSpec {
  VSS_COMPONENT_TYPE type;
  std::wstring logicalPath, name;
  bool selectable;
  std::vector<FileSpec> files, databases, logs;
};
struct WriterSpec {
  GUID instance, writer;
  std::wstring name;
  std::vector<FileSpec> excluded;
  std::vector<ComponentSpec> components;
};
std::vector<WriterSpec> readWriters();
IVssExamineWriterMetadata *examine(const WriterSpec &writer);
/** State and failure of a writer once a snapshot was made; `attempt` counts from 1. */
void stateOf(const WriterSpec &writer, int attempt, VSS_WRITER_STATE *state, HRESULT *failure);

// store.cpp: what exists on the machine, as files, so that it outlives processes as it does in reality
struct StoredSnapshot {
  GUID id, set;
  std::wstring volume, device;
  LONG attributes;
  DWORD process;
  LONGLONG createdAt;
};
std::vector<StoredSnapshot> storedSnapshots();
bool findSnapshot(const GUID &id, StoredSnapshot *found);
void makeSnapshot(StoredSnapshot &snapshot);
void removeSnapshot(const GUID &id);
bool beginCreation();
void endCreation();
std::wstring rootOf(const std::wstring &volume);
void fill(VSS_SNAPSHOT_PROP *properties, const StoredSnapshot &snapshot, LONG count);
void freeStrings(VSS_SNAPSHOT_PROP *properties);
IVssEnumObject *enumerate();

// async.cpp
/** Shared by a requester and its operations. */
struct Progress {
  std::string running;
  bool failed = false;
};
IVssAsync *startOperation(const std::string &name, std::shared_ptr<Progress> progress);

// components.cpp
IVssBackupComponents *makeComponents();

template <typename Interface> struct Object : Interface, Counted {
  LONG references = 1;
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID, void **object) override {
    *object = nullptr;
    return E_NOINTERFACE;
  }
  ULONG STDMETHODCALLTYPE AddRef() override { return InterlockedIncrement(&references); }
  ULONG STDMETHODCALLTYPE Release() override {
    LONG left = InterlockedDecrement(&references);
    if (left == 0) delete this;
    return left;
  }
};
