/** Extended attributes, POSIX ACLs among them (`system.posix_acl_*`), and what NTFS keeps in their place. */
import { createHash, type Hash } from 'node:crypto';
import type { NativeCode } from '../types.ts';
import { FidelityLoss, Word } from '../item-record.ts';
import { noteLoss } from '../loss-causes.ts';
import { errno } from './libc.ts';
import { Errno } from './errors.ts';
import {
  getAttribute,
  listAttributes,
  listedNames,
  removeAttribute,
  setAttribute,
  value,
  type AttributeHolder,
} from './attribute-calls.ts';
import { isNtfs } from './ntfs/driver.ts';
import { digestProperties } from './ntfs/properties.ts';
import { digestStreams } from './ntfs/streams.ts';

/** Puts the digest of all attributes into the record; zero when there are none. */
export function digestAttributes(holder: AttributeHolder, record: Uint32Array, at: number): NativeCode {
  const names = listNames(holder);
  return typeof names === 'number' ? names : storeDigest(names, holder, holder, record, at);
}

/**
 * Copies all attributes and puts their digest into the record.
 * @param entry the source's name where `from` is an open file
 * @returns bits of {@link FidelityLoss} for what the target did not take
 */
export function copyAttributes(
  from: AttributeHolder,
  to: AttributeHolder,
  entry: AttributeHolder,
  record: Uint32Array,
  at: number,
): number {
  const names = listNames(from);
  if (typeof names === 'number') {
    clearDigest(record, at);
    return noteLoss(FidelityLoss.ExtendedAttributes, names, 'source');
  }
  let losses = 0;
  for (const name of names) {
    const size = getAttribute(from, name);
    if (size < 0) losses |= noteLoss(lossOf(name), errno(), 'source');
    else if (setAttribute(to, name, size) < 0) losses |= noteLoss(lossOf(name), errno());
  }
  const code = storeDigest(names, from, entry, record, at);
  return code === 0 ? losses : losses | noteLoss(FidelityLoss.AlternateStreams, code, 'source');
}

/** Removes ACLs a new directory inherited from its parent. */
export function removeAccessControl(handle: number): void {
  for (const name of ['system.posix_acl_default', 'system.posix_acl_access']) removeAttribute(handle, name);
}

function storeDigest(
  names: readonly string[],
  holder: AttributeHolder,
  entry: AttributeHolder,
  record: Uint32Array,
  at: number,
): NativeCode {
  clearDigest(record, at);
  const ntfs = isNtfs(holder, record[at + Word.Device]);
  if (names.length === 0 && !ntfs) return 0;
  const hash = createHash('sha256');
  for (const name of names) digestAttribute(name, holder, hash);
  if (ntfs) {
    digestProperties(holder, hash);
    const code = digestStreams(entry, hash);
    if (code !== 0) return code;
  }
  const digest = hash.digest();
  record[at + Word.MetadataDigest] = digest.readUInt32LE(0);
  record[at + Word.MetadataDigest + 1] = digest.readUInt32LE(4) || 1;
  return 0;
}

function clearDigest(record: Uint32Array, at: number): void {
  record[at + Word.MetadataDigest] = 0;
  record[at + Word.MetadataDigest + 1] = 0;
}

function digestAttribute(name: string, holder: AttributeHolder, hash: Hash): void {
  const size = getAttribute(holder, name);
  hash.update(`${name}\0${size}\0`, 'latin1');
  if (size > 0) hash.update(value.bytes.subarray(0, size));
}

/** Names in byte order, or the error code. A file system without attributes has none. */
function listNames(holder: AttributeHolder): string[] | NativeCode {
  const size = listAttributes(holder);
  if (size === 0) return [];
  if (size < 0) return errno() === Errno.EOPNOTSUPP ? [] : errno();
  return listedNames(size).sort();
}

function lossOf(name: string): number {
  return name.startsWith('system.posix_acl_') ? FidelityLoss.AccessControlList : FidelityLoss.ExtendedAttributes;
}
