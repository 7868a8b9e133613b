import { chmodSync, readFileSync } from 'node:fs';
import { fsPath } from '../fs-path.ts';
import { FidelityLoss, Word } from '../item-record.ts';
import { forgetLosses, lossCause, noteLoss } from '../loss-causes.ts';
import type { Directory, NativeCode } from '../types.ts';
import { bind, errno } from './libc.ts';
import { At } from './flags.ts';
import { allocate } from './memory.ts';
import type { AttributeHolder, EntryName } from './attribute-calls.ts';
import { copyAttributes, removeAccessControl } from './extended-attributes.ts';
import { isNtfs } from './ntfs/driver.ts';
import { copyCreationTime, copyProperties } from './ntfs/properties.ts';
import { copyStreams } from './ntfs/streams.ts';

const fchown = bind('fchown', 'int', ['int', 'uint', 'uint']);
const fchownat = bind('fchownat', 'int', ['int', 'size_t', 'uint', 'uint', 'int']);
const fchmod = bind('fchmod', 'int', ['int', 'uint']);
const fchmodat = bind('fchmodat', 'int', ['int', 'size_t', 'uint', 'int']);
const utimensat = bind('utimensat', 'int', ['int', 'size_t', 'size_t', 'int']);
const futimens = bind('futimens', 'int', ['int', 'size_t']);

const PERMISSIONS = 0o7777;
/** A mask of which nothing is known: every mode is set. */
const ALL = 0o777;
/** Set-user-id and set-group-id: they speak of the owner. */
const OWNER_BITS = 0o6000;
/** UTIME_OMIT: leave the access time as it is. */
const OMIT = (1 << 30) - 2;
/** Two `struct timespec`: access and write time. */
const times = allocate(32);
const processOwner = process.geteuid?.() ?? 0;
const processGroup = process.getegid?.() ?? 0;
const creationMask = readCreationMask();

/** An open file or directory; a file's name, too: some of its metadata is to be had by that alone. */
export interface OpenedItem {
  handle: number;
  entry?: EntryName;
}

/**
 * Gives an open file or directory the metadata of its source. The order matters: a change of owner clears set-user-id and
 * capabilities, a mode that forbids writing forbids setting attributes, and times come last.
 * @returns bits of {@link FidelityLoss}
 */
export function applyMetadata(source: OpenedItem, target: OpenedItem, record: Uint32Array, at: number): number {
  const from = source.entry ?? source.handle;
  let losses = applyOwner(target.handle, record, at);
  losses |= copyAttributes(source.handle, target.handle, from, record, at);
  losses |= applyMode(target.handle, keptMode(record[at + Word.Mode], losses), record, at);
  const to = target.entry ?? target.handle;
  const device = record[at + Word.Device];
  losses = copyNtfs(from, to, losses, device) | applyTimes(target.handle, record, at);
  return losses | copyNtfsTime(from, to, device);
}

/** What is not POSIX metadata comes last but for times: the mode changes the security descriptor, which forbids writing. */
function copyNtfs(from: AttributeHolder, to: AttributeHolder, losses: number, device: number): number {
  if (!isNtfs(from, device)) return losses;
  return copyProperties(from, to, losses | copyStreams(from, to));
}

function copyNtfsTime(from: AttributeHolder, to: AttributeHolder, device: number): number {
  return isNtfs(from, device) ? copyCreationTime(from, to) : 0;
}

function applyOwner(target: number, record: Uint32Array, at: number): number {
  const owner = record[at + Word.Owner];
  const group = record[at + Word.Group];
  if (owner === processOwner && group === processGroup) return 0;
  return fchown(target, owner, group) < 0 ? noteLoss(FidelityLoss.Owner, errno()) : 0;
}

function applyMode(target: number, mode: number, record: Uint32Array, at: number): number {
  return permissionLoss(fchmod(target, mode), mode, record[at + Word.Mode]);
}

function applyTimes(target: number, record: Uint32Array, at: number): number {
  return futimens(target, writeTimes(record, at)) < 0 ? noteLoss(FidelityLoss.Times, errno()) : 0;
}

