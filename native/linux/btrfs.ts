/**
 * Subvolumes of btrfs, by the ioctls of linux/btrfs.h: https://btrfs.readthedocs.io/en/latest/btrfs-ioctl.html.
 */
import { closeSync, constants, fstatSync, openSync, statfsSync, statSync } from 'node:fs';
import { fsPath } from '../fs-path.ts';
import { bytesToText, textToBytes } from '../path-text.ts';
import type { SubvolumeCalls, SubvolumeInfo } from '../subvolumes.ts';
import { NativeError, type PinnedBuffer } from '../types.ts';
import { describeError, Errno } from './errors.ts';
import { ioctl, request } from './ioctl.ts';
import { bind } from './libc.ts';
import { allocate } from './memory.ts';
import { mounts, mountsBelow } from './mounts.ts';
import { linuxPaths } from './paths.ts';
import { realPath } from './real-path.ts';
import { typeName } from './volume.ts';

const futimens = bind('futimens', 'int', ['int', 'size_t']);

const MAGIC = 0x9123683e;
/** BTRFS_FIRST_FREE_OBJECTID: the inode number of the top of every subvolume. */
const ROOT_INODE = 256;
const READ_ONLY = 2n;

const TYPE = 0x94;
const SnapCreateV2 = request(1, TYPE, 23, 4096);
const SnapDestroy = request(1, TYPE, 15, 4096);
const SubvolSetFlags = request(1, TYPE, 26, 8);
const GetSubvolInfo = request(2, TYPE, 60, 504);
const GetSubvolRootRef = request(3, TYPE, 61, 4096);
const InoLookupUser = request(3, TYPE, 62, 4096);

/** `struct btrfs_ioctl_vol_args` has its name at byte 8, `…_v2` at byte 56. */
const Name = { Destroy: 8, Create: 56 } as const;
/** BTRFS_MAX_ROOTREF_BUFFER_NUM, and where the count stands behind them. */
const RootRefs = { most: 255, count: 8 + 255 * 16 } as const;

function rootOf(path: string): string | undefined {
  let at: string;
  try {
    at = realPath(path);
    if (statfsSync(fsPath(at)).type !== MAGIC) return undefined;
    const { dev } = statSync(fsPath(at));
    for (;;) {
      const { dev: device, ino } = statSync(fsPath(at));
      // A part of a subvolume can be mounted alone: then its top has no path here.
      if (device !== dev) return undefined;
      if (ino === ROOT_INODE) return at;
      if (at === '/') return undefined;
      at = linuxPaths.parent(at);
    }
  } catch {
    return undefined;
  }
}

function describe(root: string): SubvolumeInfo | undefined {
  try {
    return withFolder(root, (handle) => {
      if (statfsSync(fsPath(root)).type !== MAGIC || fstatSync(handle).ino !== ROOT_INODE) return undefined;
      const answer = allocate(504);
      ioctl('BTRFS_IOC_GET_SUBVOL_INFO', handle, GetSubvolInfo, answer, root);
      const { bytes } = answer;
      return {
        treeId: bytes.readBigUInt64LE(0).toString(),
        uuid: uuid(bytes, 296),
        parentUuid: uuid(bytes, 312),
        readOnly: (bytes.readBigUInt64LE(288) & 1n) !== 0n,
        createdAt: new Date(Number(bytes.readBigUInt64LE(392)) * 1000 + bytes.readUInt32LE(400) / 1e6),
      };
    });
  } catch {
    return undefined;
  }
}

function problem(root: string): string | undefined {
  const user = process.geteuid?.();
  if (user === 0) return undefined;
  if (statSync(fsPath(root)).uid !== user) return `only root or the owner of the subvolume '${root}' may freeze it`;
  // Without that option a user may make snapshots and not delete them: https://btrfs.readthedocs.io/en/latest/ch-mount-options.html.
  const mount = mounts().filter(({ point }) => root === point || root.startsWith(point === '/' ? '/' : `${point}/`));
  if (mount.at(-1)?.options.includes('user_subvol_rm_allowed') === true) return undefined;
  return `only root may delete snapshots of '${root}': its file system is mounted without user_subvol_rm_allowed`;
}

function snapshot(root: string, folder: string, name: string): void {
  const argument = allocate(4096);
  withFolder(root, (source) =>
    withFolder(folder, (target) => {
      argument.bytes.writeBigInt64LE(BigInt(source), 0);
      argument.bytes.writeBigUInt64LE(READ_ONLY, 16);
      writeName(argument, Name.Create, name);
      ioctl('BTRFS_IOC_SNAP_CREATE_V2', target, SnapCreateV2, argument, root);
    }),
  );
}

