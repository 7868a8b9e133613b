import type { NativeCode, NativeErrorText } from '../types.ts';
import { bind } from './library.ts';

const toWin32 = bind('ntdll', 'RtlNtStatusToDosError', 'uint', ['int']);

/** https://learn.microsoft.com/windows/win32/debug/system-error-codes */
export const Win32 = {
  ERROR_INVALID_FUNCTION: 1,
  ERROR_PATH_NOT_FOUND: 3,
  ERROR_ACCESS_DENIED: 5,
  ERROR_SHARING_VIOLATION: 32,
  ERROR_LOCK_VIOLATION: 33,
  ERROR_HANDLE_EOF: 38,
  ERROR_HANDLE_DISK_FULL: 39,
  ERROR_NOT_SUPPORTED: 50,
  ERROR_UNEXP_NET_ERR: 59,
  ERROR_NETNAME_DELETED: 64,
  ERROR_FILE_EXISTS: 80,
  ERROR_INVALID_PARAMETER: 87,
  ERROR_DISK_FULL: 112,
  ERROR_CALL_NOT_IMPLEMENTED: 120,
  ERROR_SEM_TIMEOUT: 121,
  ERROR_ALREADY_EXISTS: 183,
  ERROR_MORE_DATA: 234,
  ERROR_CANCELLED: 1223,
  ERROR_DISK_QUOTA_EXCEEDED: 1295,
  ERROR_PRIVILEGE_NOT_HELD: 1314,
  ERROR_FILE_OFFLINE: 4350,
} as const;

export function describeError(code: NativeCode): NativeErrorText {
  const name = Object.entries(Win32).find(([, value]) => value === code)?.[0] ?? `ERROR_${code}`;
  return { code, name, text: name };
}

export function codeOfStatus(status: number): NativeCode {
  return toWin32(status);
}

export function isFull(code: NativeCode): boolean {
  return (
    code === Win32.ERROR_DISK_FULL || code === Win32.ERROR_HANDLE_DISK_FULL || code === Win32.ERROR_DISK_QUOTA_EXCEEDED
  );
}
