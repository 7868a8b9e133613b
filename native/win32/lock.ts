/** https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-lockfileex */
import type { LockHandle, NativeCode } from '../types.ts';
import { Attribute, attributesIn, newBasic, readBasic } from './attributes.ts';
import { nativeError, Win32 } from './errors.ts';
import { bind, closeHandle, lastCode } from './library.ts';
import { allocate } from './memory.ts';
import { nameItem, ObjectFlag } from './object-attributes.ts';
import { Access, Disposition, openNamed, Option, Share } from './open-item.ts';
import { toWide } from './paths.ts';
import { readStart, seek, writeBytes } from './plain-content.ts';
import { setEnd } from './sparse.ts';

const lockFile = bind('kernel32', 'LockFileEx', 'int', ['int64', 'uint', 'uint', 'uint', 'uint', 'size_t']);

/** LOCKFILE_FAIL_IMMEDIATELY | LOCKFILE_EXCLUSIVE_LOCK. */
const EXCLUSIVE_NOW = 1 | 2;
/** LOCKFILE_FAIL_IMMEDIATELY. */
const SHARED_NOW = 1;
/** OVERLAPPED: two pointers, the offset in two words, an event. */
const OVERLAPPED_SIZE = 32;
const OFFSET_HIGH = 5;
/** Locks are mandatory: the byte that is locked lies far behind the note, which others may read. */
const LOCKED_HIGH = 0x4000_0000;
const LONGEST_NOTE = 64 * 1024;

/** Held by the open file, so the system drops it when the process ends, however it ends; servers do, too. */
export function lock(path: string): LockHandle | undefined {
  const handle = open(path, Access.Read | Access.Write, Disposition.OpenIf);
  const code = take(handle, EXCLUSIVE_NOW);
  if (code !== 0) {
    closeHandle(handle);
    if (isTaken(code)) return undefined;
    throw nativeError('LockFileEx', code, path);
  }
  const note = readStart(handle, LONGEST_NOTE);
  if (typeof note === 'number') {
    closeHandle(handle);
    throw nativeError('ReadFile', note, path);
  }
  const describe = (text: string): void => {
    const failed = write(handle, Buffer.from(text));
    if (failed !== 0) throw nativeError('WriteFile', failed, path);
  };
  return {
    path,
    previous: note.toString('utf8'),
    describe,
    release: () => {
      try {
        describe('');
      } finally {
        closeHandle(handle);
      }
    },
    abandon: () => closeHandle(handle),
  };
}

/** A shared lock is enough to meet an exclusive one. */
export function isLocked(path: string): boolean {
  const handle = open(path, Access.Read, Disposition.Open);
  const code = take(handle, SHARED_NOW);
  closeHandle(handle);
  if (code === 0) return false;
  if (isTaken(code)) return true;
  throw nativeError('LockFileEx', code, path);
}

function isTaken(code: NativeCode): boolean {
  return code === Win32.ERROR_LOCK_VIOLATION || code === Win32.ERROR_IO_PENDING;
}

/** The file cannot be removed or replaced while it is open. */
function open(path: string, access: number, disposition: number): number {
  nameItem(0, `\\??\\${toWide(path).slice(4)}`, ObjectFlag.CaseInsensitive);
  const options = Option.NonDirectory | Option.ReparsePoint;
  const handle = openNamed(access, Share.ReadWrite, disposition, options);
  if (handle < 0) throw nativeError('NtCreateFile', -handle, path);
  const basic = newBasic();
  const code = readBasic(handle, basic);
  const isLink = (attributesIn(basic) & Attribute.ReparsePoint) !== 0;
  if (code === 0 && !isLink) return handle;
  closeHandle(handle);
  throw nativeError('NtCreateFile', code || Win32.ERROR_REPARSE_POINT_ENCOUNTERED, path);
}

function take(handle: number, how: number): NativeCode {
  const overlapped = allocate(OVERLAPPED_SIZE);
  overlapped.words[OFFSET_HIGH] = LOCKED_HIGH;
  return lockFile(handle, how, 0, 1, 0, overlapped.address) === 0 ? lastCode() : 0;
}

function write(handle: number, text: Buffer): NativeCode {
  if (!seek(handle, 0)) return lastCode();
  return writeBytes(handle, text) || setEnd(handle, text.length);
}
