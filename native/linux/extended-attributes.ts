/**
 * Extended attributes, POSIX ACLs among them (`system.posix_acl_*`), of a descriptor or of a name.
 * A name is addressed as `/proc/self/fd/<directory>/<name>`: the l*xattr calls take no directory handle before Linux 6.13,
 * and a file may forbid being opened.
 */
import { createHash } from 'node:crypto';
import type { Directory, NativeCode, PinnedBuffer } from '../types.ts';
import { FidelityLoss, Word } from '../item-record.ts';
import { noteLoss } from '../loss-causes.ts';
import { bind, errno } from './libc.ts';
import { Errno } from './errors.ts';
import { allocate } from './memory.ts';

const llistxattr = bind('llistxattr', 'int64', ['size_t', 'size_t', 'size_t']);
const flistxattr = bind('flistxattr', 'int64', ['int', 'size_t', 'size_t']);
const lgetxattr = bind('lgetxattr', 'int64', ['size_t', 'size_t', 'size_t', 'size_t']);
const fgetxattr = bind('fgetxattr', 'int64', ['int', 'size_t', 'size_t', 'size_t']);
const lsetxattr = bind('lsetxattr', 'int', ['size_t', 'size_t', 'size_t', 'size_t', 'int']);
const fsetxattr = bind('fsetxattr', 'int', ['int', 'size_t', 'size_t', 'size_t', 'int']);
const fremovexattr = bind('fremovexattr', 'int', ['int', 'size_t']);

/** XATTR_LIST_MAX and XATTR_SIZE_MAX of the kernel. */
const LIMIT = 65536;
const list = allocate(LIMIT);
const value = allocate(LIMIT);
const attributeName = allocate(512);
const path = allocate(512);

/** Where attributes are read from or written to: an open descriptor, or a name in a directory. */
export type AttributeHolder = number | { directory: Directory; names: PinnedBuffer; name: number };

interface AttributeCalls {
  list: () => number;
  get: () => number;
  set: (size: number) => number;
}

/** Puts the digest of all attributes into the record; zero when there are none. */
export function digestAttributes(holder: AttributeHolder, record: Uint32Array, at: number): NativeCode {
  record[at + Word.MetadataDigest] = 0;
  record[at + Word.MetadataDigest + 1] = 0;
  const calls = callsOf(holder);
  const names = listNames(calls);
  if (typeof names === 'number') return names;
  if (names.length > 0) writeDigest(names, calls, record, at);
  return 0;
}

/**
 * Copies all attributes and puts their digest into the record.
 * @returns bits of {@link FidelityLoss} for what the target did not take
 */
export function copyAttributes(from: AttributeHolder, to: AttributeHolder, record: Uint32Array, at: number): number {
  record[at + Word.MetadataDigest] = 0;
  record[at + Word.MetadataDigest + 1] = 0;
  const source = callsOf(from);
  const names = listNames(source);
  if (typeof names === 'number') return noteLoss(FidelityLoss.ExtendedAttributes, names, 'source');
  if (names.length === 0) return 0;
  let losses = 0;
  const target = callsOf(to);
  for (const name of names) {
    writeName(name);
    // Both holders may be names: their path shares one buffer, so it is written anew for each call.
    const size = source.get();
    if (size < 0) losses |= noteLoss(lossOf(name), errno(), 'source');
    else if (target.set(size) < 0) losses |= noteLoss(lossOf(name), errno());
  }
  writeDigest(names, source, record, at);
  return losses;
}

/** Removes ACLs a new directory inherited from its parent. */
export function removeAccessControl(handle: number): void {
  for (const name of ['system.posix_acl_default', 'system.posix_acl_access']) {
    writeName(name);
    fremovexattr(handle, attributeName.address);
  }
}

function writeDigest(names: readonly string[], calls: AttributeCalls, record: Uint32Array, at: number): void {
  const hash = createHash('sha256');
  for (const name of names) {
    writeName(name);
    const size = calls.get();
    hash.update(`${name}\0${size}\0`, 'latin1');
    if (size > 0) hash.update(value.bytes.subarray(0, size));
  }
  const digest = hash.digest();
  record[at + Word.MetadataDigest] = digest.readUInt32LE(0);
  record[at + Word.MetadataDigest + 1] = digest.readUInt32LE(4) || 1;
}

/** Names in byte order, or the error code. A file system without attributes has none. */
function listNames(calls: AttributeCalls): string[] | NativeCode {
  const size = calls.list();
  if (size === 0) return [];
  if (size < 0) return errno() === Errno.EOPNOTSUPP ? [] : errno();
  return list.bytes
    .latin1Slice(0, size - 1)
    .split('\0')
    .sort();
}

function callsOf(holder: AttributeHolder): AttributeCalls {
  if (typeof holder === 'number') {
    return {
      list: () => flistxattr(holder, list.address, LIMIT),
      get: () => fgetxattr(holder, attributeName.address, value.address, LIMIT),
      set: (size) => fsetxattr(holder, attributeName.address, value.address, size, 0),
    };
  }
  const { directory, names, name } = holder;
  return {
    list: () => llistxattr(writePath(directory, names, name), list.address, LIMIT),
    get: () => lgetxattr(writePath(directory, names, name), attributeName.address, value.address, LIMIT),
    set: (size) => lsetxattr(writePath(directory, names, name), attributeName.address, value.address, size, 0),
  };
}

function writeName(name: string): void {
  attributeName.bytes[attributeName.bytes.latin1Write(name, 0)] = 0;
}

function writePath(directory: Directory, names: PinnedBuffer, name: number): number {
  const end = names.bytes.indexOf(0, name);
  const prefix = path.bytes.latin1Write(`/proc/self/fd/${directory.handle}/`, 0);
  names.bytes.copy(path.bytes, prefix, name, end + 1);
  return path.address;
}

function lossOf(name: string): number {
  return name.startsWith('system.posix_acl_') ? FidelityLoss.AccessControlList : FidelityLoss.ExtendedAttributes;
}
