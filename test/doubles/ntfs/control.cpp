/*
 * Control codes. Rules: learn.microsoft.com/windows/win32/fileio/reparse-points-and-file-operations,
 * .../openspecs/windows_protocols/ms-fsa (2.1.5.10.37 FSCTL_SET_REPARSE_POINT): a mount point only on an empty directory, a symbolic link only
 * on an empty file or directory, no change of the tag; symbolic links need SeCreateSymbolicLinkPrivilege;
 * .../windows/win32/api/winioctl/ni-winioctl-fsctl_set_compression (read and write access), -fsctl_set_sparse, -fsctl_query_allocated_ranges.
 */
#include "ntfs.h"
#include <cstring>
#include <winioctl.h>

static bool isEmptyDirectory(HANDLE handle) {
  wchar_t path[4096];
  DWORD length = GetFinalPathNameByHandleW(handle, path, 4090, 0);
  WIN32_FIND_DATAW entry;
  HANDLE search = FindFirstFileW((std::wstring(path, length) + L"\\*").c_str(), &entry);
  if (search == INVALID_HANDLE_VALUE) return true;
  int count = 0;
  do count++;
  while (FindNextFileW(search, &entry));
  FindClose(search);
  return count <= 2;
}

DWORD setReparsePoint(HANDLE handle, const uint8_t *data, size_t size) {
  if (!(accessOf(handle) & (FILE_WRITE_DATA | FILE_WRITE_ATTRIBUTES))) return ERROR_ACCESS_DENIED;
  if (size < 8 || size > 16384 || *(const WORD *)(data + 4) + 8u + (*(const DWORD *)data & 0x80000000 ? 0 : 16) != size) return ERROR_INVALID_REPARSE_DATA;
  DWORD tag = *(const DWORD *)data;
  bool directory = attributesOf(handle) & FILE_ATTRIBUTE_DIRECTORY;
  Bytes old;
  if (readItem(handle, L"reparse", old) && *(DWORD *)old.data() != tag) return ERROR_REPARSE_TAG_MISMATCH;
  if (tag == IO_REPARSE_TAG_MOUNT_POINT && !directory) return ERROR_DIRECTORY;
  if (directory && !isEmptyDirectory(handle)) return ERROR_DIR_NOT_EMPTY;
  if (tag == IO_REPARSE_TAG_SYMLINK && !directory && sizeOf(handle) != 0) return ERROR_INVALID_REPARSE_DATA;
  if (tag == IO_REPARSE_TAG_SYMLINK && !holds("SeCreateSymbolicLinkPrivilege")) return ERROR_PRIVILEGE_NOT_HELD;
  if (setting(L"REPARSE") == L"refuse") return ERROR_INVALID_FUNCTION;
  writeItem(handle, L"reparse", data, size);
  setAttribute(handle, FILE_ATTRIBUTE_REPARSE_POINT, 0);
  return 0;
}

static DWORD getReparsePoint(HANDLE handle, void *out, DWORD size, DWORD *got) {
  Bytes data;
  if (!readItem(handle, L"reparse", data)) return ERROR_NOT_A_REPARSE_POINT;
  if (data.size() > size) return ERROR_MORE_DATA;
  memcpy(out, data.data(), data.size());
  *got = (DWORD)data.size();
  return 0;
}

static DWORD ranges(HANDLE handle, const void *in, DWORD inSize, void *out, DWORD size, DWORD *got) {
  if (inSize < 16) return ERROR_INVALID_PARAMETER;
  if (!(accessOf(handle) & FILE_READ_DATA)) return ERROR_ACCESS_DENIED;
  const uint64_t *asked = (const uint64_t *)in;
  std::vector<Range> found;
  if (attributesOf(handle) & FILE_ATTRIBUTE_SPARSE_FILE) found = allocatedRanges(handle, asked[0], asked[1]);
  else if (asked[0] < sizeOf(handle)) found.push_back({asked[0], sizeOf(handle) - asked[0]});
  size_t fit = size / sizeof(Range) < found.size() ? size / sizeof(Range) : found.size();
  memcpy(out, found.data(), fit * sizeof(Range));
  *got = (DWORD)(fit * sizeof(Range));
  return fit < found.size() ? ERROR_MORE_DATA : 0;
}

static DWORD compress(HANDLE handle, const void *in, DWORD inSize) {
  constexpr ACCESS_MASK needed = FILE_READ_DATA | FILE_WRITE_DATA;
  if (inSize < 2) return ERROR_INVALID_PARAMETER;
  if ((accessOf(handle) & needed) != needed) return ERROR_ACCESS_DENIED;
  if (setting(L"COMPRESSION") == L"refuse") return ERROR_INVALID_FUNCTION;
  if (attributesOf(handle) & FILE_ATTRIBUTE_ENCRYPTED) return ERROR_INVALID_FUNCTION;
  if (*(const WORD *)in) setAttribute(handle, FILE_ATTRIBUTE_COMPRESSED, 0);
  else setAttribute(handle, 0, FILE_ATTRIBUTE_COMPRESSED);
  return 0;
}

EXPORT BOOL WINAPI DoubleDeviceIoControl(HANDLE handle, DWORD control, void *in, DWORD inSize, void *out, DWORD outSize, DWORD *got, OVERLAPPED *overlapped) {
  const char *name = control == FSCTL_GET_REPARSE_POINT        ? "FSCTL_GET_REPARSE_POINT"
                     : control == FSCTL_SET_REPARSE_POINT      ? "FSCTL_SET_REPARSE_POINT"
                     : control == FSCTL_SET_SPARSE             ? "FSCTL_SET_SPARSE"
                     : control == FSCTL_QUERY_ALLOCATED_RANGES ? "FSCTL_QUERY_ALLOCATED_RANGES"
                     : control == FSCTL_SET_COMPRESSION        ? "FSCTL_SET_COMPRESSION"
                                                               : nullptr;
  if (!name) return DeviceIoControl(handle, control, in, inSize, out, outSize, got, overlapped);
  DWORD code = injected(name);
  *got = 0;
  if (code == 0) switch (control) {
      case FSCTL_GET_REPARSE_POINT: code = getReparsePoint(handle, out, outSize, got); break;
      case FSCTL_SET_REPARSE_POINT: code = setReparsePoint(handle, (const uint8_t *)in, inSize); break;
      case FSCTL_QUERY_ALLOCATED_RANGES: code = ranges(handle, in, inSize, out, outSize, got); break;
      case FSCTL_SET_COMPRESSION: code = compress(handle, in, inSize); break;
      default:
        if (setting(L"SPARSE") == L"refuse") code = ERROR_INVALID_FUNCTION;
        else if (!(accessOf(handle) & FILE_WRITE_DATA)) code = ERROR_ACCESS_DENIED;
        else setAttribute(handle, FILE_ATTRIBUTE_SPARSE_FILE, 0);
    }
  trace("DeviceIoControl %s %s = %lu", leafOf(handle).c_str(), name, code);
  SetLastError(code);
  return code == 0;
}
