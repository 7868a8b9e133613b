import { renameSync } from 'node:fs';
import type { FsPath } from '../../native/fs-path.ts';
import { pause } from '../../native/pause.ts';

const ATTEMPTS = 5;
const PAUSE_MS = 200;
/** On NTFS a folder cannot be renamed, nor a file replaced, while a program has it or something below it open. */
const IN_USE = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** Renames, and tries again for two seconds while the target is in use: virus scanners let go soon. Throws what rename does. */
export function renamePatiently(from: FsPath, to: FsPath): void {
  for (let attempt = 1; ; attempt++) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || !isInUse(error)) throw error;
      pause(PAUSE_MS * attempt);
    }
  }
}

/** Whether a rename failed for a reason that may go away by itself. */
export function isInUse(error: unknown): boolean {
  return IN_USE.has((error as NodeJS.ErrnoException).code ?? '');
}
