import { readFileSync } from 'node:fs';

/** Whether a process runs; one that has ended may be there until its parent takes note of that. Linux only. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
