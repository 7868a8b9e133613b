import { NativeError } from '../types.ts';
import { describeError } from './errors.ts';
import { Disposition, openRelative } from './open-item.ts';
import { toWide } from './paths.ts';

/**
 * Opens what is at an absolute path, given as text. In the system's own namespace `\\?\` is `\??\`.
 * @param options {@link Option.ReparsePoint} for a link itself; without it links are followed
 * @throws NativeError
 */
export function openPath(path: string, access: number, options: number): number {
  const handle = openRelative(0, `\\??\\${toWide(path).slice(4)}`, access, Disposition.Open, options);
  if (handle < 0) throw new NativeError('NtCreateFile', describeError(-handle), path);
  return handle;
}

/** FILE_READ_ATTRIBUTES and SYNCHRONIZE: what it takes to ask about an item. */
export const ASK = 0x0010_0080;
