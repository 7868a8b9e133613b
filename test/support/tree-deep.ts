import { closeSync, constants, mkdirSync, openSync, writeFileSync } from 'node:fs';

/**
 * A chain of directories whose path is longer than PATH_MAX (4,096), with a file at its end. It is made step by step
 * through open directories, because no system call takes such a path.
 */
export function buildBeyondPathMax(root: string, levels = 25, nameLength = 200): void {
  mkdirSync(root);
  let fd = openDirectory(root);
  for (let level = 0; level < levels; level++) {
    const name = String(level % 10).repeat(nameLength);
    mkdirSync(`/proc/self/fd/${fd}/${name}`);
    const next = openDirectory(`/proc/self/fd/${fd}/${name}`);
    closeSync(fd);
    fd = next;
  }
  writeFileSync(`/proc/self/fd/${fd}/at the end`, 'far away');
  closeSync(fd);
}

function openDirectory(path: string): number {
  return openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
}
