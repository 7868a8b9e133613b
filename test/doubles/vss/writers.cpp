// WRITERS=<file>: UTF-8 lines, fields separated by |.
//   writer|<name>            exclude|<path>|<specification>|<recursive: 0 or 1>
//   component|<type>|<logical path>|<name>|<selectable>      file|, database|, log|<path>|<specification>|<recursive>
// WRITER_STATE=<name>=<state>,<HRESULT>[,<attempts>]: the state of that writer after a snapshot, in the first attempts.
#include "double.h"
#include <cstdio>

static std::vector<std::wstring> split(const std::wstring &text, wchar_t separator) {
  std::vector<std::wstring> parts(1);
  for (wchar_t c : text) {
    if (c == separator) parts.emplace_back();
    else parts.back() += c;
  }
  return parts;
}

static std::wstring readText(const std::wstring &file) {
  std::string bytes;
  if (FILE *stream = _wfopen(file.c_str(), L"rb")) {
    char block[4096];
    for (size_t read; (read = fread(block, 1, sizeof block, stream)) > 0;) bytes.append(block, read);
    fclose(stream);
  }
  std::wstring text(MultiByteToWideChar(CP_UTF8, 0, bytes.data(), (int)bytes.size(), nullptr, 0), L'\0');
  MultiByteToWideChar(CP_UTF8, 0, bytes.data(), (int)bytes.size(), &text[0], (int)text.size());
  return text;
}

std::vector<WriterSpec> readWriters() {
  std::vector<WriterSpec> writers;
  for (const std::wstring &line : split(readText(setting(L"WRITERS")), L'\n')) {
    std::vector<std::wstring> fields = split(line, L'|');
    const std::wstring &kind = fields[0];
    if (kind == L"writer") {
      unsigned long number = (unsigned long)writers.size() + 1;
      writers.push_back({GUID{0xaaaa0000 + number, 1, 2, {3, 4, 5, 6, 7, 8, 9, 10}},
                         GUID{0xbbbb0000 + number, 1, 2, {3, 4, 5, 6, 7, 8, 9, 10}}, fields[1], {}, {}});
    } else if (kind == L"component") {
      auto type = (VSS_COMPONENT_TYPE)wcstol(fields[1].c_str(), nullptr, 10);
      writers.back().components.push_back({type, fields[2], fields[3], fields[4] == L"1", {}, {}, {}});
    } else if (fields.size() == 4) {
      FileSpec file{fields[1], fields[2], fields[3] == L"1"};
      if (kind == L"exclude") writers.back().excluded.push_back(file);
      else if (kind == L"file") writers.back().components.back().files.push_back(file);
      else if (kind == L"database") writers.back().components.back().databases.push_back(file);
      else writers.back().components.back().logs.push_back(file);
    }
  }
  return writers;
}

void stateOf(const WriterSpec &writer, int attempt, VSS_WRITER_STATE *state, HRESULT *failure) {
  *state = attempt == 0 ? VSS_WS_STABLE : VSS_WS_WAITING_FOR_BACKUP_COMPLETE;
  *failure = S_OK;
  std::wstring given = setting(L"WRITER_STATE");
  if (given.compare(0, writer.name.size() + 1, writer.name + L"=") != 0) return;
  std::vector<std::wstring> fields = split(given.substr(writer.name.size() + 1), L',');
  if (fields.size() > 2 && attempt > wcstol(fields[2].c_str(), nullptr, 10)) return;
  auto failed = (VSS_WRITER_STATE)wcstol(fields[0].c_str(), nullptr, 10);
  if (attempt == 0 && failed != VSS_WS_FAILED_AT_PREPARE_BACKUP) return;
  *state = failed;
  *failure = (HRESULT)wcstoul(fields[1].c_str(), nullptr, 16);
}

