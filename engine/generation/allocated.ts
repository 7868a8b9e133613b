import { lstatSync } from 'node:fs';
import type { FsPath } from '../../native/fs-path.ts';

/** Bytes one item takes on disk, without what is in it. */
export function allocatedOf(path: FsPath): number {
  // Node.js counts in units of 512 bytes on every platform.
  return lstatSync(path).blocks * 512;
}
