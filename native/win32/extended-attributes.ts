/**
 * Extended attributes by handle.
 * https://learn.microsoft.com/windows-hardware/drivers/ddi/ntifs/nf-ntifs-zwqueryeafile
 * https://learn.microsoft.com/windows-hardware/drivers/ddi/ntifs/nf-ntifs-zwseteafile
 */
import type { Hash } from 'node:crypto';
import type { NativeCode } from '../types.ts';
import { FidelityLoss } from '../item-record.ts';
import { noteLoss } from '../loss-causes.ts';
import { bind } from './library.ts';
import { codeOfStatus } from './errors.ts';
import { allocate } from './memory.ts';

const ntQueryEaFile = bind('ntdll', 'NtQueryEaFile', 'int', [
  'int64',
  'size_t',
  'size_t',
  'uint',
  'int',
  'size_t',
  'uint',
  'size_t',
  'int',
]);
const ntSetEaFile = bind('ntdll', 'NtSetEaFile', 'int', ['int64', 'size_t', 'size_t', 'uint']);

/** All attributes of a file take at most 64 KiB. */
const LIMIT = 64 * 1024 + 4096;
const NO_EAS_ON_FILE = 0xc000_0052 | 0;
const NO_MORE_EAS = 0x8000_0012 | 0;
const EAS_NOT_SUPPORTED = 0xc000_004f | 0;
const NOT_SUPPORTED = 0xc000_00bb | 0;
const NOT_IMPLEMENTED = 0xc000_0002 | 0;
const INVALID_DEVICE_REQUEST = 0xc000_0010 | 0;
const NONE: ReadonlySet<number> = new Set([
  NO_EAS_ON_FILE,
  NO_MORE_EAS,
  EAS_NOT_SUPPORTED,
  NOT_SUPPORTED,
  NOT_IMPLEMENTED,
  INVALID_DEVICE_REQUEST,
]);
/**
 * Set by the kernel only, and void once a file is written.
 * https://learn.microsoft.com/windows-hardware/drivers/ifs/kernel-extended-attributes
 */
const KERNEL_PREFIX = '$KERNEL.';
/** FILE_FULL_EA_INFORMATION: next, flags, length of name, length of value, name with NUL, value. */
const ENTRY_HEADER = 8;

const memory = allocate(LIMIT);
const status = allocate(16);

/** One attribute: its entry without the offset of the next. */
export interface ExtendedAttribute {
  name: string;
  entry: Buffer;
}

/** Attributes in order of their names, or the error. A file system without attributes has none. */
export function readAttributes(handle: number): readonly ExtendedAttribute[] | NativeCode {
  status.words[2] = 0;
  const code = ntQueryEaFile(handle, status.address, memory.address, LIMIT, 0, 0, 0, 0, 1);
  if (NONE.has(code)) return [];
  if (code < 0) return codeOfStatus(code);
  if (status.words[2] === 0) return [];
  const { bytes } = memory;
  const found: ExtendedAttribute[] = [];
  for (let at = 0; ;) {
    const next = bytes.readUInt32LE(at);
    const nameEnd = at + ENTRY_HEADER + bytes[at + 5];
    const name = bytes.latin1Slice(at + ENTRY_HEADER, nameEnd);
    const end = nameEnd + 1 + bytes.readUInt16LE(at + 6);
    if (!name.startsWith(KERNEL_PREFIX)) found.push({ name, entry: Buffer.from(bytes.subarray(at + 4, end)) });
    if (next === 0) break;
    at += next;
  }
  return found.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** @returns a bit of {@link FidelityLoss} when the target does not take them */
export function writeAttributes(target: number, attributes: readonly ExtendedAttribute[]): number {
  if (attributes.length === 0) return 0;
  let at = 0;
  attributes.forEach(({ entry }, index) => {
    const length = 4 + entry.length;
    const padded = (length + 3) & ~3;
    const isLast = index === attributes.length - 1;
    memory.bytes.writeUInt32LE(isLast ? 0 : padded, at);
    memory.bytes.set(entry, at + 4);
    at += isLast ? length : padded;
  });
  const result = ntSetEaFile(target, status.address, memory.address, at);
  return result < 0 ? noteLoss(FidelityLoss.ExtendedAttributes, codeOfStatus(result)) : 0;
}

export function hashAttributes(attributes: readonly ExtendedAttribute[], hash: Hash): void {
  for (const { entry } of attributes) hash.update('attribute\0').update(entry);
}
