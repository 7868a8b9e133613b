/**
 * One query per entry: by name relative to its directory where the system can (Windows 10 1709), else by a handle.
 * https://learn.microsoft.com/windows-hardware/drivers/ddi/ntifs/nf-ntifs-zwqueryinformationbyname
 * https://learn.microsoft.com/windows-hardware/drivers/ddi/ntifs/nf-ntifs-ntqueryinformationfile
 */
import type { Directory, NativeCode, PinnedBuffer } from '../types.ts';
import { ItemFlag, Word } from '../item-record.ts';
import { bind, closeHandle } from './library.ts';
import type { OpenDirectory } from './directory.ts';
import { codeOfStatus, isUnknownRequest, Win32 } from './errors.ts';
import { attributesAddress, nameEntry, ObjectFlag, statusAddress } from './object-attributes.ts';
import { Access, Disposition, openEntry, Option } from './open-item.ts';
import { answer, fillRecord, hasWideId, PARTS, STAT_SIZE, takeParts, takeWideId } from './stat-record.ts';

const queryByName = bind('ntdll', 'NtQueryInformationByName', 'int', ['size_t', 'size_t', 'size_t', 'uint', 'int']);
const query = bind('ntdll', 'NtQueryInformationFile', 'int', ['int64', 'size_t', 'size_t', 'uint', 'int']);

/** FILE_INFORMATION_CLASS. */
const STAT_INFORMATION = 68;

export { allocatedBytes } from './stat-record.ts';

export function stat(
  directory: Directory,
  names: PinnedBuffer,
  name: number,
  record: Uint32Array,
  at: number,
): NativeCode {
  const { handle, volume } = directory as OpenDirectory;
  if (volume.statByName && queryByName.available) {
    nameEntry(handle, names, name, ObjectFlag.None);
    const status = queryByName(attributesAddress, statusAddress, answer.address, STAT_SIZE, STAT_INFORMATION);
    if (status >= 0 && !hasWideId()) {
      fillRecord(record, at, volume.serial);
      return 0;
    }
    const code = status < 0 ? codeOfStatus(status) : 0;
    if (isUnknownRequest(code)) volume.statByName = false;
    // Only opening can make use of the backup privilege, and tell wide file ids.
    else if (code !== 0 && code !== Win32.ERROR_ACCESS_DENIED) return code;
  }
  const opened = openEntry(handle, names, name, Access.Ask, Disposition.Open, Option.ReparsePoint);
  if (opened < 0) return -opened;
  const code = statHandle(opened, record, at, volume.serial);
  closeHandle(opened);
  return code;
}

export function statDirectory(directory: Directory, record: Uint32Array, at: number): NativeCode {
  const { handle, volume, isVolumeRoot } = directory as OpenDirectory;
  const code = statHandle(handle, record, at, volume.serial);
  if (code === 0 && isVolumeRoot) record[at + Word.Flags] |= ItemFlag.MountRoot;
  return code;
}

/** Of an open item; `device` stays what it is in the record when it is not given. */
export function statHandle(
  handle: number,
  record: Uint32Array,
  at: number,
  device: number = record[at + Word.Device],
): NativeCode {
  for (const { kind, address, size } of PARTS) {
    const status = query(handle, statusAddress, address, size, kind);
    if (status < 0) return codeOfStatus(status);
  }
  takeParts(handle);
  if (hasWideId()) takeWideId(handle);
  fillRecord(record, at, device);
  return 0;
}
