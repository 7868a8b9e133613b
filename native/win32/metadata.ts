/** What a file has beside its content: security descriptor, extended attributes, streams, reparse data. */
import { createHash, type Hash } from 'node:crypto';
import type { NativeCode } from '../types.ts';
import { FidelityLoss, FileType, Word } from '../item-record.ts';
import { noteLoss } from '../loss-causes.ts';
import type { OpenItem } from './open-item.ts';
import { Attribute } from './attributes.ts';
import { isUnknownRequest, Win32 } from './errors.ts';
import { hashAttributes, readAttributes, writeAttributes } from './extended-attributes.ts';
import { hashSecurity, readSecurity, writeSecurity } from './security.ts';
import { digestStreams } from './streams.ts';
import { isReadThrough, readReparsePoint } from './reparse.ts';

/** Puts the digest of an open item into its record; what `stat` knows is in there already. */
export function digestItem(item: OpenItem, record: Uint32Array, at: number): NativeCode {
  const hash = createHash('sha256');
  const security = readSecurity(item);
  if (typeof security !== 'number') hashSecurity(security, hash);
  // A file system without security has no descriptors.
  else if (!isUnknownRequest(security)) return security;
  const attributes = readAttributes(item.handle);
  if (typeof attributes === 'number') return attributes;
  hashAttributes(attributes, hash);
  const code = digestStreams(item.handle, hash) || digestReparsePoint(item, hash, record, at);
  if (code === 0) storeDigest(hash, record, at);
  return code;
}

/**
 * Gives the target the security descriptor and the extended attributes of the source, and the record their digest.
 * @returns bits of {@link FidelityLoss}
 */
export function copyMetadata(source: OpenItem, target: OpenItem, record: Uint32Array, at: number): number {
  const hash = createHash('sha256');
  let losses = 0;
  const attributes = readAttributes(source.handle);
  if (typeof attributes === 'number') losses |= noteLoss(FidelityLoss.ExtendedAttributes, attributes, 'source');
  else losses |= writeAttributes(target.handle, attributes);
  const security = readSecurity(source);
  if (typeof security !== 'number') {
    hashSecurity(security, hash);
    losses |= writeSecurity(target);
    // What cannot be read may be there.
    if (!source.audit) losses |= noteLoss(FidelityLoss.SystemAcl, Win32.ERROR_PRIVILEGE_NOT_HELD, 'source');
  } else if (!isUnknownRequest(security)) {
    losses |= noteLoss(FidelityLoss.Owner, security, 'source');
    losses |= noteLoss(FidelityLoss.AccessControlList, security, 'source');
  }
  if (typeof attributes !== 'number') hashAttributes(attributes, hash);
  const code = digestStreams(source.handle, hash) || digestReparsePoint(source, hash, record, at);
  // Without a digest the next run looks at the item again.
  if (code === 0) storeDigest(hash, record, at);
  return losses;
}

/** Links, and files with a tag nobody here knows. Filters of storage change theirs when they like; they say nothing. */
function digestReparsePoint(item: OpenItem, hash: Hash, record: Uint32Array, at: number): NativeCode {
  const isCarried =
    (record[at + Word.Attributes] & Attribute.ReparsePoint) !== 0 &&
    (record[at + Word.Mode] & FileType.Mask) !== FileType.Directory &&
    !isReadThrough(record[at + Word.Special]);
  if (!isCarried) return 0;
  const data = readReparsePoint(item.handle);
  if (typeof data === 'number') return data;
  hash.update('reparse\0').update(data);
  return 0;
}

function storeDigest(hash: Hash, record: Uint32Array, at: number): void {
  const digest = hash.digest();
  record[at + Word.MetadataDigest] = digest.readUInt32LE(0);
  record[at + Word.MetadataDigest + 1] = digest.readUInt32LE(4) || 1;
}
