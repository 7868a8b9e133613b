// FindFirstFileNameW and FindNextFileNameW, which Wine lacks: they tell the names a test has set.
#define UNICODE
#include <windows.h>
#include <set>
#include <string>
#include <vector>

namespace {

std::vector<std::wstring> names;
DWORD failure = 0;

struct Search {
  size_t next;
};
std::set<Search *> searches;

BOOL give(Search *search, DWORD *length, wchar_t *buffer) {
  if (search->next >= names.size()) {
    SetLastError(ERROR_HANDLE_EOF);
    return FALSE;
  }
  const std::wstring &name = names[search->next];
  DWORD needed = static_cast<DWORD>(name.size() + 1);
  if (*length < needed) {
    *length = needed;
    SetLastError(ERROR_MORE_DATA);
    return FALSE;
  }
  memcpy(buffer, name.c_str(), needed * sizeof(wchar_t));
  *length = needed;
  search->next++;
  return TRUE;
}

} // namespace

extern "C" {

// Names from the root of the volume, separated by "|"; or the error of the first call.
__declspec(dllexport) void DoubleSetNames(const wchar_t *list, DWORD error) {
  names.clear();
  failure = error;
  std::wstring name;
  for (const wchar_t *at = list;; at++) {
    if (*at != L'|' && *at != 0) {
      name += *at;
      continue;
    }
    if (!name.empty()) names.push_back(name);
    name.clear();
    if (*at == 0) break;
  }
}

__declspec(dllexport) int DoubleOpenSearches() { return static_cast<int>(searches.size()); }

__declspec(dllexport) HANDLE WINAPI DoubleFindFirstFileNameW(const wchar_t *, DWORD, DWORD *length, wchar_t *buffer) {
  if (failure != 0) {
    SetLastError(failure);
    return INVALID_HANDLE_VALUE;
  }
  Search *search = new Search{0};
  if (!give(search, length, buffer)) {
    delete search;
    return INVALID_HANDLE_VALUE;
  }
  searches.insert(search);
  return search;
}

__declspec(dllexport) BOOL WINAPI DoubleFindNextFileNameW(HANDLE handle, DWORD *length, wchar_t *buffer) {
  return give(static_cast<Search *>(handle), length, buffer);
}

__declspec(dllexport) BOOL WINAPI DoubleFindClose(HANDLE handle) {
  Search *search = static_cast<Search *>(handle);
  if (searches.erase(search) == 0) return FindClose(handle);
  delete search;
  return TRUE;
}
}
