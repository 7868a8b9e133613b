import { spawnSync } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { addDrive } from '../../scripts/wine/drives.ts';
import { mountImage, remount, unmount } from './mounts.ts';
import { posix } from './posix.ts';
import type { Sandbox } from './sandbox.ts';

/** A volume with NTFS, by ntfs-3g, in a folder. The sandbox unmounts it. */
export interface NtfsImage {
  readonly folder: string;
  /** Links of a file as the volume itself records them. The volume is off line meanwhile. */
  recordedLinks(path: string): number;
  /** The driver forgets what it has not written. */
  remount(): void;
}

/** One that is a drive of Wine, too. */
export interface NtfsVolume extends NtfsImage {
  /** `D:` */
  readonly drive: string;
  removeDrive(): void;
}

export function makeNtfsImage(sandbox: Sandbox, name: string): NtfsImage {
  const image = sandbox.path(`${name}.img`);
  const folder = mountImage(image, sandbox.path(name), 'ntfs', 64);
  return {
    folder,
    remount: () => {
      unmount(folder);
      remount(image, folder, 'ntfs');
    },
    recordedLinks: (path) => {
      unmount(folder);
      try {
        return linksInRecord(image, path);
      } finally {
        remount(image, folder, 'ntfs');
      }
    },
  };
}

export function makeNtfsVolume(sandbox: Sandbox, name: string): NtfsVolume {
  const image = makeNtfsImage(sandbox, name);
  const drive = addDrive(image.folder);
  return { ...image, drive: drive.name, removeDrive: () => drive.remove() };
}

/** What NTFS has and Linux does not, as ntfs-3g shows it: `acl`, `attrib_be`, `times_be`, `reparse_data`; hex. */
export function ntfsProperty(path: string, name: string): string {
  return posix.xattr(Buffer.from(path), `system.ntfs_${name}`);
}

export function setNtfsProperty(path: string, name: string, value: string): void {
  posix.setXattr(Buffer.from(path), `system.ntfs_${name}`, Buffer.from(value, 'hex'));
}

/** Which file a name leads to; of a link, the link. */
export function inode(path: string): number {
  return lstatSync(path).ino;
}

/** A named stream of a file, as a path. */
export function streamOf(path: string, name: string): string {
  return `${path}:${name}`;
}

/** ntfsinfo(8) reads the image itself. */
function linksInRecord(image: string, path: string): number {
  const { stdout, stderr } = spawnSync('ntfsinfo', ['-F', path, '-f', image], { encoding: 'utf8' });
  const [, count] = /Number of Hard Links:\s*(\d+)/u.exec(stdout) ?? [];
  if (count === undefined) throw new Error(`ntfsinfo says nothing about links of ${path}: ${stderr}${stdout}`);
  return Number(count);
}
