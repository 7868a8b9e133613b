/**
 * Named streams of an open file or directory.
 * https://learn.microsoft.com/windows/win32/api/winbase/ns-winbase-file_stream_info
 */
import type { Hash } from 'node:crypto';
import type { CopyProgress, NativeCode } from '../types.ts';
import { FidelityLoss } from '../item-record.ts';
import { noteLoss } from '../loss-causes.ts';
import { bind, closeHandle, lastCode } from './library.ts';
import { isUnknownRequest, Win32 } from './errors.ts';
import { allocate } from './memory.ts';
import { Access, Disposition, openRelative } from './open-item.ts';
import { copyPlain, NO_TARGET } from './plain-content.ts';
import { ContentHash } from './content-hash.ts';
import { newContentResult, type ContentResult } from './content-result.ts';

const getFileInformation = bind('kernel32', 'GetFileInformationByHandleEx', 'int', ['int64', 'int', 'size_t', 'uint']);

const STREAM_INFO = 7;
const FIRST_SIZE = 64 * 1024;
const LARGEST_SIZE = 16 * 1024 * 1024;
let answer = allocate(FIRST_SIZE);
const unstopped = (): boolean => true;

export interface NamedStream {
  /** `:name:$DATA` */
  name: string;
  size: number;
}

/** Streams beside the unnamed one, in order of their names; or the error. A file system without streams has none. */
export function listStreams(handle: number): NamedStream[] | NativeCode {
  while (getFileInformation(handle, STREAM_INFO, answer.address, answer.bytes.length) === 0) {
    const code = lastCode();
    if (code === Win32.ERROR_HANDLE_EOF || isUnknownRequest(code)) return [];
    if (code !== Win32.ERROR_MORE_DATA || answer.bytes.length >= LARGEST_SIZE) return code;
    answer = allocate(answer.bytes.length * 4);
  }
  const streams: NamedStream[] = [];
  for (let at = 0; ;) {
    const next = answer.bytes.readUInt32LE(at);
    const length = answer.bytes.readUInt32LE(at + 4);
    const name = answer.bytes.toString('utf16le', at + 24, at + 24 + length);
    if (name.endsWith(':$DATA') && !name.startsWith('::'))
      streams.push({ name, size: Number(answer.bytes.readBigInt64LE(at + 8)) });
    if (next === 0) break;
    at += next;
  }
  return streams.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/**
 * Copies all named streams.
 * @returns false when a stream cannot be read or the copy was stopped, as the result says; what the target does not
 * take is a loss
 */
export function copyStreams(source: number, target: number, progress: CopyProgress, result: ContentResult): boolean {
  const streams = listStreams(source);
  if (typeof streams === 'number') {
    result.code = streams;
    result.side = 'source';
    return false;
  }
  for (const { name, size } of streams) {
    const from = openRelative(source, name, Access.Read, Disposition.Open);
    if (from < 0) {
      result.code = -from;
      result.side = 'source';
      return false;
    }
    const copied = copyStream(from, target, name, size, progress, result);
    closeHandle(from);
    if (!copied) return false;
  }
  return true;
}

function copyStream(
  from: number,
  target: number,
  name: string,
  size: number,
  progress: CopyProgress,
  result: ContentResult,
): boolean {
  const to = openRelative(target, name, Access.Write, Disposition.OverwriteIf);
  if (to < 0) {
    result.losses |= noteLoss(FidelityLoss.AlternateStreams, -to);
    return true;
  }
  const part = newContentResult();
  const copied = copyPlain(from, to, { size, sparse: false, hash: undefined }, progress, part);
  closeHandle(to);
  if (copied) return true;
  result.code = part.code;
  result.side = part.side;
  result.cancelled = part.cancelled;
  return false;
}

/** Puts names, sizes and contents into a digest. */
export function digestStreams(handle: number, hash: Hash): NativeCode {
  const streams = listStreams(handle);
  if (typeof streams === 'number') return streams;
  for (const { name, size } of streams) {
    hash.update(`stream ${name}\0${size}\0`, 'utf16le');
    const from = openRelative(handle, name, Access.Read, Disposition.Open);
    if (from < 0) return -from;
    const result = newContentResult();
    const content = new ContentHash(unstopped, hash);
    copyPlain(from, NO_TARGET, { size, sparse: false, hash: content }, unstopped, result);
    closeHandle(from);
    if (result.code !== 0) return result.code;
  }
  return 0;
}
