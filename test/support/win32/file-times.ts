import { kernel32 } from './kernel32.ts';

const createFile = kernel32(
  'intptr_t __stdcall CreateFileW(const char16_t *path, uint32_t access, uint32_t share, void *security, uint32_t disposition, uint32_t flags, intptr_t template)',
);
const setFileTime = kernel32(
  'int __stdcall SetFileTime(intptr_t handle, const uint64_t *created, const uint64_t *accessed, const uint64_t *written)',
);
const closeHandle = kernel32('int __stdcall CloseHandle(intptr_t handle)');

const WRITE_ATTRIBUTES = 0x100;
const SHARE_ALL = 7;
const OPEN_EXISTING = 3;
/** FILE_FLAG_BACKUP_SEMANTICS, which directories need, and FILE_FLAG_OPEN_REPARSE_POINT. */
const FLAGS = 0x0220_0000;
const UNITS_1601_TO_1970 = 116_444_736_000_000_000n;

/** Sets access and write time, in ns since 1970, to the 100 ns that Windows keeps. */
export function setFileTimes(path: string, accessNs: bigint, modifyNs: bigint): void {
  const handle = createFile(path, WRITE_ATTRIBUTES, SHARE_ALL, null, OPEN_EXISTING, FLAGS, 0) as number;
  if (handle === -1) throw new Error(`${path} cannot be opened to set its times`);
  const isSet = setFileTime(handle, null, [units(accessNs)], [units(modifyNs)]);
  closeHandle(handle);
  if (isSet === 0) throw new Error(`the times of ${path} cannot be set`);
}

function units(ns: bigint): bigint {
  return ns / 100n + UNITS_1601_TO_1970;
}
