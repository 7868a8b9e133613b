// FAIL, HANG and DIE name steps: a method, or "<method>.Async" for the operation that it starts.
//   FAIL=StartSnapshotSet=80042316;DoSnapshotSet.Async@2=8004230f   HRESULT by step; @n: only the nth time, @n-: up to then
//   HANG=GatherWriterMetadata.Async    never ends unless cancelled; with "Deaf" for "Async": not even then
//   HANG=StartSnapshotSet              blocks for BLOCK_MS
//   DIE=PrepareForBackup.Async         ends the process
#include "double.h"
#include <map>
#include <mutex>

static std::mutex guard;
static std::map<std::string, int> reached;

std::wstring setting(const wchar_t *name) {
  std::wstring variable = std::wstring(L"VSS_DOUBLE_") + name;
  std::wstring value(32768, L'\0');
  value.resize(GetEnvironmentVariableW(variable.c_str(), &value[0], (DWORD)value.size()));
  return value;
}

static std::vector<std::string> entries(const wchar_t *name) {
  std::vector<std::string> found(1);
  for (char c : narrow(setting(name).c_str())) {
    if (c == ';') found.emplace_back();
    else found.back() += c;
  }
  return found;
}

static bool names(const wchar_t *variable, const std::string &step) {
  for (const std::string &entry : entries(variable))
    if (entry == step) return true;
  return false;
}

HRESULT reach(const std::string &step) {
  int time;
  {
    std::lock_guard<std::mutex> lock(guard);
    time = ++reached[step];
  }
  if (names(L"DIE", step)) TerminateProcess(GetCurrentProcess(), 99);
  if (step.find('.') == std::string::npos && names(L"HANG", step)) {
    std::wstring block = setting(L"BLOCK_MS");
    Sleep(block.empty() ? 2000 : wcstoul(block.c_str(), nullptr, 10));
  }
  for (const std::string &entry : entries(L"FAIL")) {
    size_t equals = entry.find('='), at = entry.find('@');
    if (equals == std::string::npos || entry.substr(0, at < equals ? at : equals) != step) continue;
    if (at < equals) {
      int wanted = atoi(entry.c_str() + at + 1);
      if (entry[equals - 1] == '-' ? time > wanted : time != wanted) continue;
    }
    return (HRESULT)strtoul(entry.c_str() + equals + 1, nullptr, 16);
  }
  return S_OK;
}

bool hangs(const std::string &step) { return names(L"HANG", step + ".Async") || isDeaf(step); }
bool isDeaf(const std::string &step) { return names(L"HANG", step + ".Deaf"); }

void forgetSteps() {
  std::lock_guard<std::mutex> lock(guard);
  reached.clear();
}
