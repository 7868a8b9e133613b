#include "ntfs.h"
#include <cstdarg>
#include <cstdio>
#include <map>
#include <mutex>

static std::recursive_mutex guard;
static std::map<std::wstring, std::wstring> settings;
static std::map<std::string, int> calls;

/** Settings: STORE, TRACE (files), FAIL (`function:nth[+]:code,…`), PRIVILEGES, EFS, LINKS. Also `MIRRORBACKUP_DOUBLE_<name>`. */
EXPORT void DoubleConfigure(const wchar_t *name, const wchar_t *value) {
  std::lock_guard<std::recursive_mutex> lock(guard);
  settings[name] = value;
  if (std::wstring(name) == L"FAIL") calls.clear();
}

std::wstring setting(const wchar_t *name) {
  std::lock_guard<std::recursive_mutex> lock(guard);
  auto found = settings.find(name);
  if (found != settings.end()) return found->second;
  wchar_t value[2048];
  DWORD length = GetEnvironmentVariableW((std::wstring(L"MIRRORBACKUP_DOUBLE_") + name).c_str(), value, 2048);
  return settings[name] = std::wstring(value, length);
}

static std::string narrow(const std::wstring &text) {
  int length = WideCharToMultiByte(CP_UTF8, 0, text.data(), (int)text.size(), nullptr, 0, nullptr, nullptr);
  std::string result(length, 0);
  WideCharToMultiByte(CP_UTF8, 0, text.data(), (int)text.size(), &result[0], length, nullptr, nullptr);
  return result;
}

bool holds(const char *privilege) {
  std::string held = narrow(setting(L"PRIVILEGES"));
  return held.empty() || ("," + held + ",").find(std::string(",") + privilege + ",") != std::string::npos;
}

DWORD injected(const char *function) {
  std::lock_guard<std::recursive_mutex> lock(guard);
  std::string rules = narrow(setting(L"FAIL"));
  if (rules.empty()) return 0;
  int nth = ++calls[function];
  std::string prefix = std::string(function) + ":";
  for (size_t at = 0; at < rules.size();) {
    size_t end = rules.find(',', at);
    if (end == std::string::npos) end = rules.size();
    std::string rule = rules.substr(at, end - at);
    at = end + 1;
    if (rule.compare(0, prefix.size(), prefix) != 0) continue;
    char *rest;
    long from = strtol(rule.c_str() + prefix.size(), &rest, 10);
    bool onwards = *rest == '+';
    if (onwards) rest++;
    if (*rest == ':' && (onwards ? nth >= from : nth == from)) return (DWORD)strtoul(rest + 1, nullptr, 0);
  }
  return 0;
}

void trace(const char *format, ...) {
  DWORD error = GetLastError();
  std::lock_guard<std::recursive_mutex> lock(guard);
  std::wstring path = setting(L"TRACE");
  if (!path.empty()) {
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line - 1, format, arguments);
    va_end(arguments);
    if (length > (int)sizeof line - 2) length = sizeof line - 2;
    line[length++] = '\n';
    HANDLE file = CreateFileW(path.c_str(), FILE_APPEND_DATA, 7, nullptr, OPEN_ALWAYS, 0, nullptr);
    if (file != INVALID_HANDLE_VALUE) {
      DWORD written;
      WriteFile(file, line, length, &written, nullptr);
      CloseHandle(file);
    }
  }
  SetLastError(error);
}

std::string leafOf(HANDLE handle) {
  wchar_t path[4096];
  DWORD length = GetFinalPathNameByHandleW(handle, path, 4096, 0);
  if (length == 0 || length >= 4096) return "?";
  std::wstring text(path, length);
  return narrow(text.substr(text.find_last_of(L'\\') + 1));
}

BOOL refuse(const char *function, HANDLE handle, DWORD code) {
  trace("%s %s = %lu", function, leafOf(handle).c_str(), code);
  SetLastError(code);
  return FALSE;
}
