/** Reading and copying the content of regular files: sparse files stay sparse, the hash is taken on the way. */
import { createHash, hash as hashOnce, type Hash } from 'node:crypto';
import type { CopyProgress, NativeCode } from '../types.ts';
import { Word, readUnsigned64 } from '../item-record.ts';
import { bind, errno } from './libc.ts';
import { Errno } from './errors.ts';
import { allocate } from './memory.ts';

const read = bind('read', 'int64', ['int', 'size_t', 'size_t']);
const write = bind('write', 'int64', ['int', 'size_t', 'size_t']);
const lseek = bind('lseek', 'int64', ['int', 'int64', 'int']);
const ftruncate = bind('ftruncate', 'int', ['int', 'int64']);
const copyFileRange = bind('copy_file_range', 'int64', ['int', 'size_t', 'int', 'size_t', 'size_t', 'uint']);

const CHUNK = 1 << 20;
const RANGE_CHUNK = 1 << 26;
const Seek = { Set: 0, Data: 3, Hole: 4 } as const;
const memory = allocate(CHUNK);
const zeros = Buffer.alloc(64 * 1024);

export interface ContentResult {
  code: NativeCode;
  side: 'source' | 'target';
  bytes: number;
  cancelled: boolean;
}

const outcome: ContentResult = { code: 0, side: 'source', bytes: 0, cancelled: false };

/**
 * Copies from the start of `source` to the empty file `target`; `target` = -1 only hashes.
 * The result object is reused by the next call.
 */
export function copyContent(
  source: number,
  target: number,
  record: Uint32Array,
  at: number,
  options: { sparse: boolean; hash: boolean },
  progress: CopyProgress,
): ContentResult {
  outcome.code = 0;
  outcome.side = 'source';
  outcome.bytes = 0;
  outcome.cancelled = false;
  const size = readUnsigned64(record, at + Word.Size);
  if (options.sparse) copySparse(source, target, size, record, at, options.hash, progress);
  else if (size < CHUNK) copySmall(source, target, record, at, options.hash, progress);
  else if (options.hash) copyChunks(source, target, record, at, progress);
  else copyRanges(source, target, progress);
  return outcome;
}

/** One read, one write, one hash: most files are smaller than the buffer. */
function copySmall(
  source: number,
  target: number,
  record: Uint32Array,
  at: number,
  hash: boolean,
  progress: CopyProgress,
): void {
  const got = read(source, memory.address, CHUNK);
  if (got < 0) return fail('source');
  if (got === CHUNK) {
    // It grew since the scan.
    if (lseek(source, 0, Seek.Set) < 0) return fail('source');
    return copyChunks(source, target, record, at, progress);
  }
  if (got > 0 && target >= 0 && !writeAll(target, got)) return;
  outcome.bytes = got;
  if (hash) storeHash(hashOnce('sha256', memory.bytes.subarray(0, got), 'buffer'), record, at);
  if (!progress(got)) outcome.cancelled = true;
}

function copyChunks(source: number, target: number, record: Uint32Array, at: number, progress: CopyProgress): void {
  const hash = createHash('sha256');
  for (;;) {
    const got = read(source, memory.address, CHUNK);
    if (got < 0) return fail('source');
    if (got === 0) break;
    hash.update(memory.bytes.subarray(0, got));
    if (target >= 0 && !writeAll(target, got)) return;
    outcome.bytes += got;
    if (!progress(got)) return cancel();
  }
  storeHash(hash.digest(), record, at);
}

/** Without a hash the data need not pass through this process; file systems that can share blocks do. */
function copyRanges(source: number, target: number, progress: CopyProgress): void {
  for (;;) {
    const got = copyFileRange(source, 0, target, 0, RANGE_CHUNK, 0);
    if (got < 0) {
      const code = errno();
      if (outcome.bytes === 0 && (code === Errno.EXDEV || code === Errno.EINVAL || code === Errno.ENOSYS))
        return copyThroughMemory(source, target, progress);
      return fail(code === Errno.ENOSPC || code === Errno.EDQUOT || code === Errno.EROFS ? 'target' : 'source');
    }
    if (got === 0) return;
    outcome.bytes += got;
    if (!progress(got)) return cancel();
  }
}

function copyThroughMemory(source: number, target: number, progress: CopyProgress): void {
  for (;;) {
    const got = read(source, memory.address, CHUNK);
    if (got < 0) return fail('source');
    if (got === 0) return;
    if (!writeAll(target, got)) return;
    outcome.bytes += got;
    if (!progress(got)) return cancel();
  }
}

/** Data extents only; holes are skipped in the target and hashed as zeros. */
function copySparse(
  source: number,
  target: number,
  size: number,
  record: Uint32Array,
  at: number,
  hash: boolean,
  progress: CopyProgress,
): void {
  const digest = hash ? createHash('sha256') : undefined;
  let position = 0;
  while (position < size) {
    let data = lseek(source, position, Seek.Data);
    if (data < 0) {
      if (errno() !== Errno.ENXIO) return fail('source');
      data = size;
    }
    if (digest && !hashHole(digest, data - position, progress)) return cancel();
    if (data >= size) break;
    const hole = lseek(source, data, Seek.Hole);
    if (hole < 0 || lseek(source, data, Seek.Set) < 0) return fail('source');
    if (target >= 0 && lseek(target, data, Seek.Set) < 0) return fail('target');
    let left = Math.min(hole, size) - data;
    while (left > 0) {
      const got = read(source, memory.address, Math.min(CHUNK, left));
      if (got < 0) return fail('source');
      // Truncated meanwhile; the caller sees the changed size.
      if (got === 0) return;
      digest?.update(memory.bytes.subarray(0, got));
      if (target >= 0 && !writeAll(target, got)) return;
      left -= got;
      outcome.bytes += got;
      if (!progress(got)) return cancel();
    }
    position = Math.min(hole, size);
  }
  if (target >= 0 && ftruncate(target, size) < 0) return fail('target');
  if (digest) storeHash(digest.digest(), record, at);
}

function hashHole(digest: Hash, length: number, progress: CopyProgress): boolean {
  for (let left = length, turn = 0; left > 0; left -= zeros.length, turn++) {
    digest.update(left >= zeros.length ? zeros : zeros.subarray(0, left));
    if (turn % 256 === 255 && !progress(0)) return false;
  }
  return true;
}

function writeAll(target: number, length: number): boolean {
  for (let done = 0; done < length;) {
    const put = write(target, memory.address + done, length - done);
    if (put < 0) {
      fail('target');
      return false;
    }
    done += put;
  }
  return true;
}

function storeHash(digest: Buffer, record: Uint32Array, at: number): void {
  for (let i = 0; i < 8; i++) record[at + Word.ContentHash + i] = digest.readUInt32LE(i * 4);
}

function fail(side: 'source' | 'target'): void {
  outcome.code = errno();
  outcome.side = side;
}

function cancel(): void {
  outcome.cancelled = true;
}
