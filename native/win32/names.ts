/** New names for what is there. */
import type { Directory, NativeCode, PinnedBuffer } from '../types.ts';
import { FileType, Word } from '../item-record.ts';
import { Attribute } from './attributes.ts';
import { bind, closeHandle, lastCode } from './library.ts';
import type { OpenDirectory } from './directory.ts';
import { codeOfStatus, isUnknownRequest, Win32 } from './errors.ts';
import { allocate } from './memory.ts';
import { statusAddress } from './object-attributes.ts';
import { Access, Disposition, openEntry, Option } from './open-item.ts';
import { retriedCode } from './retry.ts';
import { WidePath } from './wide-path.ts';

const createHardLink = bind('kernel32', 'CreateHardLinkW', 'int', ['size_t', 'size_t', 'size_t']);
const moveFile = bind('kernel32', 'MoveFileExW', 'int', ['size_t', 'size_t', 'uint']);
const setInformation = bind('kernel32', 'SetFileInformationByHandle', 'int', ['int64', 'int', 'size_t', 'uint']);
const ntSetInformation = bind('ntdll', 'NtSetInformationFile', 'int', ['int64', 'size_t', 'size_t', 'uint', 'int']);

const existing = new WidePath();
const wanted = new WidePath();

/**
 * Junctions, and symbolic links to folders, are folders themselves: "only for files, not directories".
 * @see https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-createhardlinkw
 */
export function isLinkable(record: Uint32Array, at: number): boolean {
  const isLink = (record[at + Word.Mode] & FileType.Mask) === FileType.SymbolicLink;
  return !isLink || (record[at + Word.Attributes] & Attribute.Directory) === 0;
}

/**
 * A new name for a file or for a link itself.
 * @see https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-createhardlinkw
 */
export function link(
  from: Directory,
  fromNames: PinnedBuffer,
  fromName: number,
  to: Directory,
  toNames: PinnedBuffer,
  toName: number,
): NativeCode {
  existing.write(from as OpenDirectory, fromNames, fromName);
  const length = wanted.write(to as OpenDirectory, toNames, toName);
  // As for renames: a scanner may have a file that was just written open without sharing it.
  const code = retriedCode(createLink);
  return code === Win32.ERROR_ACCESS_DENIED ? linkByPrivilege(from, fromNames, fromName, length) : code;
}

function createLink(): NativeCode {
  return createHardLink(wanted.address, existing.address, 0) === 0 ? lastCode() : 0;
}

/**
 * FILE_RENAME_INFO and FILE_LINK_INFORMATION: flags, root (none), length of the name in bytes, name.
 * https://learn.microsoft.com/windows/win32/api/winbase/ns-winbase-file_rename_info
 */
const Request = { Flags: 0, Root: 2, Length: 4, NameBytes: 20 } as const;
const request = allocate(Request.NameBytes + 2 * 32768);

const LINK_INFORMATION = 11;

/** A link needs the right to change attributes of the file, which CreateHardLinkW does not take from a privilege. */
function linkByPrivilege(from: Directory, names: PinnedBuffer, name: number, length: number): NativeCode {
  const access = Access.ChangeAttributes | Access.Ask;
  const handle = openEntry(from.handle, names, name, access, Disposition.Open, Option.ReparsePoint);
  if (handle < 0) return -handle;
  const size = writeRequest(0, length);
  // The object manager's name of `\\?\` is `\??\`.
  request.bytes.writeUInt16LE(QUESTION_MARK, Request.NameBytes + 2);
  const status = ntSetInformation(handle, statusAddress, request.address, size, LINK_INFORMATION);
  closeHandle(handle);
  return status < 0 ? codeOfStatus(status) : 0;
}

const QUESTION_MARK = 0x3f;

/** FILE_INFO_BY_HANDLE_CLASS. */
const RENAME_INFO = 3;
/** Where case is ignored, `a` must not take the place of `A`: no flag that replaces. */
const KEEP = 0;
const CHANGE_NAME = Access.Delete | Access.Ask;

/** Never replaces a file that has the name, be it in another case. Waits a little for those who hold one of them. */
export function rename(
  from: Directory,
  fromNames: PinnedBuffer,
  fromName: number,
  to: Directory,
  toNames: PinnedBuffer,
  toName: number,
): NativeCode {
  const length = wanted.write(to as OpenDirectory, toNames, toName);
  return retriedCode(() => {
    const handle = openEntry(from.handle, fromNames, fromName, CHANGE_NAME, Disposition.Open, Option.ReparsePoint);
    if (handle < 0) return -handle;
    const code = setName(handle, RENAME_INFO, KEEP, length);
    closeHandle(handle);
    return isUnknownRequest(code) ? move(from as OpenDirectory, fromNames, fromName) : code;
  });
}

/** FILE_RENAME_INFO_EX: REPLACE_IF_EXISTS | POSIX_SEMANTICS | IGNORE_READONLY_ATTRIBUTE. */
const RENAME_INFO_EX = 22;
const REPLACE_AT_ONCE = 1 | 2 | 0x40;
const REPLACE = 1;

/** Waits a little for those who hold one of the files. */
export function renameOver(
  from: Directory,
  fromNames: PinnedBuffer,
  fromName: number,
  to: Directory,
  toNames: PinnedBuffer,
  toName: number,
): NativeCode {
  const length = wanted.write(to as OpenDirectory, toNames, toName);
  return retriedCode(() => {
    const handle = openEntry(from.handle, fromNames, fromName, CHANGE_NAME, Disposition.Open, Option.ReparsePoint);
    if (handle < 0) return -handle;
    let code = setName(handle, RENAME_INFO_EX, REPLACE_AT_ONCE, length);
    if (isUnknownRequest(code)) code = setName(handle, RENAME_INFO, REPLACE, length);
    closeHandle(handle);
    return code;
  });
}

function setName(handle: number, kind: number, flags: number, length: number): NativeCode {
  const size = writeRequest(flags, length);
  return setInformation(handle, kind, request.address, size) === 0 ? lastCode() : 0;
}

/** https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-movefileexw */
function move(from: OpenDirectory, fromNames: PinnedBuffer, fromName: number): NativeCode {
  existing.write(from, fromNames, fromName);
  return moveFile(existing.address, wanted.address, KEEP) === 0 ? lastCode() : 0;
}

/** Asks for the name in {@link wanted}. @returns the size of the request */
function writeRequest(flags: number, length: number): number {
  request.words[Request.Flags] = flags;
  request.words[Request.Root] = 0;
  request.words[Request.Root + 1] = 0;
  request.words[Request.Length] = length * 2;
  wanted.copyTo(request, Request.NameBytes, length + 1);
  return Request.NameBytes + (length + 1) * 2;
}

const MAKE = Access.Ask | Access.Directory;

/** With the rights its parent passes on; its own come with `finishDirectory`. */
export function makeDirectory(parent: Directory, names: PinnedBuffer, name: number): NativeCode {
  const handle = openEntry(
    parent.handle,
    names,
    name,
    MAKE,
    Disposition.Create,
    Option.Directory | Option.ReparsePoint,
  );
  return handle < 0 ? -handle : closeHandle(handle);
}
