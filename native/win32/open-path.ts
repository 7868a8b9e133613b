import { nativeError } from './errors.ts';
import { Disposition, openRelative } from './open-item.ts';
import { toWide } from './paths.ts';

/**
 * Opens what is at an absolute path, given as text. In the system's own namespace `\\?\` is `\??\`.
 * @param options {@link Option.ReparsePoint} for a link itself; without it links are followed
 * @throws NativeError
 */
export function openPath(path: string, access: number, options: number): number {
  const handle = openRelative(0, `\\??\\${toWide(path).slice(4)}`, access, Disposition.Open, options);
  if (handle < 0) throw nativeError('NtCreateFile', -handle, path);
  return handle;
}
