/*
 * Opening. Rules: NtCreateFile (learn.microsoft.com/windows/win32/api/winternl/nf-winternl-ntcreatefile) opens a stream relative
 * to its file; ACCESS_SYSTEM_SECURITY needs SeSecurityPrivilege (learn.microsoft.com/windows/win32/secauthz/sacl-access-right);
 * a file has at most 1,024 names (learn.microsoft.com/windows/win32/api/winbase/nf-winbase-createhardlinkw).
 */
#include "ntfs.h"
#include <map>
#include <mutex>

static std::mutex guard;
static std::map<HANDLE, ACCESS_MASK> granted;

constexpr NTSTATUS PRIVILEGE_NOT_HELD = (NTSTATUS)0xC0000061;
constexpr NTSTATUS OBJECT_NAME_NOT_FOUND = (NTSTATUS)0xC0000034;
constexpr NTSTATUS ACCESS_REFUSED = (NTSTATUS)0xC0000022;
constexpr NTSTATUS TAG_NOT_HANDLED = (NTSTATUS)0xC0000279;
constexpr ULONG OPEN_REPARSE = 0x00200000;

static ACCESS_MASK mapGeneric(ACCESS_MASK access) {
  if (access & GENERIC_ALL) access |= FILE_ALL_ACCESS;
  if (access & GENERIC_READ) access |= FILE_GENERIC_READ;
  if (access & GENERIC_WRITE) access |= FILE_GENERIC_WRITE;
  return access & ~(GENERIC_ALL | GENERIC_READ | GENERIC_WRITE | GENERIC_EXECUTE);
}

/** Rights asked for when the handle was opened; all, for one opened past the double. */
ACCESS_MASK accessOf(HANDLE handle) {
  std::lock_guard<std::mutex> lock(guard);
  auto found = granted.find(handle);
  return found == granted.end() ? FILE_ALL_ACCESS | ACCESS_SYSTEM_SECURITY : found->second;
}

static void remember(HANDLE handle, ACCESS_MASK access) {
  std::lock_guard<std::mutex> lock(guard);
  granted[handle] = mapGeneric(access);
}

HANDLE openStream(HANDLE file, const std::wstring &name, DWORD disposition) {
  std::wstring item = streamItem(name);
  if (disposition != OPEN_EXISTING) {
    Bytes existing;
    if (!readItem(file, item, existing)) writeItem(file, item, "", 0);
  }
  return CreateFileW(itemPath(file, item).c_str(), GENERIC_READ | GENERIC_WRITE, 7, nullptr, disposition, 0, nullptr);
}

static NTSTATUS openNamedStream(HANDLE *handle, ACCESS_MASK access, OBJECT_ATTRIBUTES *attributes, IO_STATUS_BLOCK *status, ULONG disposition) {
  std::wstring name(attributes->ObjectName->Buffer, attributes->ObjectName->Length / 2);
  bool create = disposition != 1;
  if (create && setting(L"STREAMS") == L"refuse") return (NTSTATUS)0xC0000033;
  HANDLE stream = openStream(attributes->RootDirectory, name, create ? CREATE_ALWAYS : OPEN_EXISTING);
  if (stream == INVALID_HANDLE_VALUE) return OBJECT_NAME_NOT_FOUND;
  if (create) touch(attributes->RootDirectory);
  remember(stream, access);
  *handle = stream;
  status->Information = create ? 2 : 1;
  return 0;
}

/** What NTFS would check that Wine cannot know; closes the handle when it refuses. */
static NTSTATUS check(HANDLE handle, ACCESS_MASK access, bool reparse) {
  DWORD attributes = attributesOf(handle);
  Bytes data;
  bool pointed = (attributes & FILE_ATTRIBUTE_REPARSE_POINT) && readItem(handle, L"reparse", data) && data.size() >= 4;
  DWORD tag = pointed ? *(DWORD *)data.data() : 0;
  NTSTATUS result = 0;
  // Deduplicated and compact files are read through by their filters; no filter here knows another tag.
  if (pointed && !reparse && tag != 0x80000013 && tag != 0x80000017) result = TAG_NOT_HANDLED;
  if ((attributes & FILE_ATTRIBUTE_ENCRYPTED) && (mapGeneric(access) & FILE_READ_DATA) && setting(L"EFS") == L"nokey") result = ACCESS_REFUSED;
  return result;
}

