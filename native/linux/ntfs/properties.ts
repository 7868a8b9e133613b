/** Security descriptor, attributes, creation time and extended attributes of NTFS. */
import type { Hash } from 'node:crypto';
import { FidelityLoss } from '../../item-record.ts';
import { noteLoss, noteMissing } from '../../loss-causes.ts';
import { Errno } from '../errors.ts';
import { errno } from '../libc.ts';
import { getAttribute, setAttribute, value, type AttributeHolder } from '../attribute-calls.ts';
import { ATTRIBUTES, CREATED, ENCRYPTION, EXTENDED, REPARSE_DATA, SECURITY } from './attribute-names.ts';

export const NtfsAttribute = { Directory: 0x10, Compressed: 0x800, Encrypted: 0x4000 } as const;
/** READONLY, HIDDEN, SYSTEM, ARCHIVE, TEMPORARY and NOT_CONTENT_INDEXED. */
const SETTABLE = 0x1 | 0x2 | 0x4 | 0x20 | 0x100 | 0x2000;
/** Of a file that the driver made a symbolic link or a device of: without it, it is just a file. */
const SYSTEM = 0x4;

/** In the order in which they are set: a security descriptor may forbid the next step to all but its owner. */
const VALUES = [
  { name: EXTENDED, loss: FidelityLoss.ExtendedAttributes },
  { name: SECURITY, loss: FidelityLoss.AccessControlList },
] as const;

const DIGESTED = [EXTENDED, CREATED, SECURITY, REPARSE_DATA, ENCRYPTION];
/** What the security descriptor says, too. */
const POSIX_RIGHTS = FidelityLoss.Owner | FidelityLoss.Permissions | FidelityLoss.AccessControlList;

/**
 * Gives the target what NTFS keeps of the source, but for {@link copyCreationTime}. To be called after owner and mode are set:
 * they change the security descriptor, which says more.
 * @param losses bits of {@link FidelityLoss} so far
 * @returns the bits that are right now
 */
export function copyProperties(from: AttributeHolder, to: AttributeHolder, losses: number): number {
  let left = losses;
  for (const { name, loss } of VALUES) {
    const lost = copyValue(from, to, name, loss);
    if (lost === 0 && name === SECURITY) left &= ~POSIX_RIGHTS;
    left |= lost ?? 0;
  }
  return left | copyFlags(from, to);
}

/**
 * Gives the target the creation time of the source. To be called after its write time is set: of a new file, ntfs-3g 2022.10.3
 * shows a write time that is set later than this only until some sixty others were used, and then the one before.
 * @returns bits of {@link FidelityLoss}
 */
export function copyCreationTime(from: AttributeHolder, to: AttributeHolder): number {
  return copyValue(from, to, CREATED, FidelityLoss.Times) ?? 0;
}

/** @returns bits of {@link FidelityLoss}; undefined where there is nothing to copy */
function copyValue(from: AttributeHolder, to: AttributeHolder, name: string, loss: number): number | undefined {
  const size = getAttribute(from, name);
  if (size < 0) return isAbsent(errno()) ? undefined : noteLoss(loss, errno(), 'source');
  return setAttribute(to, name, size) < 0 ? noteLoss(loss, errno()) : 0;
}

/** The digest gets what the item has of {@link copyProperties}, and its reparse data. */
export function digestProperties(holder: AttributeHolder, hash: Hash): void {
  hash.update(`${ATTRIBUTES}\0${ntfsAttributes(holder) & (SETTABLE | NtfsAttribute.Compressed)}\0`);
  for (const name of DIGESTED) {
    const size = getAttribute(holder, name);
    if (size < 0) continue;
    hash.update(`${name}\0${size}\0`);
    hash.update(value.bytes.subarray(0, size));
  }
}

/** 0 where there are none. */
export function ntfsAttributes(holder: AttributeHolder): number {
  return getAttribute(holder, ATTRIBUTES) < 0 ? 0 : value.bytes.readUInt32BE(0);
}

function copyFlags(from: AttributeHolder, to: AttributeHolder): number {
  const all = ntfsAttributes(from);
  const wanted = (all & SETTABLE) | (ntfsAttributes(to) & SYSTEM);
  value.bytes.writeUInt32BE(wanted, 0);
  const code = setAttribute(to, ATTRIBUTES, 4) < 0 ? errno() : 0;
  if (code !== 0 && wanted !== 0) return noteLoss(FidelityLoss.Attributes, code) | compressionLoss(all, 0);
  const found = ntfsAttributes(to);
  const missing = (found & SETTABLE) === wanted ? 0 : noteMissing(FidelityLoss.Attributes);
  return missing | compressionLoss(all, found);
}

function compressionLoss(wanted: number, found: number): number {
  return (wanted & ~found & NtfsAttribute.Compressed) === 0 ? 0 : noteMissing(FidelityLoss.Compression);
}

function isAbsent(code: number): boolean {
  return code === Errno.ENODATA || code === Errno.EOPNOTSUPP;
}
