/**
 * Opening relative to an open directory or, for a stream, to an open file. Nothing on the way is looked up by path, so
 * nothing planted there is followed.
 * https://learn.microsoft.com/windows/win32/api/winternl/nf-winternl-ntcreatefile
 */
import type { NativeCode, PinnedBuffer } from '../types.ts';
import { bind, closeHandle } from './library.ts';
import { Win32, codeOfStatus } from './errors.ts';
import { allocate } from './memory.ts';

const ntCreateFile = bind('ntdll', 'NtCreateFile', 'int', [
  'size_t',
  'uint',
  'size_t',
  'size_t',
  'size_t',
  'uint',
  'uint',
  'uint',
  'uint',
  'size_t',
  'uint',
]);

/** https://learn.microsoft.com/windows/win32/fileio/file-security-and-access-rights */
export const Access = {
  /** Content, attributes, extended attributes and security descriptor. */
  Read: 0x0012_0089,
  Write: 0x0012_0116,
  /** The part of both that concerns content: FILE_READ_DATA, FILE_WRITE_DATA and FILE_APPEND_DATA. */
  Data: 7,
  Delete: 0x0001_0000,
  ChangeSecurity: 0x000c_0000,
  /** ACCESS_SYSTEM_SECURITY: reading and setting the audit list; needs SeSecurityPrivilege. */
  Audit: 0x0100_0000,
} as const;

export const Disposition = { Open: 1, Create: 2, OverwriteIf: 5 } as const;

export const Option = {
  Directory: 0x0000_0001,
  SequentialOnly: 0x0000_0004,
  Synchronous: 0x0000_0020,
  NonDirectory: 0x0000_0040,
  DeleteOnClose: 0x0000_1000,
  BackupIntent: 0x0000_4000,
  ReparsePoint: 0x0020_0000,
  /** Data that is somewhere else stays there. */
  NoRecall: 0x0040_0000,
} as const;

const ALWAYS = Option.Synchronous | Option.BackupIntent | Option.NoRecall;
const SHARE_ALL = 7;
const ATTRIBUTE_NORMAL = 0x80;
const OBJECT_ATTRIBUTES_SIZE = 48;
const NAME_LIMIT = 65534;

const text = allocate(NAME_LIMIT);
/** OBJECT_ATTRIBUTES, UNICODE_STRING, IO_STATUS_BLOCK and the handle, one behind the other. */
const block = allocate(96);
const SECURITY = 32;
const UNICODE = 48;
const STATUS = 64;
const HANDLE = 80;

/**
 * Opens `name` in the directory (or stream of the file) `root`; an empty name opens `root` itself anew.
 * @param descriptor security of what is created; else it inherits
 * @returns a synchronous handle, or the Win32 code negated
 */
export function openRelative(
  root: number,
  name: string,
  access: number,
  disposition: number,
  options: number = Option.ReparsePoint,
  descriptor?: PinnedBuffer,
): number {
  const length = text.bytes.write(name, 0, 'utf16le');
  block.bytes.fill(0);
  block.words[0] = OBJECT_ATTRIBUTES_SIZE;
  block.bytes.writeBigInt64LE(BigInt(root), 8);
  block.bytes.writeBigInt64LE(BigInt(block.address + UNICODE), 16);
  if (descriptor) block.bytes.writeBigInt64LE(BigInt(descriptor.address), SECURITY);
  block.bytes.writeUInt16LE(length, UNICODE);
  block.bytes.writeUInt16LE(length, UNICODE + 2);
  block.bytes.writeBigInt64LE(BigInt(text.address), UNICODE + 8);
  const status = ntCreateFile(
    block.address + HANDLE,
    access,
    block.address,
    block.address + STATUS,
    0,
    ATTRIBUTE_NORMAL,
    SHARE_ALL,
    disposition,
    ALWAYS | options,
    0,
    0,
  );
  return status < 0 ? -codeOfStatus(status) : Number(block.bytes.readBigInt64LE(HANDLE));
}

/** An open item, and whether its audit list can be read or set through the handle. */
export interface OpenItem {
  handle: number;
  audit: boolean;
}

/** Opens with the right to audit where the process may have it, else without. Returns the code when that fails, too. */
export function openAudited(
  root: number,
  name: string,
  access: number,
  disposition: number,
  options: number,
  descriptor?: PinnedBuffer,
): OpenItem | NativeCode {
  let handle = openRelative(root, name, access | Access.Audit, disposition, options, descriptor);
  if (handle >= 0) return { handle, audit: true };
  if (handle !== -Win32.ERROR_PRIVILEGE_NOT_HELD && handle !== -Win32.ERROR_ACCESS_DENIED) return -handle;
  handle = openRelative(root, name, access, disposition, options, descriptor);
  return handle >= 0 ? { handle, audit: false } : -handle;
}

/** Stands for an item that had to be closed and could not be opened again. */
export const CLOSED: OpenItem = { handle: -1, audit: false };

export function closeItem(item: OpenItem): void {
  if (item !== CLOSED) closeHandle(item.handle);
}
