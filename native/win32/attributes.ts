/**
 * Times and attributes by handle, as the file system keeps them: 100 ns.
 * https://learn.microsoft.com/windows/win32/api/winbase/ns-winbase-file_basic_info
 * https://learn.microsoft.com/windows/win32/fileio/file-attribute-constants
 */
import type { NativeCode, PinnedBuffer } from '../types.ts';
import { FidelityLoss } from '../item-record.ts';
import { noteLoss, noteMissing } from '../loss-causes.ts';
import { bind, lastCode } from './library.ts';
import { allocate } from './memory.ts';
import { Control, control } from './control.ts';

const getFileInformation = bind('kernel32', 'GetFileInformationByHandleEx', 'int', ['int64', 'int', 'size_t', 'uint']);
const setFileInformation = bind('kernel32', 'SetFileInformationByHandle', 'int', ['int64', 'int', 'size_t', 'uint']);

const BASIC_INFO = 0;
/** Creation, access, write and change time, 8 bytes each, then the attributes. */
const BASIC_SIZE = 40;
const CREATED = 0;
const ACCESSED = 8;
const WRITTEN = 16;
const CHANGED = 24;
const ATTRIBUTES = 32;

export const Attribute = {
  ReadOnly: 0x1,
  Directory: 0x10,
  Normal: 0x80,
  SparseFile: 0x200,
  ReparsePoint: 0x400,
  Compressed: 0x800,
  Offline: 0x1000,
  Encrypted: 0x4000,
  RecallOnOpen: 0x4_0000,
  RecallOnDataAccess: 0x40_0000,
} as const;

/** READONLY, HIDDEN, SYSTEM, ARCHIVE, TEMPORARY and NOT_CONTENT_INDEXED: what can be set by name alone. */
const SETTABLE = 0x1 | 0x2 | 0x4 | 0x20 | 0x100 | 0x2000;
/** The data is not here: reading it would fetch it from a server or a tape. */
const RECALL = Attribute.Offline | Attribute.RecallOnOpen | Attribute.RecallOnDataAccess;
const COMPRESSION_DEFAULT = 1;
/** Write times of file systems other than NTFS are as coarse as 2 s, in units of 100 ns. */
const COARSEST = 20_000_000n;

const format = allocate(8);
const given = allocate(BASIC_SIZE);
const found = allocate(BASIC_SIZE);

/** Memory for {@link readBasic}. */
export function newBasic(): PinnedBuffer {
  return allocate(BASIC_SIZE);
}

export function readBasic(handle: number, basic: PinnedBuffer): NativeCode {
  return getFileInformation(handle, BASIC_INFO, basic.address, BASIC_SIZE) === 0 ? lastCode() : 0;
}

/** Sets the attributes that can be set by name alone, and nothing else. */
export function writeAttributes(handle: number, attributes: number): NativeCode {
  given.bytes.fill(0);
  given.words[ATTRIBUTES >> 2] = attributes & SETTABLE || Attribute.Normal;
  return setFileInformation(handle, BASIC_INFO, given.address, BASIC_SIZE) === 0 ? lastCode() : 0;
}

export function attributesIn(basic: PinnedBuffer): number {
  return basic.words[ATTRIBUTES >> 2];
}

export function isRecalled(attributes: number): boolean {
  return (attributes & RECALL) !== 0;
}

/**
 * Gives a finished item the times and attributes of its source; nothing may be written to it afterwards. The creation
 * time is among them because a new name gets that of one removed shortly before (file system tunnelling).
 * @param attributes those the item should have now
 * @returns bits of {@link FidelityLoss}
 */
export function applyBasic(target: number, basic: PinnedBuffer, attributes: number): number {
  given.bytes.set(basic.bytes.subarray(0, BASIC_SIZE));
  // Zero leaves a time as it is.
  given.bytes.fill(0, ACCESSED, ACCESSED + 8).fill(0, CHANGED, CHANGED + 8);
  given.words[ATTRIBUTES >> 2] = attributes & SETTABLE || Attribute.Normal;
  if (setFileInformation(target, BASIC_INFO, given.address, BASIC_SIZE) === 0) {
    const code = lastCode();
    return noteLoss(FidelityLoss.Times, code) | noteLoss(FidelityLoss.Attributes, code);
  }
  return readBasic(target, found) === 0 ? lossesBetween(basic, attributes) : 0;
}

/** Compression has to be set before there is data, and needs the right to read and write it. */
export function setCompressed(target: number): NativeCode {
  format.words[0] = COMPRESSION_DEFAULT;
  const code = control(target, Control.SetCompression, format.address, 2, 0, 0);
  if (code !== 0) noteLoss(FidelityLoss.Compression, code);
  return code;
}

function lossesBetween(wanted: PinnedBuffer, attributes: number): number {
  const missing = attributes & ~attributesIn(found);
  let losses = 0;
  if ((missing & SETTABLE) !== 0) losses |= noteMissing(FidelityLoss.Attributes);
  if ((missing & Attribute.SparseFile) !== 0) losses |= noteMissing(FidelityLoss.Sparseness);
  if ((missing & Attribute.Compressed) !== 0) losses |= noteMissing(FidelityLoss.Compression);
  if ((missing & Attribute.Encrypted) !== 0) losses |= noteMissing(FidelityLoss.Encryption);
  if (!near(wanted, CREATED) || !near(wanted, WRITTEN)) losses |= noteMissing(FidelityLoss.Times);
  return losses;
}

function near(wanted: PinnedBuffer, at: number): boolean {
  const apart = wanted.bytes.readBigInt64LE(at) - found.bytes.readBigInt64LE(at);
  return apart < COARSEST && apart > -COARSEST;
}
