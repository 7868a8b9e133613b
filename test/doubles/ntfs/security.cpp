/*
 * Security descriptors by handle. Rules: learn.microsoft.com/windows/win32/secauthz/security-information (rights needed for each part),
 * .../windows/win32/secauthz/sacl-access-right, .../windows/win32/secauthz/security-descriptor-control
 * (AUTO_INHERITED is kept only with AUTO_INHERIT_REQ), ERROR_INVALID_OWNER without SeRestorePrivilege.
 */
#include "ntfs.h"
#include <cstring>
#include <sddl.h>

struct Parts { WORD control = 0; Bytes owner, group, dacl, sacl; };
constexpr WORD OWN_DACL = SE_DACL_PRESENT | SE_DACL_DEFAULTED | SE_DACL_AUTO_INHERITED | SE_DACL_PROTECTED;
constexpr WORD OWN_SACL = SE_SACL_PRESENT | SE_SACL_DEFAULTED | SE_SACL_AUTO_INHERITED | SE_SACL_PROTECTED;
constexpr SECURITY_INFORMATION SACL_PARTS = SACL_SECURITY_INFORMATION | 0x40;

static Bytes sidAt(const uint8_t *sd, DWORD offset) {
  if (!offset) return {};
  return Bytes(sd + offset, sd + offset + 8 + 4 * sd[offset + 1]);
}

static Bytes aclAt(const uint8_t *sd, DWORD offset) {
  if (!offset) return {};
  return Bytes(sd + offset, sd + offset + *(const WORD *)(sd + offset + 2));
}

static Parts parse(const uint8_t *sd) {
  Parts parts;
  const DWORD *offsets = (const DWORD *)(sd + 4);
  parts.control = *(const WORD *)(sd + 2);
  parts.owner = sidAt(sd, offsets[0]);
  parts.group = sidAt(sd, offsets[1]);
  parts.sacl = aclAt(sd, offsets[2]);
  parts.dacl = aclAt(sd, offsets[3]);
  return parts;
}

static Bytes serialise(const Parts &parts) {
  Bytes sd(20);
  sd[0] = 1;
  *(WORD *)&sd[2] = parts.control | SE_SELF_RELATIVE;
  const Bytes *list[] = {&parts.owner, &parts.group, &parts.sacl, &parts.dacl};
  for (int i = 0; i < 4; i++) {
    if (list[i]->empty()) continue;
    *(DWORD *)&sd[4 + 4 * i] = (DWORD)sd.size();
    sd.insert(sd.end(), list[i]->begin(), list[i]->end());
  }
  return sd;
}

Bytes securityOf(HANDLE handle) {
  Bytes stored;
  if (readItem(handle, L"security", stored)) return stored;
  PSECURITY_DESCRIPTOR sd;
  ULONG size;
  ConvertStringSecurityDescriptorToSecurityDescriptorW(L"O:BAG:BAD:AI(A;ID;FA;;;BA)", 1, &sd, &size);
  Bytes bytes((uint8_t *)sd, (uint8_t *)sd + size);
  LocalFree(sd);
  return bytes;
}

void createSecurity(HANDLE handle, const void *descriptor) {
  Parts given = parse((const uint8_t *)descriptor), inherited = parse(securityOf(handle).data());
  if (given.owner.empty()) given.owner = inherited.owner;
  if (given.group.empty()) given.group = inherited.group;
  Bytes sd = serialise(given);
  writeItem(handle, L"security", sd.data(), sd.size());
}

/** Mandatory labels live in the SACL, but are read and set without the right to audit. */
static Bytes aces(const Bytes &acl, bool labels) {
  if (acl.empty()) return {};
  Bytes kept(acl.begin(), acl.begin() + 8);
  WORD count = 0;
  for (size_t at = 8; at + 4 <= acl.size();) {
    WORD size = *(const WORD *)&acl[at + 2];
    if ((acl[at] == 0x11) == labels) {
      kept.insert(kept.end(), acl.begin() + at, acl.begin() + at + size);
      count++;
    }
    at += size;
  }
  *(WORD *)&kept[2] = (WORD)kept.size();
  *(WORD *)&kept[4] = count;
  return count ? kept : Bytes();
}

static Bytes joined(const Bytes &one, const Bytes &other) {
  if (one.empty()) return other;
  if (other.empty()) return one;
  Bytes all = one;
  all.insert(all.end(), other.begin() + 8, other.end());
  *(WORD *)&all[2] = (WORD)all.size();
  *(WORD *)&all[4] = *(const WORD *)&one[4] + *(const WORD *)&other[4];
  return all;
}

