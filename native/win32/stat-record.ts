/**
 * FILE_STAT_INFORMATION, https://learn.microsoft.com/windows-hardware/drivers/ddi/ntifs/ns-ntifs-_file_stat_information, and
 * the older structures that together hold the same, as 32-bit words. There is one that holds them all, but it comes with the
 * path of the file, which is dear to make.
 */
import { FileType, NO_BLOCK, Word } from '../item-record.ts';
import { bind } from './library.ts';
import { allocate } from './memory.ts';
import { isLink, readTag } from './reparse-tag.ts';

const getInformation = bind('kernel32', 'GetFileInformationByHandleEx', 'int', ['int64', 'int', 'size_t', 'uint']);

export const STAT_SIZE = 72;
export const answer = allocate(STAT_SIZE);

/** Words of FILE_STAT_INFORMATION. */
const Stat = { FileId: 0, Created: 2, Written: 6, Changed: 8, Allocated: 10, End: 12 } as const;
const StatTail = { Attributes: 14, Tag: 15, Links: 16 } as const;

/**
 * FILE_BASIC_INFORMATION (four times, attributes), FILE_STANDARD_INFORMATION (allocated, end, links),
 * FILE_INTERNAL_INFORMATION (file id); each on 8 bytes.
 */
const parts = allocate(72);
export const PARTS = [
  { kind: 4, address: parts.address, size: 40 },
  { kind: 5, address: parts.address + 40, size: 24 },
  { kind: 6, address: parts.address + 64, size: 8 },
] as const;
const Part = { Attributes: 8, Allocated: 10, Links: 14, FileId: 16 } as const;
const TIME_WORDS = 8;
const SIZE_WORDS = 4;

/** FILE_ID_INFO: serial number (8 bytes), then 128 bits. */
const FILE_ID_INFO = 18;
const wide = allocate(24);
const WIDE_ID = 2;

const NONE = 0xffff_ffff;
const ATTRIBUTE_DIRECTORY = 0x10;
const ATTRIBUTE_REPARSE_POINT = 0x400;

/** Makes one answer of the {@link PARTS}. */
export function takeParts(handle: number): void {
  const { words } = parts;
  const attributes = words[Part.Attributes];
  const target = answer.words;
  target[Stat.FileId] = words[Part.FileId];
  target[Stat.FileId + 1] = words[Part.FileId + 1];
  for (let i = 0; i < TIME_WORDS; i++) target[Stat.Created + i] = words[i];
  for (let i = 0; i < SIZE_WORDS; i++) target[Stat.Allocated + i] = words[Part.Allocated + i];
  target[StatTail.Attributes] = attributes;
  target[StatTail.Tag] = (attributes & ATTRIBUTE_REPARSE_POINT) !== 0 ? readTag(handle) : 0;
  target[StatTail.Links] = words[Part.Links];
}

/** ReFS numbers files with 128 bits; those that fit no 64 are told as "none". */
export function hasWideId(): boolean {
  return answer.words[Stat.FileId] === NONE && answer.words[Stat.FileId + 1] === NONE;
}

/** Folds 128 bits into 64. Where the system does not tell them, the file has no id. */
export function takeWideId(handle: number): void {
  const { words } = wide;
  if (getInformation(handle, FILE_ID_INFO, wide.address, 24) === 0) words.fill(0);
  answer.words[Stat.FileId] = words[WIDE_ID] ^ words[WIDE_ID + 2];
  answer.words[Stat.FileId + 1] = words[WIDE_ID + 1] ^ words[WIDE_ID + 3];
}

export function allocatedBytes(): number {
  return answer.words[Stat.Allocated] + answer.words[Stat.Allocated + 1] * 0x1_0000_0000;
}

export function fillRecord(record: Uint32Array, at: number, device: number): void {
  const w = answer.words;
  const attributes = w[StatTail.Attributes];
  // The tag says nothing where there is no reparse point.
  const tag = (attributes & ATTRIBUTE_REPARSE_POINT) !== 0 ? w[StatTail.Tag] : 0;
  record[at + Word.FileId] = w[Stat.FileId];
  record[at + Word.FileIdHi] = w[Stat.FileId + 1];
  record[at + Word.Size] = w[Stat.End];
  record[at + Word.SizeHi] = w[Stat.End + 1];
  storeTime(w[Stat.Written], w[Stat.Written + 1], record, at + Word.WriteTime);
  record[at + Word.Mode] = typeOf(attributes, tag) | comparedAttributes(attributes);
  record[at + Word.Owner] = 0;
  record[at + Word.Group] = 0;
  storeTime(w[Stat.Changed], w[Stat.Changed + 1], record, at + Word.ChangeTime);
  storeTime(w[Stat.Created], w[Stat.Created + 1], record, at + Word.BirthTime);
  record[at + Word.Links] = w[StatTail.Links];
  record[at + Word.Special] = tag;
  record[at + Word.Flags] = 0;
  record[at + Word.Introduced] = 0;
  record[at + Word.Child] = NO_BLOCK;
  record[at + Word.Attributes] = attributes;
  record[at + Word.Device] = device;
  record[at + Word.Losses] = 0;
  // A loop: for ten words a call of fill() costs more than it does.
  for (let i = at + Word.MetadataDigest; i < at + Word.ContentHash + 8; i++) record[i] = 0;
}

function typeOf(attributes: number, tag: number): number {
  if (isLink(tag)) return FileType.SymbolicLink;
  return (attributes & ATTRIBUTE_DIRECTORY) !== 0 ? FileType.Directory : FileType.File;
}

/**
 * The attributes that belong to a file's description, one by one in the twelve bits a mode has below its type. Not among
 * them are those that storage sets as it likes: sparse, reparse point, offline, pinned.
 * https://learn.microsoft.com/windows/win32/fileio/file-attribute-constants
 */
const COMPARED = [
  0x1, // read-only
  0x2, // hidden
  0x4, // system
  0x20, // archive
  0x100, // temporary
  0x800, // compressed
  0x2000, // not content indexed
  0x4000, // encrypted
  0x8000, // integrity stream
  0x20000, // no scrub data
];

function comparedAttributes(attributes: number): number {
  let bits = 0;
  for (let i = 0; i < COMPARED.length; i++) if ((attributes & COMPARED[i]) !== 0) bits |= 1 << i;
  return bits;
}

const TICKS_PER_SECOND = 10_000_000;
/** 2^32 ticks are 429 seconds and these. */
const WORD_SECONDS = 429;
const WORD_TICKS = 4_967_296;
/** From 1601 to 1970. */
const EPOCH_SECONDS = 11_644_473_600;

/** A FILETIME as seconds and nanoseconds since 1970; exact in doubles. No time at all stays none. */
function storeTime(low: number, high: number, record: Uint32Array, at: number): void {
  if (low === 0 && high === 0) {
    record[at] = 0;
    record[at + 1] = 0;
    record[at + 2] = 0;
    return;
  }
  const rest = high * WORD_TICKS + low;
  const whole = Math.floor(rest / TICKS_PER_SECOND);
  const seconds = high * WORD_SECONDS + whole - EPOCH_SECONDS;
  record[at] = seconds;
  record[at + 1] = Math.floor(seconds / 0x1_0000_0000);
  record[at + 2] = (rest - whole * TICKS_PER_SECOND) * 100;
}
