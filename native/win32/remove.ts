/**
 * Removal of names.
 * https://learn.microsoft.com/windows-hardware/drivers/ddi/ntddk/ns-ntddk-_file_disposition_information_ex
 */
import { NativeError, type Directory, type NativeCode, type PinnedBuffer } from '../types.ts';
import type { BytePath } from '../byte-path.ts';
import { bind, closeHandle, lastCode } from './library.ts';
import { isUnknownRequest, Win32 } from './errors.ts';
import { allocate } from './memory.ts';
import { closeDirectory, openDirectory } from './open-directory.ts';
import { Access, Disposition, openEntry, Option } from './open-item.ts';
import { retriedCode } from './retry.ts';
import { Attribute, attributesIn, newBasic, readBasic, writeAttributes } from './attributes.ts';

const setInformation = bind('kernel32', 'SetFileInformationByHandle', 'int', ['int64', 'int', 'size_t', 'uint']);

/** FILE_INFO_BY_HANDLE_CLASS. */
const DISPOSITION_INFO = 4;
const DISPOSITION_INFO_EX = 21;
/** DELETE | POSIX_SEMANTICS | IGNORE_READONLY_ATTRIBUTE: the name goes at once, and no other name of the file notices. */
const REMOVE_AT_ONCE = 1 | 2 | 0x10;
const REMOVE = 1;
const request = allocate(8);
const basic = newBasic();

/** A file, or a link of any kind itself. */
export function removeFile(directory: Directory, names: PinnedBuffer, name: number): NativeCode {
  return retriedCode(() => remove(directory, names, name, Option.ReparsePoint));
}

export function removeDirectory(directory: Directory, names: PinnedBuffer, name: number): NativeCode {
  return retriedCode(() => remove(directory, names, name, Option.ReparsePoint | Option.Directory));
}

const leaf = allocate(1024);

export function removeDirectoryAt(root: Directory, path: BytePath): NativeCode {
  const cut = path.lastIndexOf('/');
  const name = path.slice(cut + 1);
  if (name.length >= leaf.bytes.length) return Win32.ERROR_FILENAME_EXCED_RANGE;
  leaf.bytes[leaf.bytes.latin1Write(name, 0)] = 0;
  if (cut < 0) return removeDirectory(root, leaf, 0);
  let parent: Directory;
  try {
    parent = openDirectory(root, path.slice(0, cut), 'list');
  } catch (error) {
    if (error instanceof NativeError) return error.native.code;
    throw error;
  }
  const code = removeDirectory(parent, leaf, 0);
  closeDirectory(parent);
  return code;
}

/** What a handle with {@link Access.Delete} is of: its name goes at once, or with the handle. */
export function removeOpened(handle: number): NativeCode {
  const code = dispose(handle, DISPOSITION_INFO_EX, REMOVE_AT_ONCE);
  return isUnknownRequest(code) ? dispose(handle, DISPOSITION_INFO, REMOVE) : code;
}

function remove(directory: Directory, names: PinnedBuffer, name: number, options: number): NativeCode {
  const handle = openEntry(directory.handle, names, name, Access.Delete | Access.Ask, Disposition.Open, options);
  if (handle < 0) return -handle;
  const plain = removeOpened(handle);
  closeHandle(handle);
  return plain === Win32.ERROR_ACCESS_DENIED ? removeReadOnly(directory, names, name, options) : plain;
}

/**
 * Where READONLY forbids removal it is taken off for a moment. It belongs to the file, not to the name: it is set again
 * before the name goes, which happens when the handle is closed.
 */
function removeReadOnly(directory: Directory, names: PinnedBuffer, name: number, options: number): NativeCode {
  const access = Access.Delete | Access.Ask | Access.ChangeAttributes;
  const handle = openEntry(directory.handle, names, name, access, Disposition.Open, options);
  if (handle < 0) return -handle;
  let code = readBasic(handle, basic);
  const attributes = attributesIn(basic);
  if (code === 0 && (attributes & Attribute.ReadOnly) === 0) code = Win32.ERROR_ACCESS_DENIED;
  if (code === 0) code = writeAttributes(handle, attributes & ~Attribute.ReadOnly);
  if (code === 0) {
    const removed = dispose(handle, DISPOSITION_INFO, REMOVE);
    code = writeAttributes(handle, attributes) || removed;
  }
  closeHandle(handle);
  return code;
}

function dispose(handle: number, kind: number, flags: number): NativeCode {
  request.words[0] = flags;
  return setInformation(handle, kind, request.address, 4) === 0 ? lastCode() : 0;
}
