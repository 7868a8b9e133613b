/** https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-flushfilebuffers */
import type { Directory, NativeCode } from '../types.ts';
import type { OpenDirectory } from './directory.ts';
import { isUnknownRequest, nativeError, Win32 } from './errors.ts';
import { volumeDevice } from './final-path.ts';
import { bind, closeHandle, lastCode } from './library.ts';
import { Access, Disposition, openRelative, Option } from './open-item.ts';

const flush = bind('kernel32', 'FlushFileBuffers', 'int', ['int64']);

/**
 * Makes everything on the volume durable, which takes an administrator. On shares, and for others, what was copied has been
 * flushed file by file ({@link flushCopy}); then the names remain.
 */
export function syncVolume(directory: Directory): void {
  if (!flushVolume(directory)) syncDirectory(directory);
}

/** By volume: whether {@link syncVolume} will reach the content of files. */
const flushed = new Map<number, boolean>();

/** Makes a finished copy durable, where that cannot be done for all copies at once. */
export function flushCopy(handle: number, directory: Directory): NativeCode {
  const { serial } = (directory as OpenDirectory).volume;
  let atOnce = flushed.get(serial);
  if (atOnce === undefined) flushed.set(serial, (atOnce = flushVolume(directory)));
  const code = atOnce ? 0 : flushHandle(handle);
  // A file encrypted for somebody else is open for its metadata only, and can be flushed by nobody here.
  return code === Win32.ERROR_ACCESS_DENIED ? 0 : code;
}

/** A flush of any file writes the journal of NTFS up to there, and with it all renames and links. */
export function syncDirectory(directory: Directory): void {
  const handle = openRelative(directory.handle, '', Access.Write, Disposition.Open, Option.Directory);
  if (handle < 0) throw nativeError('NtCreateFile', -handle);
  const code = flushHandle(handle);
  closeHandle(handle);
  // Some servers do not flush directories: they answer when their own disk has the change.
  if (
    code !== 0 &&
    !isUnknownRequest(code) &&
    code !== Win32.ERROR_INVALID_HANDLE &&
    code !== Win32.ERROR_ACCESS_DENIED
  )
    throw nativeError('FlushFileBuffers', code);
}

/** False where this process may not, or the volume is none that can. */
function flushVolume(directory: Directory): boolean {
  const device = volumeDevice(directory.handle);
  if (device === undefined) return false;
  const handle = openRelative(0, `\\??\\${device.slice(4)}`, Access.Write, Disposition.Open, 0);
  if (handle < 0) return false;
  const code = flushHandle(handle);
  closeHandle(handle);
  if (code === 0) return true;
  if (isUnknownRequest(code) || code === Win32.ERROR_ACCESS_DENIED) return false;
  throw nativeError('FlushFileBuffers', code);
}

function flushHandle(handle: number): NativeCode {
  return flush(handle) === 0 ? lastCode() : 0;
}
