#include "ntfs.h"

uint64_t sizeOf(HANDLE handle) {
  LARGE_INTEGER size;
  return GetFileSizeEx(handle, &size) ? size.QuadPart : 0;
}

/** Calls of the double must not move the caller's file position. */
struct KeepPosition {
  HANDLE handle;
  LARGE_INTEGER position = {};
  explicit KeepPosition(HANDLE of) : handle(of) {
    LARGE_INTEGER none = {};
    SetFilePointerEx(handle, none, &position, FILE_CURRENT);
  }
  ~KeepPosition() { SetFilePointerEx(handle, position, nullptr, FILE_BEGIN); }
};

Bytes readAt(HANDLE handle, uint64_t offset, size_t length) {
  KeepPosition keep(handle);
  Bytes bytes(length);
  LARGE_INTEGER at;
  at.QuadPart = offset;
  DWORD got = 0;
  if (!SetFilePointerEx(handle, at, nullptr, FILE_BEGIN) || !ReadFile(handle, bytes.data(), (DWORD)length, &got, nullptr)) got = 0;
  bytes.resize(got);
  return bytes;
}

Bytes readAll(HANDLE handle) { return readAt(handle, 0, sizeOf(handle)); }

DWORD writeAt(HANDLE handle, uint64_t offset, const void *data, size_t length) {
  KeepPosition keep(handle);
  LARGE_INTEGER at;
  at.QuadPart = offset;
  DWORD put = 0;
  if (!SetFilePointerEx(handle, at, nullptr, FILE_BEGIN)) return GetLastError();
  return WriteFile(handle, data, (DWORD)length, &put, nullptr) ? 0 : GetLastError();
}

DWORD setEnd(HANDLE handle, uint64_t size) {
  FILE_END_OF_FILE_INFO end;
  end.EndOfFile.QuadPart = size;
  return SetFileInformationByHandle(handle, FileEndOfFileInfo, &end, sizeof end) ? 0 : GetLastError();
}

std::vector<Range> allocatedRanges(HANDLE handle, uint64_t from, uint64_t length) {
  constexpr uint64_t UNIT = 65536;
  std::vector<Range> ranges;
  uint64_t size = sizeOf(handle), end = from + length < size ? from + length : size;
  for (uint64_t at = from / UNIT * UNIT; at < end; at += UNIT) {
    Bytes block = readAt(handle, at, UNIT);
    bool data = false;
    for (uint8_t byte : block) data = data || byte != 0;
    if (!data) continue;
    if (!ranges.empty() && ranges.back().offset + ranges.back().length == at) ranges.back().length += block.size();
    else ranges.push_back({at, block.size()});
  }
  return ranges;
}
