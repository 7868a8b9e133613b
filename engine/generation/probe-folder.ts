import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { fsPath } from '../../native/fs-path.ts';
import { paths } from '../../native/paths.ts';
import { FOLDERS } from './layout.ts';

/** Begins the name of a folder in which something is tried. */
export const PROBE_PREFIX = '.mirrorbackup-probe-';

/**
 * Has a folder to try things in, and removes it with all that is in it. In an existing set nothing outside the set's own
 * folder is touched, not even a write time.
 * @param folder absolute path, as text
 * @throws what the system says when the folder cannot be made
 */
export function inProbeFolder<T>(folder: string, use: (probe: string) => T): T {
  const work = paths.join(folder, FOLDERS.work);
  const parent = existsSync(fsPath(work)) ? work : folder;
  const probe = paths.join(parent, `${PROBE_PREFIX}${process.pid}`);
  mkdirSync(fsPath(probe), { mode: 0o700 });
  try {
    // A folder that gives its group to what is made in it passes that on.
    chmodSync(fsPath(probe), 0o700);
    return use(probe);
  } finally {
    rmSync(fsPath(probe), { recursive: true, force: true });
  }
}
