import { lstatSync, unlinkSync } from 'node:fs';
import type { Native } from '../../native/index.ts';
import type { Layout } from './layout.ts';
import { generationNames, tryReadGeneration } from './list.ts';

/**
 * Points `latest` to a generation, or removes it when there is none left.
 * @returns false when something else has that name, or the file system cannot make links
 */
export function updateLatest(native: Native, layout: Layout, name: string | undefined): boolean {
  const path = layout.path(layout.latest);
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found && !found.isSymbolicLink()) return false;
  if (name !== undefined) return native.replaceLink(layout.set, layout.latest, name, layout.newLatest);
  if (found) unlinkSync(path);
  return true;
}

/** Name of the newest generation that kept everything. */
export function newestComplete(layout: Layout): string | undefined {
  return generationNames(layout)
    .reverse()
    .find((name) => tryReadGeneration(layout, name, () => undefined)?.state === 'Complete');
}
