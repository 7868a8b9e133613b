/* For tests: puts on a file what no call of the system creates here (object id, cloud attributes, EFS, transactional data) and shows what is there. */
#include "ntfs.h"
#include <cstring>

static HANDLE openItem(const wchar_t *path) {
  return CreateFileW(path, FILE_READ_ATTRIBUTES, 7, nullptr, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, nullptr);
}

/** @param item `security`, `ea`, `reparse`, `object-id`, `txfs`, or a stream as `:name` */
EXPORT BOOL DoublePutItem(const wchar_t *path, const wchar_t *item, const uint8_t *data, DWORD size) {
  HANDLE handle = openItem(path);
  if (handle == INVALID_HANDLE_VALUE) return FALSE;
  bool done = writeItem(handle, item[0] == L':' ? streamItem(item) : item, data, size);
  if (done && wcscmp(item, L"reparse") == 0) setAttribute(handle, FILE_ATTRIBUTE_REPARSE_POINT, 0);
  touch(handle);
  CloseHandle(handle);
  return done;
}

/** Length of the item; -1 when there is none. */
EXPORT int DoubleGetItem(const wchar_t *path, const wchar_t *item, uint8_t *buffer, DWORD size) {
  HANDLE handle = openItem(path);
  Bytes bytes;
  if (handle == INVALID_HANDLE_VALUE) return -2;
  bool found = readItem(handle, item[0] == L':' ? streamItem(item) : item, bytes);
  CloseHandle(handle);
  if (!found) return -1;
  memcpy(buffer, bytes.data(), bytes.size() < size ? bytes.size() : size);
  return (int)bytes.size();
}

EXPORT BOOL DoubleSetAttributes(const wchar_t *path, DWORD set, DWORD clear) {
  HANDLE handle = openItem(path);
  if (handle == INVALID_HANDLE_VALUE) return FALSE;
  setAttribute(handle, set, clear);
  CloseHandle(handle);
  return TRUE;
}

EXPORT BOOL WINAPI DoubleSetFileInformationByHandle(HANDLE handle, FILE_INFO_BY_HANDLE_CLASS kind, void *buffer, DWORD size);

/** In units of 100 ns since 1601. */
EXPORT BOOL DoubleSetTimes(const wchar_t *path, int64_t created, int64_t written) {
  HANDLE handle = CreateFileW(path, FILE_WRITE_ATTRIBUTES | FILE_READ_ATTRIBUTES, 7, nullptr, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, nullptr);
  if (handle == INVALID_HANDLE_VALUE) return FALSE;
  FILE_BASIC_INFO info = {};
  info.CreationTime.QuadPart = created;
  info.LastWriteTime.QuadPart = written;
  BOOL done = DoubleSetFileInformationByHandle(handle, FileBasicInfo, &info, sizeof info);
  CloseHandle(handle);
  return done;
}

EXPORT DWORD DoubleGetAttributes(const wchar_t *path) {
  HANDLE handle = openItem(path);
  if (handle == INVALID_HANDLE_VALUE) return INVALID_FILE_ATTRIBUTES;
  DWORD attributes = attributesOf(handle);
  CloseHandle(handle);
  return attributes;
}
