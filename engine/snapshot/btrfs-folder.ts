import { lstatSync, mkdirSync, rmdirSync } from 'node:fs';
import { fsPath } from '../../native/fs-path.ts';
import { paths } from '../../native/paths.ts';
import type { SubvolumeCalls } from '../../native/subvolumes.ts';
import { EngineError } from '../errors/engine-error.ts';

/**
 * Folder at the top of a subvolume that holds our snapshots of it: a snapshot has to lie on the file system it is of. Scans
 * pass it by.
 */
export const SNAPSHOT_FOLDER = '.mirrorbackup-snapshots';

/** Makes the folder, or checks the one that is there. @returns its path. @throws EngineError SnapshotFailed */
export function makeSnapshotFolder(calls: SubvolumeCalls, root: string): string {
  const folder = paths.join(root, SNAPSHOT_FOLDER);
  try {
    calls.keepingTimes(root, () => mkdirSync(fsPath(folder), { mode: 0o700 }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const { uid, mode } = lstatSync(fsPath(folder));
  // Others could put something else in the place of the snapshot, or read in it what they may not read any more.
  if ((mode & 0o170077) === 0o040000 && uid === process.geteuid?.()) return folder;
  throw new EngineError('SnapshotFailed', {
    message: `'${folder}' is not a folder that only this account may enter; snapshots are not put there.`,
    path: folder,
    hint: 'Look at what is in it, and remove it.',
    retryable: false,
  });
}

/** Removes the folder when the last snapshot has gone. */
export function removeSnapshotFolder(calls: SubvolumeCalls, root: string): void {
  try {
    calls.keepingTimes(root, () => rmdirSync(fsPath(root, SNAPSHOT_FOLDER)));
  } catch {
    // Another one is in it, or it is gone.
  }
}
