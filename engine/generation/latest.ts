import { lstatSync, readlinkSync, unlinkSync } from 'node:fs';
import type { Native } from '../../native/index.ts';
import { describeSystemError } from '../errors/system-error.ts';
import type { WarningEntry } from '../types/protocol.ts';
import { isGenerationName } from './generation-name.ts';
import type { Layout } from './layout.ts';
import { generationNames, tryReadGeneration } from './list.ts';

/**
 * Points `latest` to a generation. Without one, a link to a generation is removed; one that leads elsewhere is somebody's.
 * @returns why it could not be done: something else has that name, or the file system cannot make links. It is never a
 * reason to fail: what `latest` would point to is there.
 */
export function updateLatest(native: Native, layout: Layout, name: string | undefined): WarningEntry | undefined {
  try {
    const found = lstatSync(layout.path(layout.latest), { throwIfNoEntry: false });
    if (found && !found.isSymbolicLink()) return notUpdated(layout, 'something that is not a link has that name');
    if (name === undefined) {
      if (found && isGenerationName(targetName(layout) ?? '')) unlinkSync(layout.path(layout.latest));
      return undefined;
    }
    if (native.replaceLink(layout.set, layout.latest, name, layout.newLatest)) return undefined;
    return notUpdated(layout, 'the file system makes no such links');
  } catch (error) {
    const { text, name: id } = describeSystemError(error);
    return notUpdated(layout, `${text} (${id})`);
  }
}

/**
 * The same for the newest complete generation, if `latest` does not lead there: after a crash, or after somebody removed
 * a generation or moved the set.
 */
export function settleLatest(native: Native, layout: Layout): WarningEntry | undefined {
  const name = newestComplete(layout);
  if (name !== undefined && leadsTo(layout, name)) return undefined;
  return updateLatest(native, layout, name);
}

/** Whether something has its name. */
export function hasLatest(layout: Layout): boolean {
  return lstatSync(layout.path(layout.latest), { throwIfNoEntry: false }) !== undefined;
}

/** Name of the newest generation that kept everything. */
export function newestComplete(layout: Layout): string | undefined {
  return generationNames(layout)
    .reverse()
    .find((name) => tryReadGeneration(layout, name, () => undefined)?.state === 'Complete');
}

function notUpdated(layout: Layout, reason: string): WarningEntry {
  const path = layout.text(layout.latest);
  return { id: 'LatestNotUpdated', message: `The link 'latest' could not be set: ${reason}.`, path };
}

/** A junction holds an absolute path. */
function leadsTo(layout: Layout, name: string): boolean {
  const target = readTarget(layout);
  return target === name || target === layout.text(name);
}

function targetName(layout: Layout): string | undefined {
  return readTarget(layout)?.split(/[\\/]/).at(-1);
}

function readTarget(layout: Layout): string | undefined {
  try {
    return readlinkSync(layout.path(layout.latest)).replace(/[\\/]$/, '');
  } catch {
    return undefined;
  }
}
