import { lstatSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import type { Layout } from './layout.ts';
import { generationNames, tryReadGeneration } from './list.ts';

/**
 * Points `latest` to a generation, or removes it when there is none left.
 * @returns false when something else has that name, or the file system cannot make links
 */
export function updateLatest(layout: Layout, name: string | undefined): boolean {
  const path = layout.path(layout.latest);
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found && !found.isSymbolicLink()) return false;
  if (name === undefined) {
    rmSync(path, { force: true });
    return true;
  }
  const temporary = layout.path('.mirrorbackup', 'latest.new');
  try {
    rmSync(temporary, { force: true });
    symlinkSync(name, temporary, 'junction');
    renameSync(temporary, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EPERM' || code === 'EOPNOTSUPP' || code === 'ENOSYS') return false;
    throw error;
  }
}

/** Name of the newest generation that kept everything. */
export function newestComplete(layout: Layout): string | undefined {
  return generationNames(layout)
    .reverse()
    .find((name) => tryReadGeneration(layout, name, () => undefined)?.state === 'Complete');
}