#define UNUSED(signature) \
  HRESULT STDMETHODCALLTYPE signature override { return misuse("unexpected " #signature, E_NOTIMPL); }
#define STEP(name) \
  do { \
    HRESULT injected = reach(name); \
    if (FAILED(injected)) return injected; \
  } while (0)

namespace {
HRESULT give(BSTR *target, const std::wstring &text) {
  *target = SysAllocStringLen(text.data(), (UINT)text.size());
  return S_OK;
}

struct FileDescription : Object<IVssWMFiledesc> {
  FileSpec file;
  FileDescription(const FileSpec &file) : file(file) {}
  HRESULT STDMETHODCALLTYPE GetPath(BSTR *path) override {
    STEP("GetPath");
    return give(path, file.path);
  }
  HRESULT STDMETHODCALLTYPE GetFilespec(BSTR *specification) override {
    STEP("GetFilespec");
    return give(specification, file.specification);
  }
  HRESULT STDMETHODCALLTYPE GetRecursive(boolean *recursive) override {
    STEP("GetRecursive");
    *recursive = file.recursive;
    return S_OK;
  }
  UNUSED(GetAlternateLocation(BSTR *))
  UNUSED(GetBackupTypeMask(DWORD *))
};

HRESULT giveFile(const std::vector<FileSpec> &files, UINT index, IVssWMFiledesc **file) {
  if (index >= files.size()) return misuse("a file that is not there", VSS_E_OBJECT_NOT_FOUND);
  *file = new FileDescription(files[index]);
  return S_OK;
}

struct ComponentDescription : Object<IVssWMComponent> {
  ComponentSpec component;
  ComponentDescription(const ComponentSpec &component) : component(component) {}
  HRESULT STDMETHODCALLTYPE GetComponentInfo(PVSSCOMPONENTINFO *info) override {
    STEP("GetComponentInfo");
    auto *made = new VSS_COMPONENTINFO{};
    made->type = component.type;
    // A writer may give no logical path at all.
    made->bstrLogicalPath = component.logicalPath.empty() ? nullptr : SysAllocString(component.logicalPath.c_str());
    made->bstrComponentName = SysAllocString(component.name.c_str());
    made->bSelectable = component.selectable;
    made->cFileCount = (UINT)component.files.size();
    made->cDatabases = (UINT)component.databases.size();
    made->cLogFiles = (UINT)component.logs.size();
    InterlockedIncrement(&liveObjects);
    *info = made;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE FreeComponentInfo(PVSSCOMPONENTINFO info) override {
    SysFreeString(info->bstrLogicalPath);
    SysFreeString(info->bstrComponentName);
    delete info;
    InterlockedDecrement(&liveObjects);
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE GetFile(UINT index, IVssWMFiledesc **file) override {
    STEP("GetFile");
    return giveFile(component.files, index, file);
  }
  HRESULT STDMETHODCALLTYPE GetDatabaseFile(UINT index, IVssWMFiledesc **file) override {
    STEP("GetDatabaseFile");
    return giveFile(component.databases, index, file);
  }
  HRESULT STDMETHODCALLTYPE GetDatabaseLogFile(UINT index, IVssWMFiledesc **file) override {
    STEP("GetDatabaseLogFile");
    return giveFile(component.logs, index, file);
  }
  UNUSED(GetDependency(UINT, IVssWMDependency **))
};

struct Metadata : Object<IVssExamineWriterMetadata> {
  WriterSpec writer;
  Metadata(const WriterSpec &writer) : writer(writer) {}
  HRESULT STDMETHODCALLTYPE GetIdentity(VSS_ID *instance, VSS_ID *id, BSTR *name, VSS_USAGE_TYPE *usage,
                                        VSS_SOURCE_TYPE *source) override {
    STEP("GetIdentity");
    *instance = writer.instance;
    *id = writer.writer;
    *usage = VSS_UT_USERDATA;
    *source = VSS_ST_OTHER;
    return give(name, writer.name);
  }
  HRESULT STDMETHODCALLTYPE GetFileCounts(UINT *included, UINT *excluded, UINT *components) override {
    STEP("GetFileCounts");
    *included = 0;
    *excluded = (UINT)writer.excluded.size();
    *components = (UINT)writer.components.size();
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE GetExcludeFile(UINT index, IVssWMFiledesc **file) override {
    STEP("GetExcludeFile");
    return giveFile(writer.excluded, index, file);
  }
  HRESULT STDMETHODCALLTYPE GetComponent(UINT index, IVssWMComponent **component) override {
    STEP("GetComponent");
    if (index >= writer.components.size()) return misuse("a component that is not there", VSS_E_OBJECT_NOT_FOUND);
    *component = new ComponentDescription(writer.components[index]);
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE SaveAsXML(BSTR *xml) override {
    STEP("WriterSaveAsXML");
    return give(xml, L"<WRITER_METADATA><IDENTIFICATION friendlyName=\"" + writer.name + L"\"/></WRITER_METADATA>");
  }
  UNUSED(GetIncludeFile(UINT, IVssWMFiledesc **))
  UNUSED(GetRestoreMethod(VSS_RESTOREMETHOD_ENUM *, BSTR *, BSTR *, VSS_WRITERRESTORE_ENUM *, boolean *, UINT *))
  UNUSED(GetAlternateLocationMapping(UINT, IVssWMFiledesc **))
  UNUSED(GetBackupSchema(DWORD *))
  UNUSED(GetDocument(IXMLDOMDocument **))
  UNUSED(LoadFromXML(BSTR))
};
}

IVssExamineWriterMetadata *examine(const WriterSpec &writer) { return new Metadata(writer); }