function destroy(folder: string, name: string): void {
  const argument = allocate(4096);
  const path = linuxPaths.join(folder, name);
  writeName(argument, Name.Destroy, name);
  withFolder(folder, (handle) => {
    try {
      ioctl('BTRFS_IOC_SNAP_DESTROY', handle, SnapDestroy, argument, path);
    } catch (error) {
      // All but root have to make it writable first.
      if (!(error instanceof NativeError) || error.native.code !== Errno.EROFS) throw error;
      withFolder(path, (top) => ioctl('BTRFS_IOC_SUBVOL_SETFLAGS', top, SubvolSetFlags, allocate(8), path));
      ioctl('BTRFS_IOC_SNAP_DESTROY', handle, SnapDestroy, argument, path);
    }
  });
}

function nested(root: string): string[] {
  const found: string[] = [];
  const folders = [''];
  for (let below = folders.pop(); below !== undefined; below = folders.pop()) {
    for (const path of children(below === '' ? root : linuxPaths.join(root, below))) {
      const whole = below === '' ? path : `${below}/${path}`;
      found.push(whole);
      folders.push(whole);
    }
  }
  return found.sort();
}

/** Subvolumes right inside a subvolume. */
function children(root: string): string[] {
  return withFolder(root, (handle) => {
    // What is mounted over a subvolume is none.
    if (fstatSync(handle).ino !== ROOT_INODE || statfsSync(fsPath(root)).type !== MAGIC) return [];
    const references = allocate(4096);
    const result: string[] = [];
    for (let isLast = false; !isLast;) {
      try {
        ioctl('BTRFS_IOC_GET_SUBVOL_ROOTREF', handle, GetSubvolRootRef, references, root);
        isLast = true;
      } catch (error) {
        // There are more: the kernel has set where to go on.
        if (!(error instanceof NativeError) || error.native.code !== Errno.EOVERFLOW) throw error;
      }
      for (let i = 0; i < references.bytes[RootRefs.count]; i++) {
        const tree = references.bytes.readBigUInt64LE(8 + i * 16);
        const folder = references.bytes.readBigUInt64LE(16 + i * 16);
        result.push(pathOf(handle, tree, folder, root));
      }
    }
    return result;
  });
}

/** `struct btrfs_ioctl_ino_lookup_user_args`: folder, tree, name[256], path[3824] with a slash at its end. */
function pathOf(handle: number, tree: bigint, folder: bigint, root: string): string {
  const argument = allocate(4096);
  argument.bytes.writeBigUInt64LE(folder, 0);
  argument.bytes.writeBigUInt64LE(tree, 8);
  ioctl('BTRFS_IOC_INO_LOOKUP_USER', handle, InoLookupUser, argument, root);
  return bytesToText(Buffer.concat([textAt(argument.bytes, 272), textAt(argument.bytes, 16)]));
}

function textAt(bytes: Buffer, at: number): Buffer {
  return bytes.subarray(at, bytes.indexOf(0, at));
}

function writeName(argument: PinnedBuffer, at: number, name: string): void {
  const bytes = textToBytes(name);
  if (bytes.length > 255) throw new NativeError('name', describeError(Errno.ENAMETOOLONG), name);
  bytes.copy(argument.bytes, at);
}

function keepingTimes<T>(folder: string, work: () => T): T {
  return withFolder(folder, (handle) => {
    const { atimeNs, mtimeNs } = fstatSync(handle, { bigint: true });
    const result = work();
    const times = allocate(32);
    for (const [i, time] of [atimeNs, mtimeNs].entries()) {
      times.bytes.writeBigInt64LE(time / 1_000_000_000n, i * 16);
      times.bytes.writeBigInt64LE(time % 1_000_000_000n, i * 16 + 8);
    }
    // Who may not set them leaves the times of a change there.
    futimens(handle, times.address);
    return result;
  });
}

function withFolder<T>(path: string, use: (handle: number) => T): T {
  let handle: number;
  try {
    handle = openSync(fsPath(path), constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  } catch (error) {
    throw new NativeError('open', describeError(-((error as NodeJS.ErrnoException).errno ?? -Errno.EIO)), path);
  }
  try {
    return use(handle);
  } finally {
    closeSync(handle);
  }
}

function uuid(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + 16);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export const btrfs: SubvolumeCalls = {
  rootOf,
  describe,
  problem,
  snapshot,
  destroy,
  nested,
  keepingTimes,
  mountsBelow,
  typeOf: (path) => typeName(statfsSync(fsPath(path)).type),
};