EXPORT NTSTATUS NTAPI DoubleNtCreateFile(HANDLE *handle, ACCESS_MASK access, OBJECT_ATTRIBUTES *attributes, IO_STATUS_BLOCK *status, LARGE_INTEGER *size,
                                         ULONG fileAttributes, ULONG share, ULONG disposition, ULONG options, void *ea, ULONG eaLength) {
  std::wstring name(attributes->ObjectName->Buffer, attributes->ObjectName->Length / 2);
  size_t cut = name.find_last_of(L'\\');
  std::wstring leaf = cut == std::wstring::npos ? name : name.substr(cut + 1);
  NTSTATUS result = (NTSTATUS)injected("NtCreateFile");
  if (result == 0 && (access & ACCESS_SYSTEM_SECURITY) && !holds("SeSecurityPrivilege")) result = PRIVILEGE_NOT_HELD;
  if (result == 0) {
    if (!leaf.empty() && leaf[0] == L':' && attributes->RootDirectory) result = openNamedStream(handle, access, attributes, status, disposition);
    else {
      result = NtCreateFile(handle, access & ~ACCESS_SYSTEM_SECURITY, attributes, status, size, fileAttributes, share, disposition, options, ea, eaLength);
      if (result >= 0) {
        if (status->Information == 2) {
          forget(*handle);
          if (attributes->SecurityDescriptor) createSecurity(*handle, attributes->SecurityDescriptor);
        }
        remember(*handle, access);
        NTSTATUS refused = check(*handle, access, (options & OPEN_REPARSE) != 0);
        if (refused < 0) {
          CloseHandle(*handle);
          *handle = nullptr;
          result = refused;
        }
      }
    }
  }
  char text[300];
  WideCharToMultiByte(CP_UTF8, 0, leaf.c_str(), -1, text, sizeof text, nullptr, nullptr);
  trace("NtCreateFile %s access=%08lx disposition=%lu options=%08lx = %08lx", text, access, disposition, options, (ULONG)result);
  return result;
}

EXPORT HANDLE WINAPI DoubleCreateFileW(const wchar_t *path, DWORD access, DWORD share, SECURITY_ATTRIBUTES *security, DWORD disposition, DWORD flags, HANDLE model) {
  DWORD code = injected("CreateFileW");
  if (code == 0 && (access & ACCESS_SYSTEM_SECURITY) && !holds("SeSecurityPrivilege")) code = ERROR_PRIVILEGE_NOT_HELD;
  HANDLE handle = INVALID_HANDLE_VALUE;
  if (code == 0) {
    handle = CreateFileW(path, access & ~ACCESS_SYSTEM_SECURITY, share, security, disposition, flags, model);
    code = GetLastError();
    if (handle != INVALID_HANDLE_VALUE) {
      if (disposition == CREATE_NEW || ((disposition == CREATE_ALWAYS || disposition == OPEN_ALWAYS) && code != ERROR_ALREADY_EXISTS)) forget(handle);
      remember(handle, access);
    }
  }
  std::wstring text(path);
  trace("CreateFileW %ls access=%08lx disposition=%lu = %lu", text.substr(text.find_last_of(L'\\') + 1).c_str(), access, disposition, handle == INVALID_HANDLE_VALUE ? code : 0);
  SetLastError(code);
  return handle;
}

EXPORT BOOL WINAPI DoubleCreateHardLinkW(const wchar_t *name, const wchar_t *existing, SECURITY_ATTRIBUTES *security) {
  DWORD code = injected("CreateHardLinkW");
  if (code == 0) {
    HANDLE handle = CreateFileW(existing, FILE_READ_ATTRIBUTES, 7, nullptr, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr);
    BY_HANDLE_FILE_INFORMATION info;
    std::wstring limit = setting(L"LINKS");
    DWORD most = limit.empty() ? 1024 : (DWORD)_wtoi(limit.c_str());
    if (handle == INVALID_HANDLE_VALUE) code = GetLastError();
    else if (GetFileInformationByHandle(handle, &info) && info.nNumberOfLinks >= most) code = ERROR_TOO_MANY_LINKS;
    if (handle != INVALID_HANDLE_VALUE) CloseHandle(handle);
  }
  if (code == 0 && !CreateHardLinkW(name, existing, security)) code = GetLastError();
  std::wstring text(name);
  trace("CreateHardLinkW %ls = %lu", text.substr(text.find_last_of(L'\\') + 1).c_str(), code);
  SetLastError(code);
  return code == 0;
}
