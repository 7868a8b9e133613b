import { closeSync, lstatSync, lutimesSync, openSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { setTimes } from './set-times.ts';

/** Changes the data in place: same inode, and the old write time restored when asked for. */
export function rewriteInPlace(path: string, text: string, keepTime = false): void {
  const stats = lstatSync(path, { bigint: true });
  const fd = openSync(path, 'r+');
  writeSync(fd, text, 0);
  closeSync(fd);
  if (keepTime) setTimes(Buffer.from(path), stats.atimeNs, stats.mtimeNs);
}

/** Gives an item a write time long ago, so that nothing about it looks fresh but its change time. */
export function age(path: string, days = 100): void {
  const time = Date.now() / 1000 - days * 86_400;
  lutimesSync(path, time, time);
}

/** Deletes `old` and writes `path` until the file system gives it the same inode; false when it does not. */
export function reuseInode(old: string, path: string, text: string): boolean {
  const { ino, atimeNs, mtimeNs } = lstatSync(old, { bigint: true });
  unlinkSync(old);
  for (let attempt = 0; attempt < 200; attempt++) {
    writeFileSync(path, text);
    if (lstatSync(path, { bigint: true }).ino === ino) {
      setTimes(Buffer.from(path), atimeNs, mtimeNs);
      return true;
    }
    unlinkSync(path);
  }
  return false;
}
