import { chmodSync, chownSync, lstatSync, writeFileSync } from 'node:fs';
import type { Native } from '../../native/index.ts';
import { fsPath, type FsPath } from '../../native/fs-path.ts';
import { FidelityLoss } from '../../native/item-record.ts';
import type { Layout } from './layout.ts';
import { inProbeFolder } from './probe-folder.ts';

/** Modes that differ in all kinds of bits. */
const MODES = [0o640, 0o4751, 0o1604];
/** Owners nobody has given anything to. */
const OWNERS = [
  [54_321, 54_322],
  [1, 2],
] as const;

/**
 * Tries what a file system keeps of the metadata that can be seen by looking at a file. Many take an owner or a mode without
 * an error, and show what they were mounted with. What the account may not set is no reason to doubt: that is told with
 * each item.
 * @param path a file that this process has made or can make; it is left behind
 * @returns bits of {@link FidelityLoss}
 */
export function keptMetadata({ platform, visibleMetadata }: Native, path: FsPath): number {
  writeFileSync(path, '');
  // There attributes that did not take are noted with each item, and owners are part of its security descriptor.
  if (platform === 'win32') return visibleMetadata.losses;
  let kept = visibleMetadata.losses;
  if (!MODES.every((mode) => keepsMode(path, mode))) kept &= ~FidelityLoss.Permissions;
  if (!isOwn(path) || !OWNERS.every(([owner, group]) => keepsOwner(path, owner, group))) kept &= ~FidelityLoss.Owner;
  return kept;
}

/**
 * The same of a set as it is mounted now. Where nothing can be tried, because it cannot be written to, nothing is said to be
 * kept.
 */
export function keptBySet(native: Native, { set }: Layout): number {
  try {
    return inProbeFolder(set, (probe) => keptMetadata(native, fsPath(probe, 'file')));
  } catch {
    return 0;
  }
}

function keepsMode(path: FsPath, mode: number): boolean {
  try {
    chmodSync(path, mode);
  } catch {
    return true;
  }
  return (lstatSync(path).mode & 0o7777) === mode;
}

/** A copy whose owner is the process's is taken to have him from the start. */
function isOwn(path: FsPath): boolean {
  const { uid, gid } = lstatSync(path);
  return uid === process.geteuid?.() && gid === process.getegid?.();
}

function keepsOwner(path: FsPath, owner: number, group: number): boolean {
  try {
    chownSync(path, owner, group);
  } catch {
    return true;
  }
  const { uid, gid } = lstatSync(path);
  return uid === owner && gid === group;
}
