/**
 * Reading and writing content where BackupRead is not to be had, and for hashing. Holes of sparse files are not read.
 * https://learn.microsoft.com/windows/win32/api/winioctl/ni-winioctl-fsctl_query_allocated_ranges
 */
import type { CopyProgress, NativeCode } from '../types.ts';
import { bind, lastCode } from './library.ts';
import { Win32 } from './errors.ts';
import { allocate } from './memory.ts';
import { queryRanges, setEnd } from './sparse.ts';
import type { ContentHash } from './content-hash.ts';
import { fail, type ContentResult } from './content-result.ts';

const readFile = bind('kernel32', 'ReadFile', 'int', ['int64', 'size_t', 'uint', 'size_t', 'size_t']);
const writeFile = bind('kernel32', 'WriteFile', 'int', ['int64', 'size_t', 'uint', 'size_t', 'size_t']);
const setFilePointerEx = bind('kernel32', 'SetFilePointerEx', 'int', ['int64', 'int64', 'size_t', 'uint']);

const CHUNK = 1 << 20;
const memory = allocate(CHUNK);
const moved = allocate(8);
/** No target: the content is only hashed. */
export const NO_TARGET = -1;

export interface PlainOptions {
  size: number;
  sparse: boolean;
  hash: ContentHash | undefined;
}

/** Copies all of a stream to an empty one; false when it failed or was stopped, as the result says. */
export function copyPlain(
  source: number,
  target: number,
  options: PlainOptions,
  progress: CopyProgress,
  result: ContentResult,
): boolean {
  if (options.sparse) return copyRanges(source, target, options, progress, result);
  if (!seek(source, 0)) return fail(result, lastCode(), 'source');
  // No further: a file may grow as fast as it is read.
  return copyBytes(source, target, options.size, options.hash, progress, result);
}

/** The first bytes of an open file, or the error; the buffer is reused by the next call. */
export function readStart(source: number, length: number): Buffer | NativeCode {
  const got = read(source, Math.min(length, CHUNK));
  return got < 0 ? lastCode() : memory.bytes.subarray(0, got);
}

function copyRanges(
  source: number,
  target: number,
  { size, hash }: PlainOptions,
  progress: CopyProgress,
  result: ContentResult,
): boolean {
  for (let position = 0; position < size;) {
    const ranges = queryRanges(source, position, size - position);
    if (typeof ranges === 'number') return fail(result, ranges, 'source');
    for (const { offset, length } of ranges.found) {
      const end = Math.min(offset + length, size);
      hash?.hole(offset);
      if (hash?.cancelled) return cancel(result);
      if (!seek(source, offset)) return fail(result, lastCode(), 'source');
      if (target !== NO_TARGET && !seek(target, offset)) return fail(result, lastCode(), 'target');
      if (!copyBytes(source, target, end - offset, hash, progress, result)) return false;
      position = end;
    }
    if (!ranges.more) break;
  }
  hash?.hole(size);
  if (hash?.cancelled) return cancel(result);
  const code = target === NO_TARGET ? 0 : setEnd(target, size);
  return code === 0 || fail(result, code, 'target');
}

function copyBytes(
  source: number,
  target: number,
  length: number,
  hash: ContentHash | undefined,
  progress: CopyProgress,
  result: ContentResult,
): boolean {
  for (let left = length; left > 0;) {
    const got = read(source, Math.min(CHUNK, left));
    if (got < 0) return fail(result, lastCode(), 'source');
    // The end, or truncated meanwhile: the caller sees the changed size.
    if (got === 0) return true;
    hash?.update(memory.bytes.subarray(0, got));
    if (target !== NO_TARGET && !writeAll(target, got)) return fail(result, lastCode(), 'target');
    left -= got;
    result.bytes += got;
    if (!progress(got)) return cancel(result);
  }
  return true;
}

/** Bytes read, or -1. */
function read(source: number, length: number): number {
  if (readFile(source, memory.address, length, moved.address, 0) !== 0) return moved.words[0];
  return lastCode() === Win32.ERROR_HANDLE_EOF ? 0 : -1;
}

/** Writes at the current position. */
export function writeBytes(target: number, bytes: Uint8Array): NativeCode {
  for (let at = 0; at < bytes.length; at += CHUNK) {
    const part = bytes.subarray(at, at + CHUNK);
    memory.bytes.set(part);
    if (!writeAll(target, part.length)) return lastCode();
  }
  return 0;
}

/** Writes what was read last. */
function writeAll(target: number, length: number): boolean {
  for (let done = 0; done < length;) {
    if (writeFile(target, memory.address + done, length - done, moved.address, 0) === 0) return false;
    done += moved.words[0];
  }
  return true;
}

export function seek(handle: number, position: number): boolean {
  return setFilePointerEx(handle, position, 0, 0) !== 0;
}

function cancel(result: ContentResult): false {
  result.cancelled = true;
  return false;
}
