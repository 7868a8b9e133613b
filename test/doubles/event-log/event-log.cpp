// The event log as its pages describe it: https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-reporteventw
// Wine accepts events and forgets them.
#include <windows.h>
#include <mutex>
#include <set>
#include <sstream>
#include <string>

static std::mutex guard;
static std::set<std::wstring *> sources;
static std::wstring lastEvent;
static std::string failing;
static DWORD failure;

static const size_t LONGEST_STRING = 31839;
static const size_t LONGEST_SOURCE = 255;

static bool fails(const char *function) {
  if (failing != function) return false;
  SetLastError(failure);
  return true;
}

static BOOL refuse(DWORD code) {
  SetLastError(code);
  return FALSE;
}

extern "C" {
/** The function that fails, and the code it fails with; none for "". */
void DoubleConfigure(const char *function, DWORD code) {
  std::lock_guard<std::mutex> lock(guard);
  failing = function;
  failure = code;
  lastEvent.clear();
}

/** Handles that nobody gave back. */
int DoubleOpenSources() { return (int)sources.size(); }

/** "source|type|category|id|strings|bytes of data|first string"; its length, in units. */
int DoubleLastEvent(wchar_t *buffer, int size) {
  std::lock_guard<std::mutex> lock(guard);
  if ((int)lastEvent.size() > size) return -1;
  lastEvent.copy(buffer, lastEvent.size());
  return (int)lastEvent.size();
}

HANDLE WINAPI DoubleRegisterEventSourceW(LPCWSTR server, LPCWSTR source) {
  std::lock_guard<std::mutex> lock(guard);
  if (fails("RegisterEventSourceW")) return nullptr;
  if (server != nullptr || source == nullptr || *source == 0 || wcslen(source) > LONGEST_SOURCE) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return nullptr;
  }
  return (HANDLE)*sources.insert(new std::wstring(source)).first;
}

BOOL WINAPI DoubleReportEventW(HANDLE handle, WORD type, WORD category, DWORD id, PSID user, WORD count, DWORD size,
                               LPCWSTR *strings, LPVOID data) {
  std::lock_guard<std::mutex> lock(guard);
  if (sources.count((std::wstring *)handle) == 0) return refuse(ERROR_INVALID_HANDLE);
  if (fails("ReportEventW")) return FALSE;
  if (type != EVENTLOG_ERROR_TYPE && type != EVENTLOG_WARNING_TYPE && type != EVENTLOG_INFORMATION_TYPE)
    return refuse(ERROR_INVALID_PARAMETER);
  if (user != nullptr || (size > 0) != (data != nullptr) || (count > 0) != (strings != nullptr))
    return refuse(ERROR_INVALID_PARAMETER);
  for (WORD i = 0; i < count; i++)
    if (wcslen(strings[i]) > LONGEST_STRING) return refuse(RPC_S_INVALID_BOUND);
  std::wostringstream line;
  line << *(std::wstring *)handle << L'|' << type << L'|' << category << L'|' << id << L'|' << count << L'|' << size << L'|';
  if (count > 0) line << strings[0];
  lastEvent = line.str();
  return TRUE;
}

BOOL WINAPI DoubleDeregisterEventSource(HANDLE handle) {
  std::lock_guard<std::mutex> lock(guard);
  if (sources.erase((std::wstring *)handle) == 0) return refuse(ERROR_INVALID_HANDLE);
  delete (std::wstring *)handle;
  return TRUE;
}

BOOL WINAPI DllMain(HINSTANCE, DWORD, LPVOID) { return TRUE; }
}
