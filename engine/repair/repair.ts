import { existsSync, readdirSync } from 'node:fs';
import type { Native } from '../../native/index.ts';
import { openSet } from '../generation/backup-set.ts';
import { readJournal } from '../generation/journal.ts';
import { FOLDERS, type Layout } from '../generation/layout.ts';
import { stagedNames } from '../generation/list.ts';
import { discardStaging, emptyTrash, recoverSet } from '../generation/recover.ts';
import { lockSet } from '../generation/set-lock.ts';
import { healSet, type HealListener } from '../heal/heal-set.ts';
import { WorkerPool } from '../run/worker-pool.ts';
import { ShadowCopies } from '../snapshot/shadow-copies.ts';
import type { RepairAction } from '../types/protocol.ts';

/** How a set is repaired. */
export interface RepairOptions {
  /** Remove what interrupted runs have copied, too. */
  removeStaging: boolean;
  /** Replace copies recorded as damaged. */
  heal: 'Nothing' | 'Damage';
  /** A second set to heal from. */
  healFrom: string | undefined;
  whatIf: boolean;
}

/** Snapshots, with all that leads to them, that ended processes have left on this machine. */
export async function repairMachine(native: Native, whatIf: boolean): Promise<RepairAction[]> {
  const actions: RepairAction[] = [];
  const copies = await ShadowCopies.of(native);
  await copies.sweep(({ entry, error }) => {
    const reason = error?.message ?? `The process that made it has ended: ${entry.owner}.`;
    actions.push({ kind: 'Snapshot', path: entry.devicePath, action: 'Remove', done: !whatIf && !error, reason });
  }, whatIf);
  return actions;
}

/**
 * Finishes what interrupted runs have left in a set, empties its trash, and heals recorded damage if that is asked for.
 * @throws EngineError SetNotFound, SetBusy, SetForeign, …
 */
export async function repairSet(
  native: Native,
  setPath: string,
  { removeStaging, heal, healFrom, whatIf }: RepairOptions,
  listener: HealListener,
  signal: AbortSignal,
): Promise<RepairAction[]> {
  const { layout } = openSet(setPath);
  const lock = lockSet(native, layout);
  try {
    const interrupted = unfinishedRuns(layout);
    if (!whatIf) recoverSet(native, layout, () => undefined);
    const staged = stagedRuns(layout, removeStaging, interrupted);
    if (!whatIf && removeStaging) for (const name of stagedNames(layout)) discardStaging(native, layout, name);
    const trash = trashOf(layout);
    const left = whatIf ? new Map<string, string>() : await clearTrash(native, layout, signal);
    const actions = [...interrupted, ...staged, ...trash];
    const swept = actions.map((action) => {
      const problem = left.get(action.path);
      if (problem !== undefined) return { ...action, reason: problem };
      return { ...action, done: !whatIf && action.action !== 'Keep' };
    });
    if (heal === 'Nothing') return swept;
    const mode = whatIf ? 'Plan' : 'Heal';
    return [...swept, ...(await healSet(native, layout, { from: healFrom, mode }, listener, signal))];
  } finally {
    lock.release();
  }
}

/** Runs that were complete but for their last step, and scratch of those that have nothing to go on with. */
function unfinishedRuns(layout: Layout): RepairAction[] {
  return readJournal(layout).flatMap(({ generation, state }): RepairAction[] => {
    const isStaged = existsSync(layout.path(layout.staging(generation)));
    const hasManifest = existsSync(layout.path(layout.manifest(generation)));
    if (isStaged && state === 'Committing' && hasManifest)
      return [action('Generation', layout.text(generation), 'Commit', 'It was complete but for its last step.')];
    if (isStaged) return [];
    return [action('Work', layout.text(layout.work(generation)), 'Remove', 'Its run has ended.')];
  });
}

function stagedRuns(layout: Layout, remove: boolean, known: readonly RepairAction[]): RepairAction[] {
  const reason = remove ? 'Its run was interrupted.' : 'Its run was interrupted; the next one goes on with it.';
  return stagedNames(layout)
    .filter((name) => !known.some(({ path }) => path === layout.text(name)))
    .map((name) => action('Staging', layout.text(layout.staging(name)), remove ? 'Remove' : 'Keep', reason));
}

function trashOf(layout: Layout): RepairAction[] {
  return readdirSync(layout.path(FOLDERS.trash))
    .filter((name) => !name.endsWith('.staging'))
    .map((name) => action('Trash', layout.text(layout.trash(name)), 'Remove', 'Its removal was interrupted.'));
}

/** @returns what is still there, and why */
async function clearTrash(native: Native, layout: Layout, signal: AbortSignal): Promise<Map<string, string>> {
  const pool = new WorkerPool(1);
  try {
    const resisted = await emptyTrash(native, pool, layout, signal);
    return new Map(
      readdirSync(layout.path(FOLDERS.trash)).map((name) => {
        const code = resisted[0]?.code;
        const cause = code === undefined ? undefined : native.describeError(code);
        return [
          layout.text(layout.trash(name)),
          cause ? `It could not be removed: ${cause.text} (${cause.name}).` : 'It is still there.',
        ];
      }),
    );
  } finally {
    await pool.close();
  }
}

function action(kind: RepairAction['kind'], path: string, what: RepairAction['action'], reason: string): RepairAction {
  return { kind, path, action: what, done: false, reason };
}
