/** https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-flushfilebuffers */
import type { Directory, NativeCode } from '../types.ts';
import { isUnknownRequest, nativeError, Win32 } from './errors.ts';
import { volumeDevice } from './final-path.ts';
import { bind, closeHandle, lastCode } from './library.ts';
import { Access, Disposition, openRelative, Option } from './open-item.ts';

const flush = bind('kernel32', 'FlushFileBuffers', 'int', ['int64']);

/**
 * Makes everything on the volume durable, which takes an administrator. On shares, and for others, what was copied has been
 * flushed file by file (see {@link flushesVolume}); then the names remain.
 */
export function syncVolume(directory: Directory): void {
  const volume = openVolume(directory);
  if (volume === undefined) {
    syncDirectory(directory);
    return;
  }
  const code = flushHandle(volume);
  closeHandle(volume);
  if (code !== 0) throw nativeError('FlushFileBuffers', code);
}

/** Whether {@link syncVolume} reaches the content of files. */
export function flushesVolume(directory: Directory): boolean {
  const volume = openVolume(directory);
  if (volume !== undefined) closeHandle(volume);
  return volume !== undefined;
}

/** A flush of any file writes the journal of NTFS up to there, and with it all renames and links. */
export function syncDirectory(directory: Directory): void {
  const handle = openRelative(directory.handle, '', Access.Write, Disposition.Open, Option.Directory);
  if (handle < 0) throw nativeError('NtCreateFile', -handle);
  const code = flushHandle(handle);
  closeHandle(handle);
  // Some servers do not flush directories: they answer when their own disk has the change.
  if (code !== 0 && !isUnknownRequest(code) && code !== Win32.ERROR_INVALID_HANDLE && code !== Win32.ERROR_ACCESS_DENIED)
    throw nativeError('FlushFileBuffers', code);
}

export function flushHandle(handle: number): NativeCode {
  return flush(handle) === 0 ? lastCode() : 0;
}

function openVolume(directory: Directory): number | undefined {
  const device = volumeDevice(directory.handle);
  if (device === undefined) return undefined;
  const handle = openRelative(0, `\\??\\${device.slice(4)}`, Access.Write, Disposition.Open, 0);
  return handle < 0 ? undefined : handle;
}