EXPORT BOOL WINAPI DoubleGetKernelObjectSecurity(HANDLE handle, SECURITY_INFORMATION wanted, void *buffer, DWORD size, DWORD *needed) {
  DWORD code = injected("GetKernelObjectSecurity");
  ACCESS_MASK access = accessOf(handle);
  if (code == 0 && !(access & READ_CONTROL)) code = ERROR_ACCESS_DENIED;
  if (code == 0 && (wanted & SACL_SECURITY_INFORMATION) && !(access & ACCESS_SYSTEM_SECURITY)) code = ERROR_ACCESS_DENIED;
  if (code == 0 && setting(L"SECURITY") == L"refuse") code = ERROR_NOT_SUPPORTED;
  if (code == 0) {
    Parts all = parse(securityOf(handle).data()), parts;
    if (wanted & OWNER_SECURITY_INFORMATION) parts.owner = all.owner;
    if (wanted & GROUP_SECURITY_INFORMATION) parts.group = all.group;
    if (wanted & DACL_SECURITY_INFORMATION) {
      parts.dacl = all.dacl;
      parts.control |= all.control & OWN_DACL;
    }
    if (wanted & SACL_SECURITY_INFORMATION) {
      parts.sacl = aces(all.sacl, false);
      parts.control |= all.control & OWN_SACL;
    }
    if (wanted & LABEL_SECURITY_INFORMATION) parts.sacl = joined(parts.sacl, aces(all.sacl, true));
    parts.control = parts.sacl.empty() ? parts.control & ~SE_SACL_PRESENT : parts.control | SE_SACL_PRESENT;
    Bytes sd = serialise(parts);
    *needed = (DWORD)sd.size();
    if (sd.size() > size) code = ERROR_INSUFFICIENT_BUFFER;
    else memcpy(buffer, sd.data(), sd.size());
  }
  trace("GetKernelObjectSecurity %s %02lx = %lu", leafOf(handle).c_str(), wanted, code);
  SetLastError(code);
  return code == 0;
}

EXPORT BOOL WINAPI DoubleSetKernelObjectSecurity(HANDLE handle, SECURITY_INFORMATION given, void *descriptor) {
  DWORD code = injected("SetKernelObjectSecurity");
  ACCESS_MASK access = accessOf(handle);
  Parts now = parse(securityOf(handle).data()), next = parse((const uint8_t *)descriptor);
  if (code == 0 && (given & (OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION | LABEL_SECURITY_INFORMATION)) && !(access & WRITE_OWNER)) code = ERROR_ACCESS_DENIED;
  if (code == 0 && (given & (DACL_SECURITY_INFORMATION | 0x20)) && !(access & WRITE_DAC)) code = ERROR_ACCESS_DENIED;
  if (code == 0 && (given & SACL_PARTS) && !(access & ACCESS_SYSTEM_SECURITY)) code = ERROR_ACCESS_DENIED;
  if (code == 0 && setting(L"SECURITY") == L"refuse") code = ERROR_NOT_SUPPORTED;
  if (code == 0 && (given & OWNER_SECURITY_INFORMATION) && next.owner != now.owner && !holds("SeRestorePrivilege")) code = ERROR_INVALID_OWNER;
  if (code == 0) {
    if (given & OWNER_SECURITY_INFORMATION) now.owner = next.owner;
    if (given & GROUP_SECURITY_INFORMATION) now.group = next.group;
    if (given & DACL_SECURITY_INFORMATION) {
      now.dacl = next.dacl;
      WORD control = next.control & OWN_DACL;
      if (!(next.control & SE_DACL_AUTO_INHERIT_REQ)) control &= ~SE_DACL_AUTO_INHERITED;
      now.control = (now.control & ~OWN_DACL) | control | SE_DACL_PRESENT;
    }
    if (given & (SACL_SECURITY_INFORMATION | LABEL_SECURITY_INFORMATION)) {
      Bytes audit = aces(given & SACL_SECURITY_INFORMATION ? next.sacl : now.sacl, false);
      Bytes labels = aces(given & LABEL_SECURITY_INFORMATION ? next.sacl : now.sacl, true);
      now.sacl = joined(audit, labels);
      WORD control = next.control & OWN_SACL;
      if (!(next.control & SE_SACL_AUTO_INHERIT_REQ)) control &= ~SE_SACL_AUTO_INHERITED;
      now.control = now.sacl.empty() ? now.control & ~OWN_SACL : (now.control & ~OWN_SACL) | control | SE_SACL_PRESENT;
    }
    Bytes sd = serialise(now);
    writeItem(handle, L"security", sd.data(), sd.size());
    touch(handle);
  }
  trace("SetKernelObjectSecurity %s %02lx = %lu", leafOf(handle).c_str(), given, code);
  SetLastError(code);
  return code == 0;
}
