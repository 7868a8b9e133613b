/**
 * https://learn.microsoft.com/windows/win32/fileio/naming-a-volume
 * https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-getvolumepathnamew
 * https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-getvolumenameforvolumemountpointw
 * https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-getvolumepathnamesforvolumenamew
 */
import type { VolumeOfPath } from '../../vss/calls.ts';
import { nativeError } from '../native-error.ts';
import { bind, lastCode } from '../library.ts';
import { allocate } from '../memory.ts';
import { textIn, wideText } from '../wide-text.ts';

const getVolumePath = bind('kernel32', 'GetVolumePathNameW', 'int', ['size_t', 'size_t', 'uint']);
const getVolumeName = bind('kernel32', 'GetVolumeNameForVolumeMountPointW', 'int', ['size_t', 'size_t', 'uint']);
const getVolumeRoots = bind('kernel32', 'GetVolumePathNamesForVolumeNameW', 'int', [
  'size_t',
  'size_t',
  'uint',
  'size_t',
]);
const UNITS = 32768;

/** The volume that holds an absolute path whose links have been resolved. @throws NativeError */
export function volumeOf(path: string): VolumeOfPath {
  const answer = allocate(UNITS * 2);
  const given = wideText(path);
  if (getVolumePath(given.address, answer.address, UNITS) === 0)
    throw nativeError('GetVolumePathNameW', lastCode(), path);
  const root = textIn(answer);
  const mountPoint = wideText(root);
  if (getVolumeName(mountPoint.address, answer.address, UNITS) === 0)
    throw nativeError('GetVolumeNameForVolumeMountPointW', lastCode(), root);
  return { volume: textIn(answer), root };
}

/** Where a volume is mounted: of several places that with the shortest name, a drive letter where it has one. */
export function rootOf(volume: string): string | undefined {
  const answer = allocate(UNITS * 2);
  const length = allocate(4);
  const given = wideText(volume);
  if (getVolumeRoots(given.address, answer.address, UNITS, length.address) === 0) return undefined;
  const roots = answer.bytes.toString('utf16le', 0, length.words[0] * 2).split('\0');
  return roots.filter((root) => root !== '').sort((one, other) => one.length - other.length)[0];
}
