/**
 * Directories below a root are opened relative to its handle, and never through a link.
 * https://learn.microsoft.com/windows/win32/api/winternl/nf-winternl-ntcreatefile
 */
import type { Directory, DirectoryUse } from '../types.ts';
import type { BytePath } from '../byte-path.ts';
import { OpenDirectory, type VolumeTraits } from './directory.ts';
import { nativeError, Win32 } from './errors.ts';
import { finalPath, isVolumeRoot } from './final-path.ts';
import { closeHandle } from './library.ts';
import { nameItem, ObjectFlag } from './object-attributes.ts';
import { Access, Disposition, openNamed, Option, Share } from './open-item.ts';
import { toWide } from './paths.ts';
import { bytesToText } from '../path-text.ts';
import { readTag, isLink } from './reparse-tag.ts';
import { retried } from './retry.ts';
import { textOfBytes } from './utf16.ts';
import { volumeSerial } from './volume-serial.ts';

const ACCESS = Access.Ask | Access.Directory;

/** A source may be renamed while it is read; what is linked to and filled must stay where it is. */
const SHARE: Record<DirectoryUse, number> = { list: Share.All, reference: Share.ReadWrite, fill: Share.ReadWrite };

/** Follows links: the path is the user's. */
export function openRoot(path: BytePath, use: DirectoryUse): Directory {
  const text = bytesToText(Buffer.from(path, 'latin1'));
  const wide = toWide(text);
  const handle = open(0, `\\??\\${wide.slice(4)}`, use, ObjectFlag.CaseInsensitive, Option.Directory);
  if (handle < 0) throw nativeError('NtCreateFile', -handle, text);
  const volume: VolumeTraits = { serial: volumeSerial(handle), listing: 0, statByName: true };
  // Links in the path may be changed during a run: from here on it is the path of the folder itself.
  return new OpenDirectory(handle, finalPath(handle) ?? wide, volume, isVolumeRoot(handle));
}

export function openDirectory(root: Directory, path: BytePath, use: DirectoryUse): Directory {
  const parent = root as OpenDirectory;
  const name = textOfBytes(Buffer.from(path, 'latin1')).replaceAll('/', '\\');
  const handle = openBelow(parent.handle, name, use);
  if (handle < 0) throw nativeError('NtCreateFile', -handle, path);
  return new OpenDirectory(handle, name === '' ? parent.path : parent.pathOf(name), parent.volume);
}

export function closeDirectory(directory: Directory): void {
  closeHandle(directory.handle);
}

/** A handle, or the code negated. */
function openBelow(root: number, path: string, use: DirectoryUse): number {
  if (!path.includes('\\')) return openChecked(root, path, use, ObjectFlag.None);
  if (!refusesLinks()) return walk(root, path, use);
  const handle = openChecked(root, path, use, ObjectFlag.DontReparse);
  // Not all reparse points are links: step by step each is looked at.
  return handle === -Win32.ERROR_REPARSE_POINT_ENCOUNTERED ? walk(root, path, use) : handle;
}

/** Component by component, each opened itself and checked. */
function walk(root: number, path: string, use: DirectoryUse): number {
  const names = path.split('\\');
  let current = root;
  for (let i = 0; i < names.length; i++) {
    const next = openChecked(current, names[i], i === names.length - 1 ? use : 'reference', ObjectFlag.None);
    if (current !== root) closeHandle(current);
    if (next < 0) return next;
    current = next;
  }
  return current;
}

function openChecked(root: number, path: string, use: DirectoryUse, flags: number): number {
  const handle = open(root, path, use, flags, Option.Directory | Option.ReparsePoint);
  if (handle < 0 || !isLink(readTag(handle))) return handle;
  closeHandle(handle);
  return -Win32.ERROR_REPARSE_POINT_ENCOUNTERED;
}

function open(root: number, path: string, use: DirectoryUse, flags: number, options: number): number {
  return retried(
    () => {
      nameItem(root, path, flags);
      return openNamed(ACCESS, SHARE[use], Disposition.Open, options);
    },
    (handle) => (handle < 0 ? -handle : 0),
  );
}

let refuses: boolean | undefined;

/**
 * Whether this system refuses links on the way when asked to (Windows 10 1607 and later; Wine does not listen). Tried with
 * a name that is one on every Windows: `\SystemRoot` is a link of the object manager.
 */
function refusesLinks(): boolean {
  if (refuses !== undefined) return refuses;
  nameItem(0, '\\SystemRoot', ObjectFlag.CaseInsensitive | ObjectFlag.DontReparse);
  const handle = openNamed(Access.Ask, Share.All, Disposition.Open, Option.Directory);
  if (handle >= 0) closeHandle(handle);
  refuses = handle === -Win32.ERROR_REPARSE_POINT_ENCOUNTERED;
  return refuses;
}
