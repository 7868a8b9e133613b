/*
 * BackupWrite. Rules: learn.microsoft.com/windows/win32/api/winbase/nf-winbase-backupwrite (contiguous substreams behind WIN32_STREAM_ID headers, buffer
 * larger than a header) and MS-BKUP 2.13: SPARSE_BLOCKs follow their DATA or ALTERNATE_DATA, one DATA stream, object ids are unique on a volume.
 * The sparse attribute of the file is the caller's business (KB 271398).
 */
#include "ntfs.h"
#include "backup.h"
#include <cstring>
#include <mutex>
#include <set>

struct WriteContext {
  Bytes head, payload;
  bool inPayload = false, hadData = false;
  DWORD id = 0;
  uint64_t left = 0, position = 0;
  HANDLE stream = nullptr;
  HANDLE base = nullptr;
};

static std::mutex guard;
static std::set<WriteContext *> contexts;

static bool isKnown(WriteContext *context) {
  std::lock_guard<std::mutex> lock(guard);
  return contexts.count(context) != 0;
}

EXPORT int DoubleOpenWrites() {
  std::lock_guard<std::mutex> lock(guard);
  return (int)contexts.size();
}

static void closeStream(WriteContext *context) {
  if (context->stream && context->stream != context->base) CloseHandle(context->stream);
  context->stream = nullptr;
}

static DWORD startStream(WriteContext *context, HANDLE handle) {
  const uint8_t *head = context->head.data();
  context->id = *(const DWORD *)head;
  memcpy(&context->left, head + 8, 8);
  context->position = 0;
  context->payload.clear();
  ACCESS_MASK access = accessOf(handle);
  trace("BackupWrite %s stream %lu", leafOf(handle).c_str(), context->id);
  switch (context->id) {
    case BACKUP_DATA:
      if (context->hadData) return ERROR_INVALID_DATA;
      if (!(access & FILE_WRITE_DATA)) return ERROR_ACCESS_DENIED;
      context->hadData = true;
      closeStream(context);
      context->stream = handle;
      return 0;
    case BACKUP_ALTERNATE_DATA: {
      if (setting(L"STREAMS") == L"refuse") return ERROR_INVALID_NAME;
      std::wstring name((const wchar_t *)(head + STREAM_HEADER), (context->head.size() - STREAM_HEADER) / 2);
      if (name.size() < 2 || name[0] != L':') return ERROR_INVALID_NAME;
      closeStream(context);
      context->stream = openStream(handle, name, CREATE_ALWAYS);
      return context->stream == INVALID_HANDLE_VALUE ? GetLastError() : 0;
    }
    case BACKUP_SPARSE_BLOCK: return context->stream ? 0 : ERROR_INVALID_DATA;
    case BACKUP_EA_DATA: return access & FILE_WRITE_EA ? 0 : ERROR_ACCESS_DENIED;
    case BACKUP_SECURITY_DATA:
    case BACKUP_LINK:
    case BACKUP_OBJECT_ID:
    case BACKUP_REPARSE_DATA:
    case BACKUP_TXFS_DATA: return 0;
    default: return ERROR_INVALID_DATA;
  }
}

static DWORD put(WriteContext *context, const uint8_t *data, size_t length) {
  bool isData = context->id == BACKUP_DATA || context->id == BACKUP_ALTERNATE_DATA;
  if (context->id == BACKUP_SPARSE_BLOCK) {
    while (length && context->payload.size() < 8) {
      context->payload.push_back(*data++);
      length--;
      if (context->payload.size() == 8) memcpy(&context->position, context->payload.data(), 8);
    }
    isData = true;
  }
  if (!isData) {
    context->payload.insert(context->payload.end(), data, data + length);
    return 0;
  }
  DWORD code = length ? writeAt(context->stream, context->position, data, length) : 0;
  context->position += length;
  return code;
}

static DWORD finishStream(WriteContext *context, HANDLE handle) {
  const Bytes &payload = context->payload;
  switch (context->id) {
    case BACKUP_SPARSE_BLOCK: return context->position > sizeOf(context->stream) ? setEnd(context->stream, context->position) : 0;
    case BACKUP_EA_DATA: return setExtendedAttributes(handle, payload.data(), payload.size());
    case BACKUP_REPARSE_DATA: return setReparsePoint(handle, payload.data(), payload.size());
    // The file that has the id is still there: ids are unique on a volume.
    case BACKUP_OBJECT_ID: return ERROR_OBJECT_ALREADY_EXISTS;
    default: return 0;
  }
}

static DWORD take(WriteContext *context, HANDLE handle, const uint8_t *data, DWORD size, DWORD *done) {
  while (*done < size) {
    if (!context->inPayload) {
      context->head.push_back(data[(*done)++]);
      size_t length = context->head.size();
      if (length < STREAM_HEADER || length < STREAM_HEADER + *(const DWORD *)&context->head[16]) continue;
      DWORD code = startStream(context, handle);
      if (code) return code;
      context->inPayload = true;
    }
    size_t part = context->left < size - *done ? (size_t)context->left : size - *done;
    DWORD code = put(context, data + *done, part);
    if (code) return code;
    *done += (DWORD)part;
    context->left -= part;
    if (context->left > 0) continue;
    code = finishStream(context, handle);
    if (code) return code;
    context->inPayload = false;
    context->head.clear();
  }
  return 0;
}

EXPORT BOOL WINAPI DoubleBackupWrite(HANDLE handle, const uint8_t *data, DWORD size, DWORD *done, BOOL abort, BOOL, void **context) {
  if (abort) {
    WriteContext *ended = (WriteContext *)*context;
    if (!ended || !isKnown(ended)) return refuse("BackupWrite abort", handle, ERROR_INVALID_PARAMETER);
    if (ended->inPayload || !ended->head.empty()) trace("BackupWrite %s ended inside a stream", leafOf(handle).c_str());
    closeStream(ended);
    std::lock_guard<std::mutex> lock(guard);
    contexts.erase(ended);
    delete ended;
    *context = nullptr;
    trace("BackupWrite %s abort = 0", leafOf(handle).c_str());
    return TRUE;
  }
  *done = 0;
  DWORD code = injected("BackupWrite");
  if (code == 0 && size <= STREAM_HEADER) code = ERROR_INVALID_PARAMETER;
  if (code == 0 && *context && !isKnown((WriteContext *)*context)) code = ERROR_INVALID_PARAMETER;
  if (code) return refuse("BackupWrite", handle, code);
  WriteContext *current = (WriteContext *)*context;
  if (!current) {
    current = new WriteContext();
    current->base = handle;
    std::lock_guard<std::mutex> lock(guard);
    contexts.insert(current);
    *context = current;
  }
  code = take(current, handle, data, size, done);
  if (code) return refuse("BackupWrite", handle, code);
  trace("BackupWrite %s %lu = 0", leafOf(handle).c_str(), *done);
  return TRUE;
}
