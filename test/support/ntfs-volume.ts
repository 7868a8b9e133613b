import { spawnSync } from 'node:child_process';
import { addDrive } from '../../scripts/wine/drives.ts';
import { mountImage, remount, unmount } from './mounts.ts';
import { posix } from './posix.ts';
import type { Sandbox } from './sandbox.ts';

/** A volume with NTFS, by ntfs-3g, that Linux sees as a folder and Wine as a drive. The sandbox unmounts it. */
export interface NtfsVolume {
  readonly folder: string;
  /** `D:` */
  readonly drive: string;
  /** Links of a file as the volume itself records them. The volume is off line meanwhile. */
  recordedLinks(path: string): number;
  removeDrive(): void;
}

export function makeNtfsVolume(sandbox: Sandbox, name: string): NtfsVolume {
  const image = sandbox.path(`${name}.img`);
  const folder = mountImage(image, sandbox.path(name), 'ntfs', 64);
  const drive = addDrive(folder);
  return {
    folder,
    drive: drive.name,
    removeDrive: () => drive.remove(),
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

/** What NTFS has and Linux does not, as ntfs-3g shows it: `acl`, `attrib_be`, `times_be`, `reparse_data`; hex. */
export function ntfsProperty(path: string, name: string): string {
  return posix.xattr(Buffer.from(path), `system.ntfs_${name}`);
}

export function setNtfsProperty(path: string, name: string, value: string): void {
  posix.setXattr(Buffer.from(path), `system.ntfs_${name}`, Buffer.from(value, 'hex'));
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
