/**
 * Opening relative to an open directory or, for a stream, to an open file. Nothing on the way is looked up by path, so
 * nothing planted there is followed.
 * https://learn.microsoft.com/windows/win32/api/winternl/nf-winternl-ntcreatefile
 */
import type { NativeCode, PinnedBuffer } from '../types.ts';
import { bind, closeHandle } from './library.ts';
import { Win32, codeOfStatus } from './errors.ts';
import {
  attributesAddress,
  handleAddress,
  handleOut,
  nameEntry,
  nameItem,
  ObjectFlag,
  statusAddress,
} from './object-attributes.ts';

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
  /** FILE_READ_ATTRIBUTES and SYNCHRONIZE: what it takes to ask about an item. */
  Ask: 0x0010_0080,
  /** FILE_WRITE_ATTRIBUTES. */
  ChangeAttributes: 0x0000_0100,
  /** FILE_LIST_DIRECTORY and FILE_TRAVERSE: sharing is decided by these, not by {@link Access.Ask}. */
  Directory: 0x0000_0021,
  /** The part of both that concerns content: FILE_READ_DATA, FILE_WRITE_DATA and FILE_APPEND_DATA. */
  Data: 7,
  Delete: 0x0001_0000,
  ChangeSecurity: 0x000c_0000,
  /** ACCESS_SYSTEM_SECURITY: reading and setting the audit list; needs SeSecurityPrivilege. */
  Audit: 0x0100_0000,
} as const;

export const Disposition = { Open: 1, Create: 2, OpenIf: 3, OverwriteIf: 5 } as const;

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
/** What others may do meanwhile. Without `Delete` an open directory, and all above it, stay where they are. */
export const Share = { ReadWrite: 3, All: 7 } as const;
const ATTRIBUTE_NORMAL = 0x80;

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
  // Exact names come from listings, any case from users.
  const flags = root === 0 ? ObjectFlag.CaseInsensitive : ObjectFlag.None;
  nameItem(root, name, flags, descriptor?.address);
  return openNamed(access, Share.All, disposition, options);
}

/** The same for the name of an entry; allocates nothing. */
export function openEntry(
  root: number,
  names: PinnedBuffer,
  name: number,
  access: number,
  disposition: number,
  options: number,
): number {
  nameEntry(root, names, name, ObjectFlag.None);
  return openNamed(access, Share.All, disposition, options);
}

/** Opens what object-attributes.ts was told last. */
export function openNamed(access: number, share: number, disposition: number, options: number): number {
  const status = ntCreateFile(
    handleAddress,
    access,
    attributesAddress,
    statusAddress,
    0,
    ATTRIBUTE_NORMAL,
    share,
    disposition,
    ALWAYS | options,
    0,
    0,
  );
  return status < 0 ? -codeOfStatus(status) : handleOut();
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
