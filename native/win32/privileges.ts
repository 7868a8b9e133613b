/**
 * https://learn.microsoft.com/windows/win32/api/securitybaseapi/nf-securitybaseapi-adjusttokenprivileges
 * https://learn.microsoft.com/windows/win32/secauthz/privilege-constants
 */
import { nativeError, Win32 } from './errors.ts';
import { bind, closeHandle, lastCode } from './library.ts';
import { allocate } from './memory.ts';

const openProcessToken = bind('advapi32', 'OpenProcessToken', 'int', ['int64', 'uint', 'size_t']);
const lookupPrivilege = bind('advapi32', 'LookupPrivilegeValueW', 'int', ['size_t', 'size_t', 'size_t']);
const adjustPrivileges = bind('advapi32', 'AdjustTokenPrivileges', 'int', [
  'int64',
  'int',
  'size_t',
  'uint',
  'size_t',
  'size_t',
]);

/** What each is for: docs/windows.md. */
const NAMES = [
  'SeBackupPrivilege',
  'SeRestorePrivilege',
  'SeSecurityPrivilege',
  'SeCreateSymbolicLinkPrivilege',
  'SeManageVolumePrivilege',
] as const;
export type PrivilegeName = (typeof NAMES)[number];

const CURRENT_PROCESS = -1;
/** TOKEN_ADJUST_PRIVILEGES | TOKEN_QUERY. */
const TOKEN_ACCESS = 0x20 | 0x8;
/** TOKEN_PRIVILEGES: a count of 1, a LUID, attributes. */
export const TOKEN_PRIVILEGES_SIZE = 16;
const SE_PRIVILEGE_ENABLED = 2;

let codes: ReadonlyMap<PrivilegeName, number> | undefined;

/**
 * Enables for this process, one by one, what its account may have.
 * @returns by privilege 0, or why it was not to be had: ERROR_NOT_ALL_ASSIGNED for an account without it
 * @throws NativeError when the process has no access to its own rights
 */
export function enablePrivileges(): ReadonlyMap<PrivilegeName, number> {
  if (codes) return codes;
  const memory = allocate(64);
  if (openProcessToken(CURRENT_PROCESS, TOKEN_ACCESS, memory.address) === 0)
    throw nativeError('OpenProcessToken', lastCode());
  const token = Number(memory.bytes.readBigInt64LE(0));
  codes = new Map(NAMES.map((name) => [name, enable(token, name)]));
  closeHandle(token);
  return codes;
}

export function holdsPrivilege(name: PrivilegeName): boolean {
  return enablePrivileges().get(name) === 0;
}

function enable(token: number, name: PrivilegeName): number {
  const text = allocate(128);
  text.bytes.write(`${name}\0`, 'utf16le');
  const request = allocate(TOKEN_PRIVILEGES_SIZE);
  request.words[0] = 1;
  if (lookupPrivilege(0, text.address, request.address + 4) === 0) return lastCode();
  request.words[3] = SE_PRIVILEGE_ENABLED;
  if (adjustPrivileges(token, 0, request.address, TOKEN_PRIVILEGES_SIZE, 0, 0) === 0) return lastCode();
  // Success says only that the request was understood.
  return lastCode() === Win32.ERROR_NOT_ALL_ASSIGNED ? Win32.ERROR_NOT_ALL_ASSIGNED : 0;
}
