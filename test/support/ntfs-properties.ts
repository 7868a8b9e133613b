import { lstatSync, readFileSync, readdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ntfsProperty, setNtfsProperty, streamOf } from './ntfs-volume.ts';
import { posix } from './posix.ts';

/** What NTFS has of an item beside its names and its data, as ntfs-3g reads and writes it. */
export interface NtfsProperties {
  /** Self-relative. */
  security: Buffer;
  /** FILE_ATTRIBUTE_*. */
  attributes: number;
  /** Units of 100 ns since 1601. */
  created: bigint;
  written: bigint;
  /** FILE_FULL_EA_INFORMATION. */
  extended?: Buffer;
  /** REPARSE_DATA_BUFFER. */
  reparse?: Buffer;
  streams: Map<string, Buffer>;
}

/** Where the times are in `times_be`. */
const CREATED = 0;
const WRITTEN = 8;
const ACCESSED = 16;

export function readProperties(path: string): NtfsProperties {
  const times = property(path, 'times_be');
  const [extended, reparse] = ['ea', 'reparse_data'].map((name) => property(path, name));
  return {
    security: property(path, 'acl'),
    attributes: property(path, 'attrib_be').readUInt32BE(),
    created: times.readBigUInt64BE(CREATED),
    written: times.readBigUInt64BE(WRITTEN),
    ...(extended?.length && { extended: listed(extended) }),
    ...(reparse?.length && { reparse }),
    streams: new Map(streamNames(path).map((name) => [name, readFileSync(streamOf(path, name))])),
  };
}

/** The driver checks descriptors, reparse data and extended attributes as it takes them. */
export function writeProperties(path: string, properties: NtfsProperties): void {
  const { security, attributes, created, written, extended, reparse, streams } = properties;
  for (const name of streamNames(path)) if (!streams.has(name)) unlinkSync(streamOf(path, name));
  for (const [name, data] of streams) writeFileSync(streamOf(path, name), data);
  setNtfsProperty(path, 'acl', security.toString('hex'));
  if (extended) setNtfsProperty(path, 'ea', stored(extended).toString('hex'));
  setNtfsProperty(path, 'attrib_be', bytes(4, (value) => value.writeUInt32BE(attributes)).toString('hex'));
  // What is done to streams moves the write time.
  const times = property(path, 'times_be').subarray(0, ACCESSED + 8);
  times.writeBigUInt64BE(created, CREATED);
  times.writeBigUInt64BE(written, WRITTEN);
  setNtfsProperty(path, 'times_be', times.toString('hex'));
  // Last of all: Linux refuses an item (EIO) that has become a link, until the volume is mounted anew.
  if (reparse) setNtfsProperty(path, 'reparse_data', reparse.toString('hex'));
}

/** Makes an ordinary file or folder of a link. */
export function removeReparseData(path: string): void {
  posix.removeXattr(Buffer.from(path), 'system.ntfs_reparse_data');
}

/** Every item below a folder, each file once however many names it has, with the number that NTFS gave it. */
export function* itemsBelow(folder: string, seen = new Set<number>()): Generator<{ path: string; inode: number }> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const status = lstatSync(path);
    if (seen.has(status.ino)) continue;
    seen.add(status.ino);
    yield { path, inode: status.ino };
    if (status.isDirectory()) yield* itemsBelow(path, seen);
  }
}

function property(path: string, name: string): Buffer {
  return Buffer.from(ntfsProperty(path, name), 'hex');
}

/** On disk each entry says how long it is, the last one, too; what the system gives out says 0 there, and ends. */
function stored(list: Buffer): Buffer {
  const whole = Buffer.concat([list, Buffer.alloc(-list.length & 3)]);
  const last = lastEntry(whole);
  whole.writeUInt32LE(whole.length - last, last);
  return whole;
}

function listed(list: Buffer): Buffer {
  const last = lastEntry(list);
  list.writeUInt32LE(0, last);
  const [HEADER, TERMINATOR] = [8, 1];
  return list.subarray(0, last + HEADER + (list[last + 5] ?? 0) + TERMINATOR + list.readUInt16LE(last + 6));
}

function lastEntry(list: Buffer): number {
  for (let at = 0; ;) {
    const next = list.readUInt32LE(at);
    if (next === 0 || at + next >= list.length) return at;
    at += next;
  }
}

/** A path `file:stream` is all that shows a stream; the driver lists names on request. */
function streamNames(path: string): string[] {
  const list = Buffer.from(posix.xattr(Buffer.from(path), 'ntfs.streams.list'), 'hex').toString();
  return list.split('\0').filter((name) => name !== '');
}

function bytes(length: number, fill: (value: Buffer) => void): Buffer {
  const value = Buffer.alloc(length);
  fill(value);
  return value;
}