/** The same for a link or a device node, which is not opened. */
export function applyNodeMetadata(
  source: EntryName,
  target: EntryName,
  record: Uint32Array,
  at: number,
  isLink: boolean,
): number {
  let losses = 0;
  const address = target.names.address + target.name;
  const { handle } = target.directory;
  const owner = record[at + Word.Owner];
  const group = record[at + Word.Group];
  if (
    (owner !== processOwner || group !== processGroup) &&
    fchownat(handle, address, owner, group, At.SymlinkNoFollow) < 0
  )
    losses |= noteLoss(FidelityLoss.Owner, errno());
  losses |= copyAttributes(source, target, source, record, at);
  if (!isLink) {
    const mode = keptMode(record[at + Word.Mode], losses);
    losses |= permissionLoss(fchmodat(handle, address, mode, 0), mode, record[at + Word.Mode]);
  }
  const device = record[at + Word.Device];
  losses = copyNtfs(source, target, losses, device);
  if (utimensat(handle, address, writeTimes(record, at), At.SymlinkNoFollow) < 0)
    losses |= noteLoss(FidelityLoss.Times, errno());
  return losses | copyNtfsTime(source, target, device);
}

/** A program that runs as its owner must not become one that runs as whoever made the backup. */
function keptMode(mode: number, losses: number): number {
  return mode & ((losses & FidelityLoss.Owner) !== 0 ? PERMISSIONS & ~OWNER_BITS : PERMISSIONS);
}

/** Of a call that set `kept` where the source has `wanted`; what was left out has the reason the owner was lost for. */
function permissionLoss(result: number, kept: number, wanted: number): number {
  if (result < 0) return noteLoss(FidelityLoss.Permissions, errno());
  if (kept === (wanted & PERMISSIONS)) return 0;
  return noteLoss(FidelityLoss.Permissions, lossCause(FidelityLoss.Owner)?.code ?? 0);
}

/** The mode a directory gets while it is being filled: its own, and all the owner may do. */
export function modeToFill(mode: number): number {
  return (mode & 0o777) | 0o700;
}

export function finishDirectory(
  source: Directory,
  target: Directory,
  record: Uint32Array,
  at: number,
  isPlain: boolean,
): NativeCode {
  forgetLosses();
  record[at + Word.Losses] |= isPlain
    ? finishPlain(target.handle, record, at)
    : applyMetadata(source, target, record, at);
  return 0;
}

/** Most directories of an unchanged tree: two calls less than {@link applyMetadata} makes. */
function finishPlain(target: number, record: Uint32Array, at: number): number {
  const losses = applyOwner(target, record, at);
  const wanted = record[at + Word.Mode] & PERMISSIONS;
  const made = modeToFill(wanted) & ~creationMask;
  return (
    losses |
    (wanted === made ? 0 : applyMode(target, keptMode(wanted, losses), record, at)) |
    applyTimes(target, record, at)
  );
}

/** A directory made below one with a default ACL or the set-group-id bit inherits both, and passes them on. */
export function clearInheritance(directory: Directory): void {
  removeAccessControl(directory.handle);
  fchmod(directory.handle, 0o700);
}

/** Who may look into the source is the source's own affair: it has its own folder below. */
export function allowReaders(folder: string): void {
  // By path: a FUSE file system may take a folder that was just closed for one that is in use.
  chmodSync(fsPath(folder), 0o755);
}

/**
 * The process's umask. Asking the C library for it means setting it for a moment, in all threads.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
 */
function readCreationMask(): number {
  try {
    const mask = /^Umask:\s*([0-7]+)/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1];
    return mask === undefined ? ALL : Number.parseInt(mask, 8);
  } catch {
    return ALL;
  }
}

function writeTimes(record: Uint32Array, at: number): number {
  const w = times.words;
  w[2] = OMIT;
  w[4] = record[at + Word.WriteTime];
  w[5] = record[at + Word.WriteTimeHi];
  w[6] = record[at + Word.WriteTimeNs];
  return times.address;
}
