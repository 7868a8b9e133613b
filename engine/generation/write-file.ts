import { closeSync, constants, fsyncSync, openSync, writeSync } from 'node:fs';
import type { FsPath } from '../../native/fs-path.ts';
import { renamePatiently } from './rename-patiently.ts';

/** End of the name of a file that is being written. */
export const UNFINISHED = '.new';

/** Not through a link that was planted in its place; Windows has no such flag, and lets only administrators make links. */
const FLAGS =
  constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | ((constants.O_NOFOLLOW as number | undefined) ?? 0);

/** Replaces a small file as a whole: a crash leaves the old or the new one. */
export function writeWhole(path: FsPath, text: string): void {
  const temporary = Buffer.concat([Buffer.from(path), Buffer.from(UNFINISHED)]);
  const file = openSync(temporary, FLAGS, 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renamePatiently(temporary, path);
}
