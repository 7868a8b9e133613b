import { NativeError } from '../types.ts';
import { describeError, Win32 } from './errors.ts';
import { finalPath } from './final-path.ts';
import { closeHandle } from './library.ts';
import { Access } from './open-item.ts';
import { openPath } from './open-path.ts';
import { win32Paths } from './paths.ts';

/**
 * Junctions, symbolic links, mounted volumes and letters made by `subst` resolved.
 * @throws NativeError, PathError
 */
export function realPath(path: string): string {
  const handle = openPath(path, Access.Ask, 0);
  try {
    const found = finalPath(handle);
    if (found !== undefined) return win32Paths.normalize(found);
    throw new NativeError('GetFinalPathNameByHandleW', describeError(Win32.ERROR_PATH_NOT_FOUND), path);
  } finally {
    closeHandle(handle);
  }
}
