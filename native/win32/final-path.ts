/** https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-getfinalpathnamebyhandlew */
import { bind } from './library.ts';
import { allocate } from './memory.ts';

const getFinalPathName = bind('kernel32', 'GetFinalPathNameByHandleW', 'uint', ['int64', 'size_t', 'uint', 'uint']);

const VolumeName = { Dos: 0, Guid: 1, Nt: 2, None: 4 } as const;
/** FILE_NAME_OPENED: as it was given, for servers that do not tell the names of folders above. */
const OPENED = 8;
const LIMIT = 32768;
const path = allocate(LIMIT * 2);

/** The path of an open item, for the few calls that take no handle; undefined when the system does not know it. */
export function finalPath(handle: number): string | undefined {
  return (
    read(handle, VolumeName.Dos, '') ??
    read(handle, VolumeName.Dos | OPENED, '') ??
    // A volume without a drive letter or folder, such as a shadow copy, has only a device name.
    read(handle, VolumeName.Nt, '\\\\?\\GLOBALROOT')
  );
}

/** The device of the local volume an open item is on: `\\?\Volume{…}`, without a separator behind it. */
export function volumeDevice(handle: number): string | undefined {
  return /^\\\\\?\\Volume\{[^}]*\}/i.exec(read(handle, VolumeName.Guid, '') ?? '')?.[0];
}

/** Whether an open directory is the root of its volume. */
export function isVolumeRoot(handle: number): boolean {
  return read(handle, VolumeName.None, '') === '\\';
}

function read(handle: number, flags: number, prefix: string): string | undefined {
  const length = getFinalPathName(handle, path.address, LIMIT, flags);
  if (length === 0 || length >= LIMIT) return undefined;
  return prefix + path.bytes.toString('utf16le', 0, length * 2);
}
