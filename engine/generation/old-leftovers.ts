import { existsSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { FOLDERS, type Layout } from './layout.ts';
import { PROBE_PREFIX } from './probe-folder.ts';
import { UNFINISHED } from './write-file.ts';

/** Longer than anybody needs for either. */
const OLD_MS = 3_600_000;

/** Removes what killed processes have left that held no lock: such of today may be in use, and is left alone for an hour. */
export function removeOldLeftovers(layout: Layout): void {
  removeOld(layout, FOLDERS.work, (name) => name.startsWith(PROBE_PREFIX));
  removeOld(layout, FOLDERS.findings, (name) => name.endsWith(UNFINISHED));
}

function removeOld(layout: Layout, folder: string, isLeftover: (name: string) => boolean): void {
  if (!existsSync(layout.path(folder))) return;
  for (const name of readdirSync(layout.path(folder)).filter(isLeftover)) {
    const path = layout.path(folder, name);
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found && Date.now() - found.mtimeMs > OLD_MS) rmSync(path, { recursive: true, force: true });
  }
}
