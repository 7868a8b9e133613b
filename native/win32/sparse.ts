/**
 * Sparse files.
 * https://learn.microsoft.com/windows/win32/api/winioctl/ni-winioctl-fsctl_set_sparse
 * https://learn.microsoft.com/windows/win32/api/winioctl/ni-winioctl-fsctl_query_allocated_ranges
 */
import type { NativeCode } from '../types.ts';
import { FidelityLoss } from '../item-record.ts';
import { noteLoss } from '../loss-causes.ts';
import { bind, lastCode } from './library.ts';
import { isUnknownRequest, Win32 } from './errors.ts';
import { allocate } from './memory.ts';
import { Control, control, controlBytes } from './control.ts';

const setFileInformation = bind('kernel32', 'SetFileInformationByHandle', 'int', ['int64', 'int', 'size_t', 'uint']);

const END_OF_FILE_INFO = 6;
const MAXIMUM = 256;
/** Two 64-bit numbers: offset and length. */
const RANGE = 16;
const asked = allocate(RANGE);
const answer = allocate(MAXIMUM * RANGE);
const end = allocate(8);

export interface Range {
  offset: number;
  length: number;
}

/** Ranges that hold data, in order; `more` says that there are others behind them. Or the error. */
export function queryRanges(
  handle: number,
  from: number,
  length: number,
): { found: Range[]; more: boolean } | NativeCode {
  asked.bytes.writeBigInt64LE(BigInt(from), 0);
  asked.bytes.writeBigInt64LE(BigInt(length), 8);
  const code = control(handle, Control.QueryAllocatedRanges, asked.address, RANGE, answer.address, MAXIMUM * RANGE);
  // A file system without holes has data everywhere.
  if (isUnknownRequest(code)) return { found: [{ offset: from, length }], more: false };
  if (code !== 0 && code !== Win32.ERROR_MORE_DATA) return code;
  const found: Range[] = [];
  for (let at = 0; at < controlBytes(); at += RANGE)
    found.push({
      offset: Number(answer.bytes.readBigInt64LE(at)),
      length: Number(answer.bytes.readBigInt64LE(at + 8)),
    });
  return { found, more: code === Win32.ERROR_MORE_DATA };
}

/** Lets an empty file have holes. */
export function setSparse(handle: number): NativeCode {
  const code = control(handle, Control.SetSparse, 0, 0, 0, 0);
  if (code !== 0) noteLoss(FidelityLoss.Sparseness, code);
  return code;
}

export function setEnd(handle: number, size: number): NativeCode {
  end.bytes.writeBigInt64LE(BigInt(size), 0);
  return setFileInformation(handle, END_OF_FILE_INFO, end.address, 8) === 0 ? lastCode() : 0;
}
