/*
 * Symbolic links. Rules: learn.microsoft.com/windows/win32/api/winbase/nf-winbase-createsymboliclinkw: nothing has the name, a link to a
 * directory says so, and it takes SeCreateSymbolicLinkPrivilege; .../ntifs/ns-ntifs-_reparse_data_buffer: the target is kept as it was
 * given and, where it is absolute, in the system's namespace. Nobody but the double follows what it makes.
 */
#include "ntfs.h"

EXPORT HANDLE WINAPI DoubleCreateFileW(const wchar_t *path, DWORD access, DWORD share, SECURITY_ATTRIBUTES *security, DWORD disposition, DWORD flags, HANDLE model);

static void append(Bytes &bytes, const std::wstring &text) {
  auto *from = (const uint8_t *)text.c_str();
  bytes.insert(bytes.end(), from, from + (text.size() + 1) * 2);
}

static DWORD makeLink(const wchar_t *path, const std::wstring &target) {
  bool absolute = target.compare(0, 4, L"\\\\?\\") == 0;
  if (!CreateDirectoryW(path, nullptr)) return GetLastError();
  HANDLE handle = DoubleCreateFileW(path, GENERIC_READ | GENERIC_WRITE, 7, nullptr, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr);
  if (handle == INVALID_HANDLE_VALUE) return GetLastError();
  forget(handle);
  std::wstring kept = absolute ? L"\\??\\" + target.substr(4) : target;
  Bytes data(20), names;
  append(names, kept);
  append(names, target);
  data.insert(data.end(), names.begin(), names.end());
  *(DWORD *)&data[0] = IO_REPARSE_TAG_SYMLINK;
  *(WORD *)&data[4] = (WORD)(data.size() - 8);
  *(WORD *)&data[10] = (WORD)(kept.size() * 2);
  *(WORD *)&data[12] = (WORD)((kept.size() + 1) * 2);
  *(WORD *)&data[14] = (WORD)(target.size() * 2);
  *(DWORD *)&data[16] = absolute ? 0 : 1;
  DWORD code = setReparsePoint(handle, data.data(), data.size());
  CloseHandle(handle);
  if (code) RemoveDirectoryW(path);
  return code;
}

EXPORT BOOLEAN WINAPI DoubleCreateSymbolicLinkW(const wchar_t *path, const wchar_t *target, DWORD flags) {
  DWORD code = injected("CreateSymbolicLinkW");
  if (code == 0) code = flags == SYMBOLIC_LINK_FLAG_DIRECTORY ? makeLink(path, target) : ERROR_NOT_SUPPORTED;
  std::wstring text(path);
  trace("CreateSymbolicLinkW %ls to %ls = %lu", text.substr(text.find_last_of(L'\\') + 1).c_str(), target, code);
  SetLastError(code);
  return code == 0;
}
