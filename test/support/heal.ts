import { lstatSync } from 'node:fs';
import { readDamage, writeDamage } from '../../engine/damage/damage-record.ts';
import type { DamagedCopy, DamageKind } from '../../engine/damage/damaged-copy.ts';
import { Layout } from '../../engine/generation/layout.ts';
import type { BackupSet } from './backup-set.ts';

export interface HealAction {
  kind: string;
  path: string;
  action: string;
  done: boolean;
  reason: string;
  origin?: string;
  names?: { generation: string; path: string }[];
  fidelityLosses?: { kind: string }[];
}

/** Three generations of the set's sources, which share all that does not change. */
export async function threeGenerations(set: BackupSet): Promise<string[]> {
  const names: string[] = [];
  for (let i = 0; i < 3; i++) names.push((await set.run({ snapshot: 'None' })).generation.name);
  return names;
}

/** Adds a damaged copy to the set's record, as a check does that has found it. */
export function recordDamage(set: BackupSet, kind: DamageKind, generations: readonly string[], path: string): void {
  const layout = new Layout(set.path);
  const names = generations.map((generation) => ({ generation, path }));
  writeDamage(layout, [...readDamage(layout), { kind, names, foundAt: new Date().toISOString() }]);
}

export function damageOf(set: BackupSet): DamagedCopy[] {
  return readDamage(new Layout(set.path));
}

/** Heals, and returns what became of damaged copies. */
export async function heal(set: BackupSet, params: object = {}): Promise<HealAction[]> {
  const request = { setPath: set.path, heal: true, ...params };
  const { actions } = await set.engine.request<{ actions: HealAction[] }>('repairSet', request);
  return actions.filter(({ kind }) => kind === 'Damage');
}

export function inodeOf(path: string): bigint {
  return lstatSync(path, { bigint: true }).ino;
}
