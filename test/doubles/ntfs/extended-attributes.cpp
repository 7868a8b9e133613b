/*
 * Extended attributes. Rules: learn.microsoft.com/windows-hardware/drivers/ddi/ntifs/nf-ntifs-zwqueryeafile and -zwseteafile:
 * an empty value removes the attribute; all together are at most 64 KiB.
 */
#include "ntfs.h"
#include <cstring>
#include <map>

constexpr NTSTATUS NO_EAS_ON_FILE = (NTSTATUS)0xC0000052;
constexpr NTSTATUS ACCESS_REFUSED = (NTSTATUS)0xC0000022;
constexpr NTSTATUS EAS_NOT_SUPPORTED = (NTSTATUS)0xC000004F;
constexpr NTSTATUS BUFFER_OVERFLOW_STATUS = (NTSTATUS)0x80000005;

using Attributes = std::map<std::string, Bytes>;

static bool parse(const uint8_t *list, size_t size, Attributes &into) {
  for (size_t at = 0; at + 8 <= size;) {
    DWORD next = *(const DWORD *)(list + at);
    BYTE nameLength = list[at + 5];
    WORD valueLength = *(const WORD *)(list + at + 6);
    size_t value = at + 8 + nameLength + 1;
    if (nameLength == 0 || value + valueLength > size || list[value - 1] != 0 || (next & 3)) return false;
    std::string name((const char *)list + at + 8, nameLength);
    for (char &letter : name) letter = (char)toupper(letter);
    if (valueLength == 0) into.erase(name);
    else into[name] = Bytes(list + value, list + value + valueLength);
    if (next == 0) return true;
    at += next;
  }
  return false;
}

static Bytes serialise(const Attributes &attributes) {
  Bytes list;
  size_t last = 0;
  for (const auto &entry : attributes) {
    list.resize((list.size() + 3) & ~(size_t)3);
    if (!list.empty()) *(DWORD *)&list[last] = (DWORD)(list.size() - last);
    last = list.size();
    list.resize(last + 8);
    list[last + 5] = (uint8_t)entry.first.size();
    *(WORD *)&list[last + 6] = (WORD)entry.second.size();
    list.insert(list.end(), entry.first.begin(), entry.first.end());
    list.push_back(0);
    list.insert(list.end(), entry.second.begin(), entry.second.end());
  }
  return list;
}

DWORD setExtendedAttributes(HANDLE handle, const uint8_t *list, size_t size) {
  Attributes attributes;
  Bytes stored;
  if (readItem(handle, L"ea", stored)) parse(stored.data(), stored.size(), attributes);
  if (!parse(list, size, attributes)) return ERROR_INVALID_EA_NAME;
  stored = serialise(attributes);
  if (stored.size() > 65535) return ERROR_EAS_DIDNT_FIT;
  if (stored.empty()) removeItem(handle, L"ea");
  else writeItem(handle, L"ea", stored.data(), stored.size());
  touch(handle);
  return 0;
}

EXPORT NTSTATUS NTAPI DoubleNtQueryEaFile(HANDLE handle, IO_STATUS_BLOCK *status, void *buffer, ULONG size, BOOLEAN, void *, ULONG, ULONG *, BOOLEAN) {
  NTSTATUS code = (NTSTATUS)injected("NtQueryEaFile");
  Bytes stored;
  if (code == 0 && !(accessOf(handle) & FILE_READ_EA)) code = ACCESS_REFUSED;
  if (code == 0 && setting(L"EA") == L"refuse") code = EAS_NOT_SUPPORTED;
  if (code == 0 && !readItem(handle, L"ea", stored)) code = NO_EAS_ON_FILE;
  if (code == 0 && stored.size() > size) code = BUFFER_OVERFLOW_STATUS;
  if (code == 0) {
    memcpy(buffer, stored.data(), stored.size());
    status->Information = stored.size();
  }
  trace("NtQueryEaFile %s = %08lx", leafOf(handle).c_str(), (ULONG)code);
  return code;
}

EXPORT NTSTATUS NTAPI DoubleNtSetEaFile(HANDLE handle, IO_STATUS_BLOCK *status, void *buffer, ULONG size) {
  NTSTATUS code = (NTSTATUS)injected("NtSetEaFile");
  if (code == 0 && !(accessOf(handle) & FILE_WRITE_EA)) code = ACCESS_REFUSED;
  if (code == 0 && setting(L"EA") == L"refuse") code = EAS_NOT_SUPPORTED;
  if (code == 0 && setExtendedAttributes(handle, (const uint8_t *)buffer, size) != 0) code = (NTSTATUS)0x80000013;
  status->Information = 0;
  trace("NtSetEaFile %s = %08lx", leafOf(handle).c_str(), (ULONG)code);
  return code;
}
