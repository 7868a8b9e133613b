/*
 * BackupRead. Rules: learn.microsoft.com/windows/win32/api/winbase/nf-winbase-backupread (buffer larger than a header, the context begins as NULL
 * and is released by a call with bAbort, all other parameters ignored there) and MS-BKUP
 * (learn.microsoft.com/openspecs/windows_protocols/ms-bkup): a sparse stream is an empty DATA stream followed by SPARSE_BLOCKs.
 */
#include "ntfs.h"
#include "backup.h"
#include <cstring>
#include <mutex>
#include <set>

struct Segment { Bytes bytes; HANDLE file; uint64_t offset, length; };
struct ReadContext { std::vector<Segment> segments; size_t next = 0; uint64_t done = 0; std::vector<HANDLE> opened; };

static std::mutex guard;
static std::set<ReadContext *> contexts;

static void addHeader(ReadContext *context, DWORD id, DWORD attributes, uint64_t size, const std::wstring &name = L"") {
  Bytes bytes(STREAM_HEADER);
  *(DWORD *)&bytes[0] = id;
  *(DWORD *)&bytes[4] = attributes;
  memcpy(&bytes[8], &size, 8);
  *(DWORD *)&bytes[16] = (DWORD)name.size() * 2;
  const uint8_t *text = (const uint8_t *)name.data();
  bytes.insert(bytes.end(), text, text + name.size() * 2);
  context->segments.push_back({bytes, nullptr, 0, bytes.size()});
}

static void addItem(ReadContext *context, HANDLE handle, DWORD id, const wchar_t *item, DWORD attributes = 0) {
  Bytes bytes;
  if (!readItem(handle, item, bytes)) return;
  addHeader(context, id, attributes, bytes.size());
  context->segments.push_back({bytes, nullptr, 0, bytes.size()});
}

static void addData(ReadContext *context, HANDLE handle) {
  uint64_t size = sizeOf(handle);
  if (!(attributesOf(handle) & FILE_ATTRIBUTE_SPARSE_FILE)) {
    if (size == 0) return;
    addHeader(context, BACKUP_DATA, 0, size);
    context->segments.push_back({{}, handle, 0, size});
    return;
  }
  addHeader(context, BACKUP_DATA, STREAM_SPARSE_ATTRIBUTE, 0);
  auto block = [&](uint64_t offset, uint64_t length) {
    addHeader(context, BACKUP_SPARSE_BLOCK, STREAM_SPARSE_ATTRIBUTE, 8 + length);
    Bytes at((uint8_t *)&offset, (uint8_t *)&offset + 8);
    context->segments.push_back({at, nullptr, 0, 8});
    if (length) context->segments.push_back({{}, handle, offset, length});
  };
  uint64_t end = 0;
  for (const Range &range : allocatedRanges(handle, 0, size)) {
    block(range.offset, range.length);
    end = range.offset + range.length;
  }
  // The last block says where the file ends.
  if (end < size) block(size, 0);
}

static ReadContext *begin(HANDLE handle, bool security) {
  ReadContext *context = new ReadContext();
  if (security) {
    Bytes sd = securityOf(handle);
    addHeader(context, BACKUP_SECURITY_DATA, STREAM_CONTAINS_SECURITY, sd.size());
    context->segments.push_back({sd, nullptr, 0, sd.size()});
  }
  bool directory = attributesOf(handle) & FILE_ATTRIBUTE_DIRECTORY;
  if (!directory) addData(context, handle);
  addItem(context, handle, BACKUP_EA_DATA, L"ea");
  for (const NamedStream &stream : namedStreams(handle)) {
    HANDLE file = openStream(handle, stream.name, OPEN_EXISTING);
    context->opened.push_back(file);
    addHeader(context, BACKUP_ALTERNATE_DATA, 0, stream.size, stream.name);
    if (stream.size) context->segments.push_back({{}, file, 0, stream.size});
  }
  addItem(context, handle, BACKUP_OBJECT_ID, L"object-id");
  addItem(context, handle, BACKUP_REPARSE_DATA, L"reparse");
  addItem(context, handle, BACKUP_TXFS_DATA, L"txfs");
  BY_HANDLE_FILE_INFORMATION info;
  if (!directory && GetFileInformationByHandle(handle, &info) && info.nNumberOfLinks > 1) {
    std::wstring name = L"\\another-name";
    addHeader(context, BACKUP_LINK, 0, name.size() * 2);
    context->segments.push_back({Bytes((uint8_t *)name.data(), (uint8_t *)(name.data() + name.size())), nullptr, 0, name.size() * 2});
  }
  std::lock_guard<std::mutex> lock(guard);
  contexts.insert(context);
  return context;
}

static bool isKnown(ReadContext *context) {
  std::lock_guard<std::mutex> lock(guard);
  return contexts.count(context) != 0;
}

static void end(ReadContext *context) {
  for (HANDLE file : context->opened) CloseHandle(file);
  std::lock_guard<std::mutex> lock(guard);
  contexts.erase(context);
  delete context;
}

/** Contexts nobody released: tests ask at their end. */
EXPORT int DoubleOpenReads() {
  std::lock_guard<std::mutex> lock(guard);
  return (int)contexts.size();
}

static DWORD fill(ReadContext *context, uint8_t *buffer, DWORD size, DWORD *got) {
  while (*got < size && context->next < context->segments.size()) {
    Segment &segment = context->segments[context->next];
    uint64_t left = segment.length - context->done;
    DWORD take = left < size - *got ? (DWORD)left : size - *got;
    if (segment.file) {
      Bytes data = readAt(segment.file, segment.offset + context->done, take);
      if (data.size() < take) data.resize(take); // Truncated meanwhile: the promised size is kept, with zeros.
      memcpy(buffer + *got, data.data(), take);
    } else if (take) memcpy(buffer + *got, segment.bytes.data() + context->done, take);
    *got += take;
    context->done += take;
    if (context->done == segment.length) {
      context->next++;
      context->done = 0;
    }
  }
  return 0;
}

EXPORT BOOL WINAPI DoubleBackupRead(HANDLE handle, uint8_t *buffer, DWORD size, DWORD *got, BOOL abort, BOOL security, void **context) {
  if (abort) {
    ReadContext *ended = (ReadContext *)*context;
    if (!ended || !isKnown(ended)) return refuse("BackupRead abort", handle, ERROR_INVALID_PARAMETER);
    end(ended);
    *context = nullptr;
    trace("BackupRead %s abort = 0", leafOf(handle).c_str());
    return TRUE;
  }
  *got = 0;
  DWORD code = injected("BackupRead");
  if (code == 0 && size <= STREAM_HEADER) code = ERROR_INVALID_PARAMETER;
  if (code == 0 && *context && !isKnown((ReadContext *)*context)) code = ERROR_INVALID_PARAMETER;
  if (code == 0 && !(accessOf(handle) & FILE_READ_DATA)) code = ERROR_ACCESS_DENIED;
  if (code) return refuse("BackupRead", handle, code);
  if (attributesOf(handle) & RECALL_ATTRIBUTES) trace("RECALLED %s", leafOf(handle).c_str());
  if (!*context) *context = begin(handle, security);
  fill((ReadContext *)*context, buffer, size, got);
  trace("BackupRead %s %lu = 0", leafOf(handle).c_str(), *got);
  return TRUE;
}
