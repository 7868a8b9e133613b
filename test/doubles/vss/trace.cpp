// TRACE=<file>: one line per call. GUIDs appear as #1, #2 in the order in which the process first met them.
#include "double.h"
#include <cstdarg>
#include <cstdio>
#include <map>
#include <mutex>

static std::mutex guard;

void trace(const char *format, ...) {
  char line[2048];
  va_list values;
  va_start(values, format);
  int length = vsnprintf(line, sizeof line - 2, format, values);
  va_end(values);
  std::wstring file = setting(L"TRACE");
  if (file.empty() || length < 0) return;
  if (length > (int)sizeof line - 2) length = sizeof line - 2;
  line[length++] = '\n';
  std::lock_guard<std::mutex> lock(guard);
  HANDLE handle = CreateFileW(file.c_str(), FILE_APPEND_DATA, 7, nullptr, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
  if (handle == INVALID_HANDLE_VALUE) return;
  DWORD written;
  WriteFile(handle, line, length, &written, nullptr);
  CloseHandle(handle);
}

HRESULT misuse(const std::string &what, HRESULT result) {
  trace("MISUSE %s", what.c_str());
  return result;
}

std::string narrow(const wchar_t *text) {
  if (!text) return "(null)";
  int length = WideCharToMultiByte(CP_UTF8, 0, text, -1, nullptr, 0, nullptr, nullptr);
  std::string result(length, '\0');
  WideCharToMultiByte(CP_UTF8, 0, text, -1, &result[0], length, nullptr, nullptr);
  result.resize(length - 1);
  return result;
}

std::string nameOf(const GUID &id) {
  if (id == GUID{}) return "none";
  static std::map<std::string, int> known;
  std::lock_guard<std::mutex> lock(guard);
  int &number = known[std::string((const char *)&id, sizeof id)];
  if (number == 0) number = (int)known.size();
  return "#" + std::to_string(number);
}
