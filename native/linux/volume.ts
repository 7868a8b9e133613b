import { readFileSync, statfsSync } from 'node:fs';
import type { Directory, VolumeInfo } from '../types.ts';
import { bind } from './libc.ts';
import { lastError } from './errors.ts';
import { allocate } from './memory.ts';

const syncfs = bind('syncfs', 'int', ['int']);
const fsync = bind('fsync', 'int', ['int']);
const fstatfs = bind('fstatfs', 'int', ['int', 'size_t']);

/** Magic numbers of statfs(2) to names, for messages. */
const TYPES: Readonly<Record<number, string>> = {
  0xef53: 'ext4',
  0x9123683e: 'btrfs',
  0x58465342: 'xfs',
  0x01021994: 'tmpfs',
  0x65735546: 'fuse',
  0x6969: 'nfs',
  0xff534d42: 'cifs',
  0xfe534d42: 'smb2',
  0x4d44: 'vfat',
  0x2011bab0: 'exfat',
  0x5346544e: 'ntfs',
  0x794c7630: 'overlayfs',
};

export function volumeOf(directory: Directory): VolumeInfo {
  const path = `/proc/self/fd/${directory.handle}`;
  const { type, bsize, bavail, blocks } = statfsSync(path);
  return {
    id: volumeId(directory),
    type: typeName(type),
    freeBytes: bavail * bsize,
    totalBytes: blocks * bsize,
    readOnly: isReadOnly(directory),
  };
}

/** @param magic as statfs(2) gives it */
export function typeName(magic: number): string {
  return TYPES[magic] ?? `0x${magic.toString(16)}`;
}

/** Types of file systems that know one name per file only. */
const WITHOUT_LINKS = new Set(['vfat', 'exfat']);

export function explainNoLinks(directory: Directory): string | undefined {
  const { type } = volumeOf(directory);
  return WITHOUT_LINKS.has(type) ? `it is ${type}, which has none` : undefined;
}

/** Writes back everything of the file system that holds the directory, metadata included; see syncfs(2). */
export function syncVolume(directory: Directory): void {
  if (syncfs(directory.handle) < 0) throw lastError('syncfs');
}

export function syncDirectory(directory: Directory): void {
  if (fsync(directory.handle) < 0) throw lastError('fsync');
}

export function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
}

/** `struct statfs` on 64-bit Linux: f_fsid at byte 56, f_flags at byte 80. */
const answer = allocate(128);

function statfs(directory: Directory): Buffer {
  if (fstatfs(directory.handle, answer.address) < 0) throw lastError('fstatfs');
  return answer.bytes;
}

function volumeId(directory: Directory): string {
  return statfs(directory).readBigUInt64LE(56).toString(16).padStart(16, '0');
}

function isReadOnly(directory: Directory): boolean {
  return (statfs(directory).readBigUInt64LE(80) & 1n) !== 0n;
}
