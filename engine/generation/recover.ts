import { existsSync, lstatSync, readdirSync, renameSync, rmSync } from 'node:fs';
import type { Native } from '../../native/index.ts';
import { EngineError } from '../errors/engine-error.ts';
import { readSummary } from '../manifest/manifest-file.ts';
import type { WorkerPool } from '../run/worker-pool.ts';
import { removeTree } from '../remove/remove-tree.ts';
import { byteFromText } from '../../native/byte-path.ts';
import { publish } from './commit.ts';
import { UNFINISHED } from './write-file.ts';
import { isGenerationName } from './generation-name.ts';
import { readJournal, removeJournal } from './journal.ts';
import { generationNames, stagedNames } from './list.ts';
import { newestComplete, updateLatest } from './latest.ts';
import { FOLDERS, type Layout } from './layout.ts';

/** What a recovery did, for the log. */
export type RecoveryNote = (message: string) => void;

/**
 * Finishes what a crash left: commits runs that were complete but for their rename, forgets what was committed, removes
 * what belongs to nothing. Staging folders of interrupted runs stay, as a source for the next. Needs the set's lock.
 */
export function recoverSet(native: Native, layout: Layout, note: RecoveryNote): void {
  for (const { generation, state } of readJournal(layout)) {
    const isStaged = existsSync(layout.path(layout.staging(generation)));
    if (isStaged && state === 'Committing' && hasManifest(layout, generation)) {
      publish(native, layout, generation);
      updateLatest(layout, newestComplete(layout));
      note(`The generation ${generation} was complete; it is committed now.`);
    } else if (isStaged) continue;
    removeWork(layout, generation);
    removeJournal(layout, generation);
  }
  for (const folder of [FOLDERS.own, FOLDERS.journal])
    for (const file of readdirSync(layout.path(folder)))
      if (file.endsWith(UNFINISHED)) rmSync(layout.path(folder, file), { force: true });
  const known = new Set([...generationNames(layout), ...stagedNames(layout)]);
  sweep(layout, FOLDERS.manifests, '.manifest', known, note);
  sweep(layout, FOLDERS.manifests, '.timing', known, note);
  sweep(layout, FOLDERS.logs, '.jsonl', known, note);
  sweep(layout, FOLDERS.work, '', known, note);
}

/** Removes the trash; what cannot be removed stays for the next time. @returns paths that resisted */
export async function emptyTrash(
  pool: WorkerPool,
  layout: Layout,
  signal: AbortSignal,
): Promise<{ path: string; code: number }[]> {
  const resisted: { path: string; code: number }[] = [];
  for (const name of readdirSync(layout.path(FOLDERS.trash))) {
    const path = layout.path(layout.trash(name));
    if (lstatSync(path).isDirectory()) {
      const root = byteFromText(layout.text(layout.trash(name)));
      const outcome = await removeTree(pool, root, { measureOnly: false, signal });
      resisted.push(...outcome.failures);
      if (outcome.failed > 0 || outcome.cancelled) continue;
    }
    rmSync(path, { recursive: true, force: true });
  }
  return resisted;
}

/** Scratch folder of a run. */
export function removeWork(layout: Layout, generation: string): void {
  rmSync(layout.path(layout.work(generation)), { recursive: true, force: true });
}

/** Moves a staging folder out of the way, to be deleted. */
export function discardStaging(layout: Layout, generation: string): void {
  renameSync(layout.path(layout.staging(generation)), layout.path(layout.trash(`${generation}.staging`)));
  removeWork(layout, generation);
  removeJournal(layout, generation);
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

function sweep(layout: Layout, folder: string, suffix: string, known: ReadonlySet<string>, note: RecoveryNote): void {
  for (const file of readdirSync(layout.path(folder))) {
    const name = suffix === '' ? file : file.slice(0, -suffix.length);
    if (!file.endsWith(suffix) || !isGenerationName(name) || known.has(name)) continue;
    rmSync(layout.path(folder, file), { recursive: true, force: true });
    note(`Removed ${folder}/${file}, which belongs to no generation.`);
  }
}
