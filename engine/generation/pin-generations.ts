import type { Native } from '../../native/index.ts';
import { EngineError } from '../errors/engine-error.ts';
import type { Generation } from '../types/protocol.ts';
import { openSet } from './backup-set.ts';
import type { Layout } from './layout.ts';
import { generationNames, readGeneration } from './list.ts';
import { readPin, removePin, writePin } from './pins.ts';
import { lockSet } from './set-lock.ts';

/** What is to become of the pins. */
export type PinChange = { kind: 'pin'; reason?: string | undefined } | { kind: 'unpin' };

/**
 * Pins finished generations, or takes their pins away. A pin that is there already keeps its time, and its reason if there
 * is no new one.
 * @returns the generations as they are now, oldest first
 * @throws EngineError GenerationNotFound, ManifestNotFound, … before anything is changed
 */
export function changePins(native: Native, setPath: string, names: readonly string[], change: PinChange): Generation[] {
  const { layout } = openSet(setPath);
  const lock = lockSet(native, layout);
  try {
    const chosen = [...new Set(names)].sort();
    checkNames(layout, chosen);
    for (const name of chosen) changePin(native, layout, name, change);
    return chosen.map((name) => readGeneration(layout, name));
  } finally {
    lock.release();
  }
}

function checkNames(layout: Layout, names: readonly string[]): void {
  const finished = new Set(generationNames(layout));
  for (const name of names) {
    if (!finished.has(name))
      throw new EngineError('GenerationNotFound', {
        message: `The set '${layout.set}' has no finished generation '${name}'.`,
        path: layout.text(name),
      });
    readGeneration(layout, name);
  }
}

function changePin(native: Native, layout: Layout, name: string, change: PinChange): void {
  if (change.kind === 'unpin') {
    removePin(layout, name);
    return;
  }
  const old = readPin(layout, name);
  const pinnedAt = old?.pinnedAt || new Date().toISOString();
  writePin(native, layout, name, { pinnedAt, reason: change.reason ?? old?.reason ?? '' });
}
