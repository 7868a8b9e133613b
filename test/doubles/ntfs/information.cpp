/*
 * Attributes, creation time, stream list, dispositions and renames by handle. Rules:
 * learn.microsoft.com/windows/win32/api/winbase/ns-winbase-file_basic_info (zero leaves a field as it is),
 * .../windows-hardware/drivers/ddi/ntddk/ns-ntddk-_file_disposition_information_ex (READONLY forbids removal without IGNORE_READONLY_ATTRIBUTE),
 * .../ns-winbase-file_stream_info.
 */
#include "ntfs.h"
#include <cstring>

struct Kept { DWORD attributes; DWORD known; int64_t created; };

static Kept keptOf(HANDLE handle) {
  Kept kept = {};
  Bytes bytes;
  if (readItem(handle, L"basic", bytes) && bytes.size() == sizeof kept) memcpy(&kept, bytes.data(), sizeof kept);
  return kept;
}

static void keep(HANDLE handle, const Kept &kept) { writeItem(handle, L"basic", &kept, sizeof kept); }

static DWORD merged(HANDLE handle, DWORD real) {
  Kept kept = keptOf(handle);
  if (!kept.known) return real;
  DWORD attributes = (kept.attributes & ~FILE_ATTRIBUTE_NORMAL) | (real & FILE_ATTRIBUTE_DIRECTORY);
  return attributes ? attributes : FILE_ATTRIBUTE_NORMAL;
}

DWORD attributesOf(HANDLE handle) {
  BY_HANDLE_FILE_INFORMATION info;
  return GetFileInformationByHandle(handle, &info) ? merged(handle, info.dwFileAttributes) : 0;
}

void setAttribute(HANDLE handle, DWORD set, DWORD clear) {
  Kept kept = keptOf(handle);
  kept.attributes = (attributesOf(handle) | set) & ~clear;
  kept.known = 1;
  keep(handle, kept);
  touch(handle);
}

static void patchBasic(HANDLE handle, FILE_BASIC_INFO *info) {
  Kept kept = keptOf(handle);
  if (kept.created) info->CreationTime.QuadPart = kept.created;
  info->FileAttributes = merged(handle, info->FileAttributes);
}

static DWORD tagOf(HANDLE handle) {
  Bytes data;
  return readItem(handle, L"reparse", data) && data.size() >= 4 ? *(DWORD *)data.data() : 0;
}

static DWORD listStreams(HANDLE handle, uint8_t *buffer, DWORD size, DWORD *used) {
  std::vector<NamedStream> streams = namedStreams(handle);
  if (!(attributesOf(handle) & FILE_ATTRIBUTE_DIRECTORY)) streams.insert(streams.begin(), {L"::$DATA", sizeOf(handle)});
  if (streams.empty()) return ERROR_HANDLE_EOF;
  DWORD at = 0;
  for (size_t i = 0; i < streams.size(); i++) {
    DWORD length = (DWORD)streams[i].name.size() * 2, entry = 24 + length;
    if (at + entry > size) return ERROR_MORE_DATA;
    bool last = i + 1 == streams.size();
    DWORD next = last ? 0 : (entry + 7) & ~7u;
    memcpy(buffer + at, &next, 4);
    memcpy(buffer + at + 4, &length, 4);
    memcpy(buffer + at + 8, &streams[i].size, 8);
    memcpy(buffer + at + 16, &streams[i].size, 8);
    memcpy(buffer + at + 24, streams[i].name.data(), length);
    at += last ? entry : next;
  }
  *used = at;
  return 0;
}

EXPORT BOOL WINAPI DoubleGetFileInformationByHandle(HANDLE handle, BY_HANDLE_FILE_INFORMATION *info) {
  DWORD code = injected("GetFileInformationByHandle");
  if (code) return refuse("GetFileInformationByHandle", handle, code);
  if (!GetFileInformationByHandle(handle, info)) return FALSE;
  Kept kept = keptOf(handle);
  info->dwFileAttributes = merged(handle, info->dwFileAttributes);
  if (kept.created) memcpy(&info->ftCreationTime, &kept.created, 8);
  return TRUE;
}

EXPORT BOOL WINAPI DoubleGetFileInformationByHandleEx(HANDLE handle, FILE_INFO_BY_HANDLE_CLASS kind, void *buffer, DWORD size) {
  DWORD code = injected("GetFileInformationByHandleEx"), used;
  if (code) return refuse("GetFileInformationByHandleEx", handle, code);
  if (kind == FileStreamInfo) {
    code = listStreams(handle, (uint8_t *)buffer, size, &used);
    trace("GetFileInformationByHandleEx %s FileStreamInfo = %lu", leafOf(handle).c_str(), code);
    SetLastError(code);
    return code == 0;
  }
  if (kind == FileAttributeTagInfo && size >= 8) {
    ((DWORD *)buffer)[0] = attributesOf(handle);
    ((DWORD *)buffer)[1] = tagOf(handle);
    return TRUE;
  }
  if (!GetFileInformationByHandleEx(handle, kind, buffer, size)) return FALSE;
  if (kind == FileBasicInfo) patchBasic(handle, (FILE_BASIC_INFO *)buffer);
  return TRUE;
}

