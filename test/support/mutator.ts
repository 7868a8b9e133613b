import {
  appendFileSync,
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { richAcl, setAcl } from './acl.ts';
import { rewriteInPlace } from './edit.ts';
import { posix } from './posix.ts';

/** One random change, as numbers so that fast-check can shrink it. What they pick depends on what is there. */
export interface Mutation {
  kind: MutationKind;
  pick: number;
  other: number;
  value: number;
}

export const MUTATION_KINDS = [
  ...([
    'createFile',
    'createDirectory',
    'createSymlink',
    'createFifo',
    'append',
    'rewrite',
    'rewriteKeepingTime',
  ] as const),
  ...(['truncate', 'touch', 'chmod', 'chown', 'setXattr', 'setAcl', 'rename', 'moveInto', 'hardLink'] as const),
  ...(['remove', 'replaceType', 'exchange'] as const),
];
export type MutationKind = (typeof MUTATION_KINDS)[number];

/** Applies changes to a tree. A change that makes no sense where it falls is left out, so every sequence is valid. */
export class Mutator {
  private readonly root: string;
  private state: number;
  private serial = 0;
  /** Inodes of files that say that nothing was written. */
  private readonly rewritten = new Set<number>();

  constructor(root: string, seed = 1) {
    this.root = root;
    this.state = seed;
  }

  /**
   * All changes between two backups. A file that was written in place and had its write time set back, and that got or lost a
   * name besides, has nothing left that tells without reading it: it gets a new write time.
   */
  applyAll(changes: readonly Mutation[]): void {
    const before = this.namesByInode();
    this.rewritten.clear();
    for (const change of changes) this.apply(change);
    if (this.rewritten.size === 0) return;
    for (const [inode, names] of this.namesByInode()) {
      const path = names[0];
      if (path === undefined || !this.rewritten.has(inode) || String(before.get(inode)) === String(names)) continue;
      lutimesSync(path, new Date(), new Date());
    }
  }

  random(): void {
    const kind = MUTATION_KINDS[this.next() % MUTATION_KINDS.length] ?? 'append';
    this.apply({ kind, pick: this.next(), other: this.next(), value: this.next() });
  }

  apply({ kind, pick, other, value }: Mutation): void {
    const paths = this.paths();
    const path = paths.length === 0 ? undefined : paths[pick % paths.length];
    const folder = this.folder(other);
    try {
      this.change(kind, path, join(folder, `n${this.serial++}`), value);
    } catch (error) {
      // A race with another program, EEXIST, moving a folder into itself: no change is as good as another one.
      if ((error as NodeJS.ErrnoException).code === undefined && !('errno' in (error as object))) throw error;
    }
  }

  private change(kind: MutationKind, path: string | undefined, fresh: string, value: number): void {
    if (kind === 'createFile') return writeFileSync(fresh, `file ${value} `.repeat(1 + (value % 50)));
    if (kind === 'createDirectory') return void mkdirSync(fresh);
    if (kind === 'createSymlink') return symlinkSync(`target ${value}`, fresh);
    if (kind === 'createFifo') return posix.makeNode(Buffer.from(fresh), 0o010600 | (value & 0o77));
    if (path === undefined) return;
    const stats = lstatSync(path);
    if (kind === 'remove') return rmSync(path, { recursive: true, force: true });
    if (kind === 'rename' || kind === 'moveInto') return renameSync(path, fresh);
    if (kind === 'touch') return posix.setTimes(Buffer.from(path), 0n, 1_500_000_000_000_000_000n + BigInt(value));
    if (kind === 'exchange') return this.exchange(path, value);
    if (kind === 'replaceType') return this.replaceType(path, value);
    if (kind === 'hardLink') return stats.isDirectory() ? undefined : linkSync(path, fresh);
    if (stats.isSymbolicLink()) return;
    if (kind === 'chmod') return chmodSync(path, stats.isDirectory() ? 0o700 | (value & 0o3077) : value & 0o7777);
    if (kind === 'chown') return process.getuid?.() === 0 ? chownSync(path, value % 5000, value % 3000) : undefined;
    if (kind === 'setXattr') return posix.setXattr(Buffer.from(path), `user.a${value % 3}`, Buffer.from(String(value)));
    if (kind === 'setAcl') return setAcl(Buffer.from(path), 'access', richAcl(value % 1000));
    if (!stats.isFile()) return;
    if (kind === 'append') return appendFileSync(path, `more ${value}`);
    if (kind === 'truncate') return truncateSync(path, value % (stats.size + 2));
    if (stats.size < 2) return;
    const keepsTime = kind === 'rewriteKeepingTime';
    if (keepsTime) this.rewritten.add(stats.ino);
    rewriteInPlace(path, String(value % 100).padStart(2, '0'), keepsTime);
  }

  private replaceType(path: string, value: number): void {
    const isFolder = lstatSync(path).isDirectory();
    rmSync(path, { recursive: true, force: true });
    if (isFolder || value % 3 === 0) symlinkSync(`was something else ${value}`, path);
    else if (value % 3 === 1) mkdirSync(path);
    else writeFileSync(path, `now a file ${value}`);
  }

  private exchange(path: string, value: number): void {
    const paths = this.paths();
    const second = paths[value % paths.length] ?? path;
    if (second.startsWith(path) || path.startsWith(second)) return;
    renameSync(path, `${this.root}/exchange`);
    renameSync(second, path);
    renameSync(`${this.root}/exchange`, second);
  }

  private paths(): string[] {
    return walk(this.root).sort();
  }

  private namesByInode(): Map<number, string[]> {
    const names = new Map<number, string[]>();
    for (const path of this.paths()) {
      const { ino } = lstatSync(path);
      names.set(ino, [...(names.get(ino) ?? []), path]);
    }
    return names;
  }

  private folder(pick: number): string {
    const folders = [this.root, ...this.paths().filter(isFolder)];
    return folders[pick % folders.length] ?? this.root;
  }

  /** A linear congruential generator: the same changes for the same seed. */
  private next(): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return this.state >>> 4;
  }
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Not readdir's own recursion: that follows symlinks, out of the tree and into the machine. */
function walk(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? [path, ...walk(path)] : [path];
  });
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
