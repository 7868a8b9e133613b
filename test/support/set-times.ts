import { posix } from './posix.ts';
import { setFileTimes } from './win32/file-times.ts';

/** Sets access and write time to all the digits the platform has: 1 ns, or 100 ns on Windows. */
export function setTimes(path: Buffer, accessNs: bigint, modifyNs: bigint): void {
  if (process.platform === 'win32') setFileTimes(path.toString(), accessNs, modifyNs);
  else posix.setTimes(path, accessNs, modifyNs);
}
