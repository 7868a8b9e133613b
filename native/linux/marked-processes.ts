import { readdirSync, readFileSync } from 'node:fs';
import type { EnvironmentMark } from '../process-rules.ts';

/**
 * The processes that were started with a mark in their environment, whatever session or process group they have made for
 * themselves. Of those of other accounts only root is told: proc_pid_environ(5).
 */
export function markedProcesses(mark: EnvironmentMark): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isMarked(pid, mark));
}

/** Of a process that has ended, also before its parent has taken note of that, the environment is empty. */
export function isMarked(pid: number, { variable, value }: EnvironmentMark): boolean {
  const start = `${variable}=`;
  return environmentOf(pid)
    .split('\0')
    .some((entry) => entry.startsWith(start) && entry.slice(start.length).split(' ').includes(value));
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return '';
  }
}
