/** https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-getfinalpathnamebyhandlew */
import { bind } from './library.ts';
import { allocate } from './memory.ts';

const getFinalPathName = bind('kernel32', 'GetFinalPathNameByHandleW', 'uint', ['int64', 'size_t', 'uint', 'uint']);

const VOLUME_NAME_DOS = 0;
const VOLUME_NAME_NT = 2;
const LIMIT = 32768;
const path = allocate(LIMIT * 2);

/** The path of an open item, for the few calls that take no handle; undefined when the system does not know it. */
export function finalPath(handle: number): string | undefined {
  return read(handle, VOLUME_NAME_DOS, '') ?? read(handle, VOLUME_NAME_NT, '\\\\?\\GLOBALROOT');
}

/** A volume without a drive letter or folder, such as a shadow copy, has only a device name. */
function read(handle: number, flags: number, prefix: string): string | undefined {
  const length = getFinalPathName(handle, path.address, LIMIT, flags);
  if (length === 0 || length >= LIMIT) return undefined;
  return prefix + path.bytes.toString('utf16le', 0, length * 2);
}
