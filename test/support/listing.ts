import { createHash } from 'node:crypto';
import { closeSync, constants, lstatSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { joinBytes } from './byte-path.ts';
import { posix } from './posix.ts';
import { attributesOf } from './win32/attributes.ts';

export type ItemType = 'file' | 'directory' | 'symlink' | 'fifo' | 'character' | 'block' | 'socket';

/** Everything that can be observed about one item from outside. `path` is latin1: one character per byte. */
export interface Listed {
  path: string;
  type: ItemType;
  mode: number;
  uid: number;
  gid: number;
  size: number;
  modifiedNs: bigint;
  changedNs: bigint;
  device: number;
  inode: bigint;
  links: number;
  blocks: number;
  node: string;
  xattrs: [name: string, value: string][];
  /** SHA-256 of a file, the target of a symlink, else empty. */
  content: string;
}

export interface ListOptions {
  /** Skip reading data, for big files. */
  content?: boolean;
  /** Leave out paths for which this is true, with all below them. */
  skip?: (path: string) => boolean;
}

const isWindows = process.platform === 'win32';

/** XFS shows each ACL a second time, in the form it has on disk. */
const XFS_ACL = /^trusted\.SGI_ACL_/u;

const TYPES: [mask: number, type: ItemType][] = [
  [constants.S_IFREG, 'file'],
  [constants.S_IFDIR, 'directory'],
  [constants.S_IFLNK, 'symlink'],
  [constants.S_IFIFO, 'fifo'],
  [constants.S_IFCHR, 'character'],
  [constants.S_IFBLK, 'block'],
  [constants.S_IFSOCK, 'socket'],
];

/**
 * A second, independent reading of a tree. It walks through /proc/self/fd, which is the only way for Node to reach
 * paths longer than PATH_MAX, and never reads through a symlink. On Windows it walks by path.
 */
export function listTree(root: Buffer | string, options: ListOptions = {}): Map<string, Listed> {
  const found = new Map<string, Listed>();
  const start = Buffer.from(root);
  if (!lstatSync(start).isDirectory()) return found.set('', describe(start, '', options));
  walk(start, '', found, options);
  return found;
}

function walk(at: Buffer, path: string, found: Map<string, Listed>, options: ListOptions): void {
  const { here, close } = enter(at);
  found.set(path, describe(joinBytes(here, '.'), path, options));
  try {
    for (const name of readdirSync(here, { encoding: 'buffer' }).sort(Buffer.compare)) {
      const child = path === '' ? name.toString('latin1') : `${path}/${name.toString('latin1')}`;
      if (options.skip?.(child)) continue;
      const at = joinBytes(here, name);
      const stats = lstatSync(at, { bigint: true });
      if (!stats.isDirectory()) found.set(child, describe(at, child, options, stats));
      else walk(at, child, found, options);
    }
  } finally {
    close();
  }
}

/** A short name for a directory that is not a link. */
function enter(at: Buffer): { here: Buffer; close: () => void } {
  if (isWindows) return { here: at, close: () => undefined };
  const fd = openSync(at, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  return { here: Buffer.from(`/proc/self/fd/${fd}`), close: () => closeSync(fd) };
}

function describe(at: Buffer, path: string, options: ListOptions, known?: BigIntStats): Listed {
  const stats = known ?? lstatSync(at, { bigint: true });
  const mode = Number(stats.mode);
  const type = TYPES.find(([mask]) => (mode & constants.S_IFMT) === mask)?.[1] ?? 'socket';
  const isNode = type === 'character' || type === 'block';
  return {
    path,
    type,
    mode: mode & 0o7777,
    uid: Number(stats.uid),
    gid: Number(stats.gid),
    size: Number(stats.size),
    modifiedNs: stats.mtimeNs,
    changedNs: stats.ctimeNs,
    device: Number(stats.dev),
    inode: stats.ino,
    links: Number(stats.nlink),
    blocks: Number(stats.blocks),
    node: isNode ? stats.rdev.toString(16) : '',
    xattrs: isWindows ? attributesOf(at) : posix.xattrs(at).filter(([name]) => !XFS_ACL.test(name)),
    content: contentOf(at, type, options.content ?? true),
  };
}

function contentOf(at: Buffer, type: ItemType, read: boolean): string {
  if (type === 'symlink') return readlinkSync(at, { encoding: 'buffer' }).toString('latin1');
  return type === 'file' && read ? hashFile(at) : '';
}

function hashFile(at: Buffer): string {
  const fd = openSync(at, isWindows ? 'r' : constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NOATIME);
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(1 << 16);
  try {
    for (let read = readSync(fd, chunk); read > 0; read = readSync(fd, chunk)) hash.update(chunk.subarray(0, read));
  } finally {
    closeSync(fd);
  }
  return hash.digest('hex');
}
