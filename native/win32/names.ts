/** https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-setfileinformationbyhandle */
import type { Directory, NativeCode, PinnedBuffer } from '../types.ts';
import { bind, closeHandle, lastCode } from './library.ts';
import { codeOfStatus } from './errors.ts';
import { allocate } from './memory.ts';
import { Access, Disposition, openRelative } from './open-item.ts';
import { textOfName } from './utf16.ts';

const setInformation = bind('kernel32', 'SetFileInformationByHandle', 'int', ['int64', 'int', 'size_t', 'uint']);
const ntSetInformation = bind('ntdll', 'NtSetInformationFile', 'int', ['int64', 'size_t', 'size_t', 'uint', 'int']);
const RENAME_INFORMATION = 10;
const status = allocate(16);
const memory = allocate(65536);
const CHANGE = Access.Delete | 0x0010_0180;

export function rename(
  from: Directory,
  fromNames: PinnedBuffer,
  fromName: number,
  to: Directory,
  toNames: PinnedBuffer,
  toName: number,
): NativeCode {
  const handle = openRelative(from.handle, textOfName(fromNames, fromName), CHANGE, Disposition.Open);
  if (handle < 0) return -handle;
  const length = memory.bytes.write(textOfName(toNames, toName), 20, 'utf16le');
  memory.words.fill(0, 0, 5);
  memory.words[0] = 1;
  memory.bytes.writeBigInt64LE(BigInt(to.handle), 8);
  memory.words[4] = length;
  // The Win32 call would take the name for a path of its own.
  const renamed = ntSetInformation(handle, status.address, memory.address, 20 + length + 2, RENAME_INFORMATION);
  const code = renamed < 0 ? codeOfStatus(renamed) : 0;
  closeHandle(handle);
  return code;
}

export function removeFile(directory: Directory, names: PinnedBuffer, name: number): NativeCode {
  const handle = openRelative(directory.handle, textOfName(names, name), CHANGE, Disposition.Open);
  if (handle < 0) return -handle;
  memory.words[0] = 0x13;
  let code = setInformation(handle, 21, memory.address, 4) === 0 ? lastCode() : 0;
  if (code === 87) {
    memory.words[0] = 1;
    code = setInformation(handle, 4, memory.address, 4) === 0 ? lastCode() : 0;
  }
  closeHandle(handle);
  return code;
}
