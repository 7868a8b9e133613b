import type { Native } from '../../native/index.ts';
import { readDamage, writeDamage } from '../damage/damage-record.ts';
import type { DamagedCopy } from '../damage/damaged-copy.ts';
import { settleFindings } from '../damage/settle-findings.ts';
import { EngineError } from '../errors/engine-error.ts';
import type { Layout } from '../generation/layout.ts';
import { keptBySet } from '../generation/probe-metadata.ts';
import type { ProgressUpdate } from '../types/progress-update.ts';
import type { RepairAction } from '../types/protocol.ts';
import { ItemCopier } from './copy-item.ts';
import type { DamagedItem, ItemName } from './damaged-item.ts';
import { expectItems, type Expectations } from './expect.ts';
import { findCopies } from './find-copies.ts';
import { findInSet, SourcePaths } from './find-elsewhere.ts';
import { hashText } from './hash-text.ts';
import { FolderHealer } from './heal-folder.ts';
import { ItemHealer } from './heal-item.ts';
import type { Healed } from './healed.ts';
import { Inspector } from './inspect.ts';
import { NamePlacer } from './name-placer.ts';
import { Places } from './places.ts';
import { Workshop } from './workshop.ts';

/** How damage is healed. */
export interface HealOptions {
  /** A second set that may have what is damaged here. */
  from: string | undefined;
  mode: 'Plan' | 'Heal';
}

export interface HealListener {
  progress(update: ProgressUpdate): void;
}

/**
 * Heals what the set's record of damage lists, from what still has it: other copies in the set, the source, a second set.
 * An item that is healed becomes a new file that takes over all names of the damaged one, each by a rename; a damaged
 * file is never written to. Needs the set's lock.
 * @throws EngineError InvalidParameter, SetNotFound, … (the second set), Cancelled
 */
export async function healSet(
  native: Native,
  layout: Layout,
  { from, mode }: HealOptions,
  listener: HealListener,
  signal: AbortSignal,
): Promise<RepairAction[]> {
  if (from !== undefined) refuseSameSet(native, layout, from);
  if (mode === 'Heal') settleFindings(native, layout);
  const copies = readDamage(layout);
  // A plan must not write, not even to try.
  const kept = mode === 'Heal' ? keptBySet(native, layout) : native.visibleMetadata.losses;
  const expected = expectItems(layout, copies, kept);
  const found = findCopies(layout, expected.items, signal);
  const elsewhere = from === undefined ? undefined : findInSet(from, expected.items, signal);
  const sources = new SourcePaths(layout);
  const places = new Places(native);
  const workshop = mode === 'Heal' && expected.items.length > 0 ? new Workshop(native, layout, signal) : undefined;
  const inspector = new Inspector(native, places, signal);
  const placer = new NamePlacer(native, layout.set, places, workshop);
  const copier = new ItemCopier(native, places, inspector, placer, workshop);
  const healer = new ItemHealer(inspector, placer, copier, new FolderHealer(native, places, placer, mode));
  const actions = untouched(layout, expected, mode);
  const left: DamagedCopy[] = expected.unknown.map(({ copy }) => copy);
  const pending = new Set(expected.items);
  try {
    for (const [number, item] of expected.items.entries()) {
      listener.progress({
        phase: 'Healing',
        items: number,
        totalItems: expected.items.length,
        bytes: 0,
        path: item.names[0].text,
      });
      // Lets a cancellation come in.
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
      const healed = healer.heal(item, {
        copies: found.get(hashText(item.record, 0) ?? '') ?? [],
        source: sources.placeOf(item),
        elsewhere: elsewhere?.get(item) ?? [],
      });
      pending.delete(item);
      if (healed.left.length > 0) left.push(remaining(item, healed.left));
      actions.push(actionOf(layout, item, healed, mode));
    }
  } finally {
    places.close();
    // What was healed is durable before it is no longer written down as damaged.
    workshop?.flush();
    workshop?.close();
    for (const item of pending) left.push(remaining(item, item.names));
    if (mode === 'Heal' && copies.length > 0) writeDamage(layout, left);
  }
  return actions;
}

function refuseSameSet(native: Native, layout: Layout, from: string): void {
  const isSame = ((): boolean => {
    try {
      return native.realPath(from) === native.realPath(layout.set);
    } catch {
      return false;
    }
  })();
  if (isSame)
    throw new EngineError('InvalidParameter', {
      message: `The set '${from}' cannot be healed from itself.`,
      path: from,
      hint: 'Give another set; what this one still has is used anyway.',
    });
}

/** What nothing can be done about, and what nothing need be done about. */
function untouched(layout: Layout, { unknown, gone }: Expectations, mode: HealOptions['mode']): RepairAction[] {
  return [
    ...unknown.map(({ copy: { names }, reason }): RepairAction => ({
      kind: 'Damage',
      path: layout.text(names[0].generation, names[0].path),
      action: 'Heal',
      done: false,
      reason,
      names,
    })),
    ...gone.map(({ names }): RepairAction => ({
      kind: 'Damage',
      path: names.length === 0 ? layout.set : layout.text(names[0].generation, names[0].path),
      action: 'Forget',
      done: mode === 'Heal',
      reason: 'None of the generations that had it exists any more.',
      names,
    })),
  ];
}

function actionOf(layout: Layout, { names }: DamagedItem, healed: Healed, mode: HealOptions['mode']): RepairAction {
  return {
    kind: 'Damage',
    path: layout.text(names[0].generation, names[0].text),
    action: healed.kind === 'Whole' ? 'Forget' : 'Heal',
    done: mode === 'Heal' && healed.kind !== 'NotHealed',
    reason: healed.reason,
    names: names.map(nameOf),
    ...(healed.origin !== undefined && { origin: healed.origin }),
    ...(healed.losses.length > 0 && { fidelityLosses: healed.losses }),
  };
}

function remaining({ kind, foundAt }: DamagedItem, names: readonly ItemName[]): DamagedCopy {
  return { kind, names: names.map(nameOf), foundAt };
}

function nameOf({ generation, text }: ItemName): { generation: string; path: string } {
  return { generation, path: text };
}
