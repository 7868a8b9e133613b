/* Reading and writing: errors are injected, recalls noticed. learn.microsoft.com/windows/win32/fileio/file-attribute-constants (RECALL_*). */
#include "ntfs.h"

EXPORT BOOL WINAPI DoubleReadFile(HANDLE handle, void *buffer, DWORD size, DWORD *got, OVERLAPPED *overlapped) {
  DWORD code = injected("ReadFile");
  if (code == 0 && !(accessOf(handle) & FILE_READ_DATA)) code = ERROR_ACCESS_DENIED;
  if (code) return refuse("ReadFile", handle, code);
  if (attributesOf(handle) & RECALL_ATTRIBUTES) trace("RECALLED %s", leafOf(handle).c_str());
  return ReadFile(handle, buffer, size, got, overlapped);
}

EXPORT BOOL WINAPI DoubleWriteFile(HANDLE handle, const void *buffer, DWORD size, DWORD *put, OVERLAPPED *overlapped) {
  DWORD code = injected("WriteFile");
  if (code == 0 && !(accessOf(handle) & (FILE_WRITE_DATA | FILE_APPEND_DATA))) code = ERROR_ACCESS_DENIED;
  if (code) return refuse("WriteFile", handle, code);
  return WriteFile(handle, buffer, size, put, overlapped);
}
