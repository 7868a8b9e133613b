import { lstatSync, readlinkSync, symlinkSync, unlinkSync } from 'node:fs';
import { fsPath } from '../../native/fs-path.ts';
import { paths } from '../../native/paths.ts';
import { EngineError } from '../errors/engine-error.ts';
import { describeSystemError } from '../errors/system-error.ts';
import type { SnapshotEntry, SnapshotJournal } from './journal.ts';

/**
 * Makes a link that leads to a shadow copy. It is written down before it is made.
 * @param path absolute, does not exist, in a folder that does
 * @throws EngineError MountFailed
 */
export function mountAt(journal: SnapshotJournal, entry: SnapshotEntry, path: string): void {
  // Else a link somebody else made, which is written down below, would be taken for ours.
  if (exists(path)) throw mountFailed(path, 'it exists already');
  journal.write({ ...entry, mounts: [...entry.mounts, path] });
  try {
    symlinkSync(fsPath(rootOf(entry)), fsPath(path), 'dir');
  } catch (error) {
    journal.write(entry);
    const native = describeSystemError(error);
    throw mountFailed(path, `${native.text} (${native.name})`, native);
  }
}

/** Removes the link, if it is still the one that was made. @throws EngineError MountNotFound, MountFailed */
export function dismount(journal: SnapshotJournal, entry: SnapshotEntry, mount: string): void {
  const known = entry.mounts.find((each) => paths.key(each) === paths.key(mount));
  if (known === undefined)
    throw new EngineError('MountNotFound', {
      message: `The shadow copy ${entry.id} is not mounted at '${mount}'.`,
      path: mount,
    });
  removeLink(entry, known);
  journal.write({ ...entry, mounts: entry.mounts.filter((each) => each !== known) });
}

/** All that lead to a shadow copy that is about to go. */
export function removeMounts(journal: SnapshotJournal, entry: SnapshotEntry): void {
  for (const mount of entry.mounts) removeLink(entry, mount);
  if (entry.mounts.length > 0) journal.write({ ...entry, mounts: [] });
}

function removeLink(entry: SnapshotEntry, path: string): void {
  try {
    if (readlinkSync(fsPath(path)) !== rootOf(entry)) return;
    unlinkSync(fsPath(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // It is gone, or something else has its name.
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EINVAL' || code === 'UNKNOWN') return;
    const native = describeSystemError(error);
    throw mountFailed(path, `it cannot be removed: ${native.text} (${native.name})`, native);
  }
}

/** A shadow copy's device needs a separator at its end to be a folder. */
function rootOf({ kind, devicePath }: SnapshotEntry): string {
  return kind === 'Vss' ? `${devicePath}\\` : devicePath;
}

function exists(path: string): boolean {
  return lstatSync(fsPath(path), { throwIfNoEntry: false }) !== undefined;
}

function mountFailed(path: string, why: string, native?: EngineError['native']): EngineError {
  return new EngineError('MountFailed', {
    message: `The shadow copy cannot be mounted at '${path}': ${why}.`,
    path,
    native,
  });
}
