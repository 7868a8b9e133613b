/** https://learn.microsoft.com/windows/win32/api/fileapi/ns-fileapi-by_handle_file_information */
import type { NativeCode } from '../types.ts';
import { FileType, NO_BLOCK, Word } from '../item-record.ts';
import { bind, lastCode } from './library.ts';
import { allocate } from './memory.ts';

const getByHandle = bind('kernel32', 'GetFileInformationByHandle', 'int', ['int64', 'size_t']);
const getInformation = bind('kernel32', 'GetFileInformationByHandleEx', 'int', ['int64', 'int', 'size_t', 'uint']);
const identity = allocate(56);
const basic = allocate(40);
const tag = allocate(8);
const EPOCH = 11_644_473_600n;
const NAME_SURROGATE = 0x2000_0000;

export function statHandle(handle: number, record: Uint32Array, at: number): NativeCode {
  if (getByHandle(handle, identity.address) === 0) return lastCode();
  if (getInformation(handle, 0, basic.address, 40) === 0) return lastCode();
  tag.words[1] = 0;
  const attributes = basic.words[8];
  if ((attributes & 0x400) !== 0 && getInformation(handle, 9, tag.address, 8) === 0) return lastCode();
  const w = identity.words;
  const isLink = (tag.words[1] & NAME_SURROGATE) !== 0;
  const mode = isLink ? FileType.SymbolicLink : (attributes & 0x10) !== 0 ? FileType.Directory : FileType.File;
  record.fill(0, at, at + 35);
  record[at + Word.FileId] = w[12];
  record[at + Word.FileIdHi] = w[11];
  record[at + Word.Size] = w[9];
  record[at + Word.SizeHi] = w[8];
  record[at + Word.Links] = w[10];
  record[at + Word.Device] = w[7];
  record[at + Word.Mode] = mode;
  record[at + Word.Special] = tag.words[1];
  record[at + Word.Attributes] = attributes;
  record[at + Word.Child] = NO_BLOCK;
  storeTime(0, record, at + Word.BirthTime);
  storeTime(16, record, at + Word.WriteTime);
  storeTime(24, record, at + Word.ChangeTime);
  return 0;
}

function storeTime(from: number, record: Uint32Array, at: number): void {
  const ticks = basic.bytes.readBigInt64LE(from);
  const seconds = ticks / 10_000_000n - EPOCH;
  record[at] = Number(seconds & 0xffff_ffffn);
  record[at + 1] = Number((seconds >> 32n) & 0xffff_ffffn);
  record[at + 2] = Number(ticks % 10_000_000n) * 100;
}
