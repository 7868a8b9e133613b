import { renameSync, symlinkSync, unlinkSync } from 'node:fs';
import { fsPath } from '../fs-path.ts';

/** A relative symbolic link, so that the folder can be moved or mounted elsewhere; replaced by one rename. */
export function replaceLink(folder: string, name: string, target: string, temporary: string): boolean {
  const path = fsPath(folder, temporary);
  try {
    removeIfThere(path);
    symlinkSync(target, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EPERM' || code === 'EOPNOTSUPP' || code === 'ENOSYS') return false;
    throw error;
  }
  renameSync(path, fsPath(folder, name));
  return true;
}

function removeIfThere(path: ReturnType<typeof fsPath>): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
