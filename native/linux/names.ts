import type { Directory, NativeCode, PinnedBuffer } from '../types.ts';
import { bind, errno } from './libc.ts';
import { At } from './flags.ts';
import { Word } from '../item-record.ts';
import { NativeError } from '../types.ts';
import type { BytePath } from '../byte-path.ts';
import { Errno } from './errors.ts';
import { allocate } from './memory.ts';
import { modeToFill } from './metadata.ts';
import { closeDirectory, openDirectory } from './open-directory.ts';

const linkat = bind('linkat', 'int', ['int', 'size_t', 'int', 'size_t', 'int']);
const renameat = bind('renameat', 'int', ['int', 'size_t', 'int', 'size_t']);
const renameat2 = bind('renameat2', 'int', ['int', 'size_t', 'int', 'size_t', 'uint']);
const unlinkat = bind('unlinkat', 'int', ['int', 'size_t', 'int']);
const fchmod = bind('fchmod', 'int', ['int', 'uint']);
const fchmodat = bind('fchmodat', 'int', ['int', 'size_t', 'uint', 'int']);
const faccessat = bind('faccessat', 'int', ['int', 'size_t', 'int', 'int']);
const mkdirat = bind('mkdirat', 'int', ['int', 'size_t', 'uint']);

/** A new name for a file or for a symbolic link itself (linkat without AT_SYMLINK_FOLLOW). */
export function link(
  from: Directory,
  fromNames: PinnedBuffer,
  fromName: number,
  to: Directory,
  toNames: PinnedBuffer,
  toName: number,
): NativeCode {
  const result = linkat(from.handle, fromNames.address + fromName, to.handle, toNames.address + toName, 0);
  return result < 0 ? errno() : 0;
}

/** F_OK of faccessat(2). */
const EXISTS = 0;
/** RENAME_NOREPLACE of renameat2(2). */
const NO_REPLACE = 1;
let renameat2Works = true;

/**
 * Never replaces anything: where a file system ignores case, `a` would take the place of `A`. Those that cannot promise
 * that (FUSE, NFS) get a second name, which never replaces either, and then lose the first.
 */
export function rename(
  from: Directory,
  fromNames: PinnedBuffer,
  fromName: number,
  to: Directory,
  toNames: PinnedBuffer,
  toName: number,
): NativeCode {
  if (renameat2Works) {
    const [source, target] = [fromNames.address + fromName, toNames.address + toName];
    if (renameat2(from.handle, source, to.handle, target, NO_REPLACE) === 0) return 0;
    const code = errno();
    if (code !== Errno.EINVAL && code !== Errno.ENOSYS) return code;
    renameat2Works = false;
  }
  const code = link(from, fromNames, fromName, to, toNames, toName);
  if (code === 0) return removeFile(from, fromNames, fromName);
  if (code !== Errno.EPERM && code !== Errno.EOPNOTSUPP) return code;
  // A folder, or a file system without links (exFAT): nobody promises anything, so it is looked at first.
  if (faccessat(to.handle, toNames.address + toName, EXISTS, At.SymlinkNoFollow) === 0) return Errno.EEXIST;
  return errno() === Errno.ENOENT ? renameOver(from, fromNames, fromName, to, toNames, toName) : errno();
}

export function renameOver(
  from: Directory,
  fromNames: PinnedBuffer,
  fromName: number,
  to: Directory,
  toNames: PinnedBuffer,
  toName: number,
): NativeCode {
  const result = renameat(from.handle, fromNames.address + fromName, to.handle, toNames.address + toName);
  return result < 0 ? errno() : 0;
}

/** Private until it is finished: the source's mode may keep others out, and must not keep us out. */
export function makeDirectory(
  parent: Directory,
  names: PinnedBuffer,
  name: number,
  record: Uint32Array,
  at: number,
): NativeCode {
  return mkdirat(parent.handle, names.address + name, modeToFill(record[at + Word.Mode])) < 0 ? errno() : 0;
}

export function removeFile(directory: Directory, names: PinnedBuffer, name: number): NativeCode {
  return unlinkat(directory.handle, names.address + name, 0) < 0 ? errno() : 0;
}

export function removeDirectory(directory: Directory, names: PinnedBuffer, name: number): NativeCode {
  return unlinkat(directory.handle, names.address + name, At.RemoveDirectory) < 0 ? errno() : 0;
}

const PATH_LIMIT = 4095;
const scratch = allocate(PATH_LIMIT + 1);
const isRoot = process.geteuid?.() === 0;

export function removeDirectoryAt(root: Directory, path: BytePath): NativeCode {
  if (path.length <= PATH_LIMIT) return unlinkat(root.handle, write(path), At.RemoveDirectory) < 0 ? errno() : 0;
  return inParent(root, path, (parent, name) => unlinkat(parent, name, At.RemoveDirectory));
}

/** Root needs no permission; everyone else needs to write to and search the directory. */
export function allowRemoval(directory: Directory): void {
  if (!isRoot) fchmod(directory.handle, 0o700);
}

export function allowListing(root: Directory, path: BytePath): boolean {
  return !isRoot && path !== '' && inParent(root, path, (parent, name) => fchmodat(parent, name, 0o700, 0)) === 0;
}

function inParent(root: Directory, path: BytePath, call: (parent: number, name: number) => number): NativeCode {
  const cut = path.lastIndexOf('/');
  let parent: Directory;
  try {
    parent = openDirectory(root, path.slice(0, Math.max(0, cut)), 'reference');
  } catch (error) {
    return error instanceof NativeError ? error.native.code : Errno.EIO;
  }
  const code = call(parent.handle, write(path.slice(cut + 1))) < 0 ? errno() : 0;
  closeDirectory(parent);
  return code;
}

function write(path: BytePath): number {
  scratch.bytes[scratch.bytes.latin1Write(path, 0)] = 0;
  return scratch.address;
}
