/*
 * Raw access to encrypted files. Rules: learn.microsoft.com/windows/win32/api/winbase/nf-winbase-openencryptedfileraww (export needs backup rights,
 * import creates the file), -readencryptedfileraw and -writeencryptedfileraw (callbacks, end by a length of 0), -closeencryptedfileraw.
 * The setting EFS: `refuse` for a volume without EFS, `nokey` for a process that cannot decrypt.
 */
#include "ntfs.h"
#include <cstring>

typedef DWORD(WINAPI *Export)(uint8_t *, void *, ULONG);
typedef DWORD(WINAPI *Import)(uint8_t *, void *, ULONG *);
struct RawContext { HANDLE file; bool import; };
static int contexts = 0;

EXPORT int DoubleOpenEncrypted() { return contexts; }

static DWORD fail(const char *function, const wchar_t *path, DWORD code) {
  std::wstring text(path);
  trace("%s %ls = %lu", function, text.substr(text.find_last_of(L'\\') + 1).c_str(), code);
  return code;
}

EXPORT DWORD WINAPI DoubleOpenEncryptedFileRawW(const wchar_t *path, ULONG flags, void **context) {
  DWORD code = injected("OpenEncryptedFileRawW");
  bool import = flags & 1;
  if (code == 0 && setting(L"EFS") == L"refuse" && import) code = ERROR_VOLUME_NOT_SUPPORT_EFS;
  if (code == 0 && !holds(import ? "SeRestorePrivilege" : "SeBackupPrivilege")) code = ERROR_ACCESS_DENIED;
  if (code) return fail("OpenEncryptedFileRawW", path, code);
  HANDLE file = CreateFileW(path, import ? GENERIC_READ | GENERIC_WRITE : GENERIC_READ, 7, nullptr, import ? OPEN_ALWAYS : OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr);
  code = GetLastError();
  if (file == INVALID_HANDLE_VALUE) return fail("OpenEncryptedFileRawW", path, code);
  if (import && code != ERROR_ALREADY_EXISTS) forget(file);
  if (!import && !(attributesOf(file) & FILE_ATTRIBUTE_ENCRYPTED)) {
    CloseHandle(file);
    return fail("OpenEncryptedFileRawW", path, ERROR_FILE_NOT_ENCRYPTED);
  }
  *context = new RawContext{file, import};
  contexts++;
  return fail("OpenEncryptedFileRawW", path, 0);
}

/** `EFSRAW`, then per stream: length of name, name, length of data, data; what would be ciphertext is inverted. */
static void addStream(Bytes &raw, const std::wstring &name, Bytes data) {
  uint32_t nameSize = (uint32_t)name.size() * 2, size = (uint32_t)data.size();
  raw.insert(raw.end(), (uint8_t *)&nameSize, (uint8_t *)&nameSize + 4);
  raw.insert(raw.end(), (const uint8_t *)name.data(), (const uint8_t *)name.data() + nameSize);
  raw.insert(raw.end(), (uint8_t *)&size, (uint8_t *)&size + 4);
  for (uint8_t byte : data) raw.push_back((uint8_t)~byte);
}

EXPORT DWORD WINAPI DoubleReadEncryptedFileRaw(Export callback, void *parameter, void *opaque) {
  RawContext *context = (RawContext *)opaque;
  DWORD code = injected("ReadEncryptedFileRaw");
  if (code) return refuse("ReadEncryptedFileRaw", context->file, code), code;
  Bytes raw = {'E', 'F', 'S', 'R', 'A', 'W'};
  addStream(raw, L"", readAll(context->file));
  for (const NamedStream &stream : namedStreams(context->file)) {
    Bytes data;
    readItem(context->file, streamItem(stream.name), data);
    addStream(raw, stream.name, data);
  }
  for (size_t at = 0; at < raw.size() && code == 0; at += 4096) {
    size_t length = raw.size() - at < 4096 ? raw.size() - at : 4096;
    code = callback(raw.data() + at, parameter, (ULONG)length);
  }
  if (code == 0) code = callback(raw.data(), parameter, 0);
  trace("ReadEncryptedFileRaw %s = %lu", leafOf(context->file).c_str(), code);
  return code;
}

static uint32_t number(const Bytes &raw, size_t &at) {
  uint32_t value = 0;
  if (at + 4 <= raw.size()) memcpy(&value, &raw[at], 4);
  at += 4;
  return value;
}

EXPORT DWORD WINAPI DoubleWriteEncryptedFileRaw(Import callback, void *parameter, void *opaque) {
  RawContext *context = (RawContext *)opaque;
  DWORD code = injected("WriteEncryptedFileRaw");
  if (code) return refuse("WriteEncryptedFileRaw", context->file, code), code;
  Bytes raw, buffer(4096);
  for (;;) {
    ULONG length = (ULONG)buffer.size();
    code = callback(buffer.data(), parameter, &length);
    if (code || length == 0) break;
    raw.insert(raw.end(), buffer.begin(), buffer.begin() + length);
  }
  if (code == 0 && (raw.size() < 6 || memcmp(raw.data(), "EFSRAW", 6) != 0)) code = ERROR_INVALID_DATA;
  for (size_t at = 6; code == 0 && at + 8 <= raw.size();) {
    uint32_t nameSize = number(raw, at);
    std::wstring name((const wchar_t *)&raw[at], nameSize / 2);
    at += nameSize;
    uint32_t size = number(raw, at);
    Bytes data(raw.begin() + at, raw.begin() + at + size);
    for (uint8_t &byte : data) byte = (uint8_t)~byte;
    at += size;
    if (name.empty()) {
      setEnd(context->file, 0);
      if (size) code = writeAt(context->file, 0, data.data(), size);
    } else writeItem(context->file, streamItem(name), data.data(), size);
  }
  if (code == 0) setAttribute(context->file, FILE_ATTRIBUTE_ENCRYPTED, 0);
  trace("WriteEncryptedFileRaw %s = %lu", leafOf(context->file).c_str(), code);
  return code;
}

EXPORT void WINAPI DoubleCloseEncryptedFileRaw(void *opaque) {
  RawContext *context = (RawContext *)opaque;
  trace("CloseEncryptedFileRaw %s", leafOf(context->file).c_str());
  CloseHandle(context->file);
  delete context;
  contexts--;
}
