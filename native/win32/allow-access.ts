/** Rights on directories of a set for an account that has no backup privileges but owns them. */
import { NativeError, type Directory } from '../types.ts';
import type { BytePath } from '../byte-path.ts';
import { bind, closeHandle } from './library.ts';
import { closeDirectory, openDirectory } from './open-directory.ts';
import { Access, Disposition, openRelative, Option } from './open-item.ts';
import { holdsPrivilege } from './privileges.ts';
import { PRIVATE_DESCRIPTOR } from './security.ts';
import { textOfBytes } from './utf16.ts';

const setSecurity = bind('advapi32', 'SetKernelObjectSecurity', 'int', ['int64', 'uint', 'size_t']);
const DACL_SECURITY_INFORMATION = 4;
/** WRITE_DAC, which an owner has whatever the list says. */
const WRITE_DAC = 0x0004_0000;

/** FILE_DELETE_CHILD on the directory allows removal whatever its files say. */
export function allowRemoval(directory: Directory): void {
  if (!holdsPrivilege('SeRestorePrivilege')) giveAccess(directory.handle, '');
}

export function allowListing(root: Directory, path: BytePath): boolean {
  if (holdsPrivilege('SeBackupPrivilege') || path === '') return false;
  const cut = path.lastIndexOf('/');
  try {
    const parent = openDirectory(root, path.slice(0, Math.max(0, cut)), 'list');
    try {
      return giveAccess(parent.handle, textOfBytes(Buffer.from(path.slice(cut + 1), 'latin1')));
    } finally {
      closeDirectory(parent);
    }
  } catch (error) {
    if (error instanceof NativeError) return false;
    throw error;
  }
}

function giveAccess(root: number, name: string): boolean {
  const options = Option.Directory | Option.ReparsePoint;
  const handle = openRelative(root, name, WRITE_DAC | Access.Ask, Disposition.Open, options);
  if (handle < 0) return false;
  const done = setSecurity(handle, DACL_SECURITY_INFORMATION, PRIVATE_DESCRIPTOR.address) !== 0;
  closeHandle(handle);
  return done;
}