EXPORT NTSTATUS NTAPI DoubleNtQueryInformationFile(HANDLE handle, IO_STATUS_BLOCK *status, void *buffer, ULONG size, int kind) {
  NTSTATUS code = (NTSTATUS)injected("NtQueryInformationFile");
  if (code) return code;
  constexpr int Basic = 4, Stream = 22, All = 18, Network = 34, AttributeTag = 35;
  if (kind == Stream) {
    DWORD used = 0, win32 = listStreams(handle, (uint8_t *)buffer, size, &used);
    status->Information = used;
    return win32 == 0 || win32 == ERROR_HANDLE_EOF ? 0 : (NTSTATUS)0x80000005;
  }
  if (kind == AttributeTag && size >= 8) {
    ((DWORD *)buffer)[0] = attributesOf(handle);
    ((DWORD *)buffer)[1] = tagOf(handle);
    return 0;
  }
  code = NtQueryInformationFile(handle, status, buffer, size, (FILE_INFORMATION_CLASS)kind);
  // STATUS_BUFFER_OVERFLOW fills what fits: FileAllInformation without room for the name.
  if (code < 0 && code != (NTSTATUS)0x80000005) return code;
  if (kind == Basic || kind == All) patchBasic(handle, (FILE_BASIC_INFO *)buffer);
  if (kind == Network) {
    FILE_BASIC_INFO info = {};
    memcpy(&info, buffer, 32);
    info.FileAttributes = *(DWORD *)((uint8_t *)buffer + 48);
    patchBasic(handle, &info);
    memcpy(buffer, &info, 8);
    *(DWORD *)((uint8_t *)buffer + 48) = info.FileAttributes;
  }
  return code;
}

static BOOL setBasic(HANDLE handle, FILE_BASIC_INFO *info) {
  FILE_BASIC_INFO real = *info;
  real.CreationTime.QuadPart = 0;
  real.FileAttributes = 0;
  if (info->FileAttributes) {
    DWORD now = attributesOf(handle);
    Kept kept = keptOf(handle);
    kept.attributes = (info->FileAttributes & ~CONTROLLED_ATTRIBUTES) | (now & CONTROLLED_ATTRIBUTES);
    kept.known = 1;
    keep(handle, kept);
    real.FileAttributes = (info->FileAttributes & FILE_ATTRIBUTE_READONLY) ? FILE_ATTRIBUTE_READONLY : FILE_ATTRIBUTE_NORMAL;
  }
  if (info->CreationTime.QuadPart > 0) {
    Kept kept = keptOf(handle);
    if (!kept.known) {
      kept.attributes = attributesOf(handle);
      kept.known = 1;
    }
    kept.created = info->CreationTime.QuadPart;
    keep(handle, kept);
  }
  return SetFileInformationByHandle(handle, FileBasicInfo, &real, sizeof real);
}

EXPORT BOOL WINAPI DoubleSetFileInformationByHandle(HANDLE handle, FILE_INFO_BY_HANDLE_CLASS kind, void *buffer, DWORD size) {
  constexpr int DispositionEx = 21, RenameEx = 22;
  const char *name = kind == FileBasicInfo            ? "FileBasicInfo"
                     : kind == FileEndOfFileInfo      ? "FileEndOfFileInfo"
                     : kind == FileDispositionInfo    ? "FileDispositionInfo"
                     : kind == FileRenameInfo         ? "FileRenameInfo"
                     : (int)kind == DispositionEx     ? "FileDispositionInfoEx"
                     : (int)kind == RenameEx          ? "FileRenameInfoEx"
                                                      : "other";
  DWORD code = injected("SetFileInformationByHandle");
  std::string leaf = leafOf(handle);
  DWORD attributes = attributesOf(handle);
  if (code == 0) {
    BOOL done;
    if (kind == FileBasicInfo) done = setBasic(handle, (FILE_BASIC_INFO *)buffer);
    else if ((int)kind == DispositionEx) {
      DWORD flags = *(DWORD *)buffer;
      FILE_DISPOSITION_INFO plain = {(flags & 1) != 0};
      if ((attributes & FILE_ATTRIBUTE_READONLY) && !(flags & 0x10)) {
        done = FALSE;
        SetLastError(ERROR_ACCESS_DENIED);
      } else {
        done = SetFileInformationByHandle(handle, FileDispositionInfo, &plain, sizeof plain);
      }
    } else if (kind == FileDispositionInfo && (attributes & FILE_ATTRIBUTE_READONLY)) {
      done = FALSE;
      SetLastError(ERROR_ACCESS_DENIED);
    } else if ((int)kind == RenameEx) {
      Bytes plain((uint8_t *)buffer, (uint8_t *)buffer + size);
      *(DWORD *)plain.data() = *(DWORD *)buffer & 1;
      done = SetFileInformationByHandle(handle, FileRenameInfo, plain.data(), size);
    } else done = SetFileInformationByHandle(handle, kind, buffer, size);
    code = done ? 0 : GetLastError();
  }
  trace("SetFileInformationByHandle %s %s = %lu", leaf.c_str(), name, code);
  SetLastError(code);
  return code == 0;
}
