/**
 * Symbolic links to folders. Node.js takes the last backslash off a target, which makes of the root folder of a shadow
 * copy its device: that cannot be listed, and the link is not known again.
 * https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-createsymboliclinkw
 * https://learn.microsoft.com/windows-hardware/drivers/ddi/ntifs/ns-ntifs-_reparse_data_buffer
 */
import { NativeError, type SymbolicLinkCalls } from '../types.ts';
import { isMissing, nativeError, Win32 } from './errors.ts';
import { bind, closeHandle, lastCode } from './library.ts';
import { Access, Option } from './open-item.ts';
import { openPath } from './open-path.ts';
import { toWide } from './paths.ts';
import { removeOpened } from './remove.ts';
import { readReparsePoint } from './reparse.ts';
import { wideText } from './wide-text.ts';

const createSymbolicLink = bind('kernel32', 'CreateSymbolicLinkW', 'int', ['size_t', 'size_t', 'uint']);

const DIRECTORY = 1;
const SYMBOLIC_LINK = 0xa000000c;
/** Before the names: tag, length and reserved word; two offsets and lengths; flags. */
const NAMES = 20;

export const symbolicLinks: SymbolicLinkCalls = {
  make(path, target) {
    const name = wideText(toWide(path));
    const leadsTo = wideText(target);
    // It gives a BOOLEAN: the bytes above the lowest mean nothing.
    const isMade = (createSymbolicLink(name.address, leadsTo.address, DIRECTORY) & 0xff) !== 0;
    if (!isMade) throw nativeError('CreateSymbolicLinkW', lastCode(), path);
    const handle = openIfLeadsTo(path, target, Access.Ask);
    // Some systems say that they made one and did not.
    if (handle === undefined) throw nativeError('CreateSymbolicLinkW', Win32.ERROR_NOT_SUPPORTED, path);
    closeHandle(handle);
  },

  remove(path, target) {
    const seen = openIfLeadsTo(path, target, Access.Ask);
    if (seen === undefined) return false;
    closeHandle(seen);
    const handle = openIfLeadsTo(path, target, Access.Ask | Access.Delete);
    if (handle === undefined) return false;
    const code = removeOpened(handle);
    closeHandle(handle);
    if (code !== 0) throw nativeError('SetFileInformationByHandle', code, path);
    return true;
  },
};

/** The link itself, open; undefined when something else or nothing has its name. @throws NativeError */
function openIfLeadsTo(path: string, target: string, access: number): number | undefined {
  let handle: number;
  try {
    handle = openPath(path, access, Option.Directory | Option.ReparsePoint);
  } catch (error) {
    if (error instanceof NativeError && isMissing(error.native.code)) return undefined;
    throw error;
  }
  const found = targetOf(handle);
  if (found !== undefined && withoutPrefix(found) === withoutPrefix(toWide(target))) return handle;
  closeHandle(handle);
  return undefined;
}

/** Documented is that the system keeps `\\?\` as `\??\`; either is the same place. */
function withoutPrefix(target: string): string {
  return target.replace(/^\\[\\?]\?\\/, '');
}

function targetOf(handle: number): string | undefined {
  const data = readReparsePoint(handle);
  if (typeof data === 'number' || data.readUInt32LE(0) !== SYMBOLIC_LINK) return undefined;
  const from = NAMES + data.readUInt16LE(8);
  return data.toString('utf16le', from, from + data.readUInt16LE(10));
}
