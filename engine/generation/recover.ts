import { existsSync, lstatSync, readdirSync, unlinkSync } from 'node:fs';
import type { Native } from '../../native/index.ts';
import { EngineError } from '../errors/engine-error.ts';
import { readSummary } from '../manifest/manifest-file.ts';
import type { WorkerPool } from '../run/worker-pool.ts';
import { removeEntry } from '../remove/remove-entry.ts';
import { removeTree } from '../remove/remove-tree.ts';
import { byteFromText } from '../../native/byte-path.ts';
import { publish } from './commit.ts';
import { UNFINISHED } from './write-file.ts';
import { isGenerationName } from './generation-name.ts';
import { readJournal, removeJournal } from './journal.ts';
import { generationNames, stagedNames } from './list.ts';
import { hasLatest, settleLatest } from './latest.ts';
import { FOLDERS, type Layout } from './layout.ts';
import { removeOldLeftovers } from './old-leftovers.ts';
import { renamePatiently } from './rename-patiently.ts';

/** Name of the scratch folder in which fresh copies of damaged items are made. */
export const HEALING = 'heal';

/** What a recovery did, for the log. */
export type RecoveryNote = (message: string) => void;

/**
 * Finishes what a crash left: commits runs that were complete but for their rename, forgets what was committed, removes
 * what belongs to nothing, and points `latest` where it belongs. Staging folders of interrupted runs stay, as a source for the next. Needs the set's lock.
 */
export function recoverSet(native: Native, layout: Layout, note: RecoveryNote): void {
  const journal = readJournal(layout);
  for (const { generation, state } of journal) {
    const isStaged = existsSync(layout.path(layout.staging(generation)));
    if (isStaged && state === 'Committing' && hasManifest(layout, generation)) {
      publish(native, layout, generation);
      note(`The generation ${generation} was complete; it is committed now.`);
    } else if (isStaged) continue;
    removeWork(native, layout, generation);
    removeJournal(layout, generation);
  }
  // Without a crash it is missing where it cannot be made: trying again and again would only touch the folder. Whether it
  // succeeds is said by who changes which generation it is.
  if (journal.length > 0 || hasLatest(layout)) settleLatest(native, layout);
  for (const folder of [FOLDERS.own, FOLDERS.journal, FOLDERS.pins])
    for (const file of readdirSync(layout.path(folder)))
      if (file.endsWith(UNFINISHED)) removeUnfinished(native, layout, `${folder}/${file}`);
  const known = new Set([...generationNames(layout), ...stagedNames(layout)]);
  sweep(native, layout, FOLDERS.manifests, '.manifest', known, note);
  sweep(native, layout, FOLDERS.manifests, '.timing', known, note);
  sweep(native, layout, FOLDERS.manifests, '.snapshot', known, note);
  sweep(native, layout, FOLDERS.logs, '.jsonl', known, note);
  sweep(native, layout, FOLDERS.pins, '.json', known, note);
  sweep(native, layout, FOLDERS.work, '', known, note);
  removeWork(native, layout, HEALING);
  removeOldLeftovers(layout);
}

/** Removes the trash; what cannot be removed stays for the next time. @returns paths that resisted */
export async function emptyTrash(
  native: Native,
  pool: WorkerPool,
  layout: Layout,
  signal: AbortSignal,
): Promise<{ path: string; code: number }[]> {
  const resisted: { path: string; code: number }[] = [];
  for (const name of readdirSync(layout.path(FOLDERS.trash))) {
    if (lstatSync(layout.path(layout.trash(name))).isDirectory()) {
      const root = byteFromText(layout.text(layout.trash(name)));
      const outcome = await removeTree(pool, root, { measureOnly: false, signal });
      resisted.push(...outcome.failures);
      if (outcome.failed > 0 || outcome.cancelled) continue;
    }
    removeEntry(native, layout.set, layout.trash(name));
  }
  return resisted;
}

/** Scratch folder of a run. */
export function removeWork(native: Native, layout: Layout, generation: string): void {
  removeEntry(native, layout.set, layout.work(generation));
}

/** Moves a staging folder out of the way, to be deleted. */
export function discardStaging(native: Native, layout: Layout, generation: string): void {
  renamePatiently(layout.path(layout.staging(generation)), layout.path(layout.trash(`${generation}.staging`)));
  removeWork(native, layout, generation);
  removeJournal(layout, generation);
}

/** On Windows the new `latest` is a folder until it is made a junction. A link is removed, never what it leads to. */
function removeUnfinished(native: Native, layout: Layout, path: string): void {
  if (lstatSync(layout.path(path)).isSymbolicLink()) unlinkSync(layout.path(path));
  else removeEntry(native, layout.set, path);
}

function hasManifest(layout: Layout, generation: string): boolean {
  try {
    readSummary(layout.path(layout.manifest(generation)), layout.text(layout.manifest(generation)));
    return true;
  } catch (error) {
    if (error instanceof EngineError) return false;
    throw error;
  }
}

function sweep(
  native: Native,
  layout: Layout,
  folder: string,
  suffix: string,
  known: ReadonlySet<string>,
  note: RecoveryNote,
): void {
  for (const file of readdirSync(layout.path(folder))) {
    const name = suffix === '' ? file : file.slice(0, -suffix.length);
    if (!file.endsWith(suffix) || !isGenerationName(name) || known.has(name)) continue;
    removeEntry(native, layout.set, `${folder}/${file}`);
    note(`Removed ${folder}/${file}, which belongs to no generation.`);
  }
}
