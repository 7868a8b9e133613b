import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupSet } from './backup-set.ts';

export interface Space {
  name: string;
  bytes: number;
  apparentBytes: number;
  files: number;
  uniqueBytes: number;
  freedIfRemoved: number;
  introduced: number;
  estimated: boolean;
}

export interface SpaceTotal extends Omit<Space, 'name'> {
  names: string[];
  growingFolders: { path: string; bytes: number; files: number }[];
  linkForecast: {
    maxLinks: number;
    mostLinks: number;
    firstRun: number | null;
    lastRun: number | null;
    runs: { run: number; files: number; bytes: number }[];
  };
}

export function measure(
  set: BackupSet,
  names?: readonly string[],
  options: object = {},
): Promise<{ generations: Space[]; total: SpaceTotal }> {
  return set.engine.request('measureGenerations', { setPath: set.path, ...(names && { names }), ...options });
}

interface Inode {
  bytes: number;
  size: number;
  isFile: boolean;
}

/** What `lstat` says of a tree, its own folder included: each inode once. */
function inodesOf(root: string, found = new Map<bigint, Inode>()): Map<bigint, Inode> {
  const stats = lstatSync(root, { bigint: true });
  const isFile = stats.isFile();
  found.set(stats.ino, { bytes: Number(stats.blocks) * 512, size: isFile ? Number(stats.size) : 0, isFile });
  if (stats.isDirectory()) for (const name of readdirSync(root)) inodesOf(join(root, name), found);
  return found;
}

/** What the trees of a set say of the generations chosen: the model the manifests are held against. */
export function spaceOnDisk(
  set: BackupSet,
  all: readonly string[],
  chosen: readonly string[],
): Omit<Space, 'estimated'>[] {
  const trees = all.map((name) => inodesOf(join(set.path, name)));
  const sum = (g: number, wanted: (inode: bigint) => boolean, of: (inode: Inode) => number): number => {
    let total = 0;
    for (const [id, inode] of trees[g] ?? []) if (wanted(id)) total += of(inode);
    return total;
  };
  const isIn = (g: number, id: bigint): boolean => trees[g]?.has(id) ?? false;
  const bytes = ({ bytes: value }: Inode): number => value;
  return chosen.map((name) => {
    const g = all.indexOf(name);
    const others = all.map((_, i) => i).filter((i) => i !== g);
    // Removed oldest first: what goes with it is in no generation that stays and in no newer one that goes later.
    const kept = others.filter((i) => !chosen.includes(all[i] ?? '') || i > g);
    return {
      name,
      bytes: sum(g, () => true, bytes),
      apparentBytes: sum(
        g,
        () => true,
        ({ size }) => size,
      ),
      files: sum(
        g,
        () => true,
        ({ isFile }) => (isFile ? 1 : 0),
      ),
      uniqueBytes: sum(g, (id) => !others.some((i) => isIn(i, id)), bytes),
      freedIfRemoved: sum(g, (id) => !kept.some((i) => isIn(i, id)), bytes),
      introduced: sum(g, (id) => !others.some((i) => i < g && isIn(i, id)), bytes),
    };
  });
}
