import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import type { FsPath } from '../../native/fs-path.ts';
import { renamePatiently } from './rename-patiently.ts';

/** End of the name of a file that is being written. */
export const UNFINISHED = '.new';

/** Replaces a small file as a whole: a crash leaves the old or the new one. */
export function writeWhole(path: FsPath, text: string): void {
  const temporary = Buffer.concat([Buffer.from(path), Buffer.from(UNFINISHED)]);
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renamePatiently(temporary, path);
}
