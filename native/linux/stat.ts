import type { Directory, FileIdentity, NativeCode, PinnedBuffer } from '../types.ts';
import { FidelityLoss, FileType, ItemFlag, NO_BLOCK, Word } from '../item-record.ts';
import { bind, errno } from './libc.ts';
import { At } from './flags.ts';
import { allocate } from './memory.ts';

const statx = bind('statx', 'int', ['int', 'size_t', 'int', 'uint', 'size_t']);

/** STATX_BASIC_STATS | STATX_BTIME. */
const MASK = 0xfff;
/** `struct statx`, https://man7.org/linux/man-pages/man2/statx.2.html; 256 bytes, here as 32-bit words. */
const answer = allocate(256);
const empty = allocate(8);
const FLAGS = At.SymlinkNoFollow | At.NoAutomount;

const Attribute = {
  Compressed: 4,
  Immutable: 0x10,
  Append: 0x20,
  NoDump: 0x40,
  Encrypted: 0x800,
  MountRoot: 0x2000,
} as const;
const KEPT_ATTRIBUTES =
  Attribute.Compressed | Attribute.Immutable | Attribute.Append | Attribute.NoDump | Attribute.Encrypted;

export function stat(
  directory: Directory,
  names: PinnedBuffer,
  name: number,
  record: Uint32Array,
  at: number,
): NativeCode {
  const code = ask(directory, names, name);
  if (code === 0) fill(record, at);
  return code;
}

export function glance(
  directory: Directory,
  names: PinnedBuffer,
  name: number,
  record: Uint32Array,
  at: number,
): NativeCode {
  const code = ask(directory, names, name);
  if (code === 0) fillEssentials(record, at);
  return code;
}

function ask(directory: Directory, names: PinnedBuffer, name: number): NativeCode {
  return statx(directory.handle, names.address + name, FLAGS, MASK, answer.address) < 0 ? errno() : 0;
}

/** Of an open descriptor, directories included. */
export function statHandle(handle: number, record: Uint32Array, at: number): NativeCode {
  if (statx(handle, empty.address, FLAGS | At.EmptyPath, MASK, answer.address) < 0) return errno();
  fill(record, at);
  return 0;
}

export function allocatedBytes(): number {
  return (answer.words[12] + answer.words[13] * 0x1_0000_0000) * 512;
}

/** Inode number, and the device as `major:minor`, which is how /proc/self/mountinfo and stat(1) write them. */
export function identify(record: Uint32Array, at: number): FileIdentity {
  const inode = (BigInt(record[at + Word.FileIdHi]) << 32n) | BigInt(record[at + Word.FileId]);
  const device = record[at + Word.Device];
  return { fileId: inode.toString(), volume: `${device >>> 20}:${device & 0xfffff}` };
}

function fillEssentials(record: Uint32Array, at: number): void {
  const w = answer.words;
  record[at + Word.FileId] = w[8];
  record[at + Word.FileIdHi] = w[9];
  record[at + Word.Size] = w[10];
  record[at + Word.SizeHi] = w[11];
  record[at + Word.WriteTime] = w[28];
  record[at + Word.WriteTimeHi] = w[29];
  record[at + Word.WriteTimeNs] = w[30];
  record[at + Word.Mode] = w[7] & 0xffff;
  record[at + Word.Owner] = w[5];
  record[at + Word.Group] = w[6];
  record[at + Word.Links] = w[4];
  record[at + Word.Flags] = (w[2] & Attribute.MountRoot) !== 0 ? ItemFlag.MountRoot : 0;
}

function fill(record: Uint32Array, at: number): void {
  fillEssentials(record, at);
  const w = answer.words;
  record[at + Word.ChangeTime] = w[24];
  record[at + Word.ChangeTimeHi] = w[25];
  record[at + Word.ChangeTimeNs] = w[26];
  record[at + Word.BirthTime] = w[20];
  record[at + Word.BirthTimeHi] = w[21];
  record[at + Word.BirthTimeNs] = w[22];
  const mode = w[7];
  const node = (mode & FileType.Mask) === FileType.CharacterDevice || (mode & FileType.Mask) === FileType.BlockDevice;
  record[at + Word.Special] = node ? deviceNumber(w[32], w[33]) : 0;
  record[at + Word.Introduced] = 0;
  record[at + Word.Child] = NO_BLOCK;
  const attributes = w[2] & KEPT_ATTRIBUTES;
  record[at + Word.Attributes] = attributes;
  record[at + Word.Device] = deviceNumber(w[34], w[35]);
  record[at + Word.Losses] =
    (attributes & (Attribute.Immutable | Attribute.Append | Attribute.NoDump)) !== 0 ? FidelityLoss.FileFlags : 0;
  // A loop: for ten words a call of fill() costs more than it does.
  for (let i = at + Word.MetadataDigest; i < at + Word.ContentHash + 8; i++) record[i] = 0;
}

/** The kernel's internal `dev_t`: 12 bits of major, 20 of minor. */
function deviceNumber(major: number, minor: number): number {
  return ((major << 20) | minor) >>> 0;
}
