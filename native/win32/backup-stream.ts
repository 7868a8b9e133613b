/**
 * Copying through BackupRead and BackupWrite: data, named streams, sparse blocks and reparse data in one pass.
 *
 * https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-backupread
 * https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-backupwrite
 * https://learn.microsoft.com/openspecs/windows_protocols/ms-bkup (WIN32_STREAM_ID, order of sparse blocks)
 */
import type { CopyProgress } from '../types.ts';
import { bind, lastCode } from './library.ts';
import { isFull, isUnknownRequest } from './errors.ts';
import { allocate } from './memory.ts';
import type { ContentHash } from './content-hash.ts';
import type { ContentResult } from './content-result.ts';
import { BackupFilter } from './backup-filter.ts';

const backupRead = bind('kernel32', 'BackupRead', 'int', ['int64', 'size_t', 'uint', 'size_t', 'int', 'int', 'size_t']);
const backupWrite = bind('kernel32', 'BackupWrite', 'int', [
  'int64',
  'size_t',
  'uint',
  'size_t',
  'int',
  'int',
  'size_t',
]);

const CAPACITY = 1 << 20;
/** Below this much room in the buffer what is in it is written. */
const ROOM = 1 << 16;
/** Bytes held back from a write that is not the last, so that the last is longer than a header, as the call demands. */
const HOLD = 32;
const HEADER = 20;
const memory = allocate(CAPACITY);
/** Bytes moved, and the two contexts. */
const calls = allocate(24);
const MOVED = 0;
const READ_CONTEXT = 8;
const WRITE_CONTEXT = 16;
const filter = new BackupFilter(memory.bytes);
/** Volumes whose file system does not know the call; they are not asked again. */
const refusing = new Set<number>();

/**
 * Copies the streams of an open file into an empty one. Security and extended attributes are not among them.
 * @param volume serial number of the source's volume
 * @returns false when the file has to be copied in another way; the target may hold a part of it then
 */
export function copyByBackup(
  source: number,
  target: number,
  volume: number,
  hash: ContentHash | undefined,
  progress: CopyProgress,
  result: ContentResult,
): boolean {
  if (refusing.has(volume)) return false;
  if (!backupRead.available || !backupWrite.available) return false;
  calls.bytes.fill(0);
  filter.begin(hash);
  const done = pump(source, target, volume, hash, progress, result);
  // The contexts are the system's memory: released whatever happened.
  if (hasContext(READ_CONTEXT)) backupRead(source, 0, 0, calls.address + MOVED, 1, 0, calls.address + READ_CONTEXT);
  if (hasContext(WRITE_CONTEXT)) backupWrite(target, 0, 0, calls.address + MOVED, 1, 0, calls.address + WRITE_CONTEXT);
  return done;
}

function pump(
  source: number,
  target: number,
  volume: number,
  hash: ContentHash | undefined,
  progress: CopyProgress,
  result: ContentResult,
): boolean {
  for (;;) {
    const from = filter.end;
    const address = memory.address + from;
    if (backupRead(source, address, CAPACITY - from, calls.address + MOVED, 0, 0, calls.address + READ_CONTEXT) === 0) {
      if (isUnknownRequest(lastCode())) refusing.add(volume);
      return false;
    }
    const got = calls.words[MOVED >> 2];
    if (got === 0) break;
    const before = filter.dataBytes;
    if (!filter.accept(got)) return false;
    const bytes = filter.dataBytes - before;
    result.bytes += bytes;
    if (hash?.cancelled || !progress(bytes)) {
      result.cancelled = true;
      return true;
    }
    if (CAPACITY - filter.end < ROOM && !flush(target, filter.kept - HOLD, result)) return result.code !== 0;
  }
  if (!filter.isComplete) return false;
  // A header alone is that of an empty sparse file, whose end is set by the caller.
  return filter.kept <= HEADER || flush(target, filter.kept, result) || result.code !== 0;
}

/** Writes the first bytes of what was kept; only a full volume is an error, everything else a reason for the other way. */
function flush(target: number, length: number, result: ContentResult): boolean {
  for (let done = 0; done < length;) {
    const address = memory.address + done;
    if (backupWrite(target, address, length - done, calls.address + MOVED, 0, 0, calls.address + WRITE_CONTEXT) === 0) {
      const code = lastCode();
      if (isFull(code)) {
        result.code = code;
        result.side = 'target';
      }
      return false;
    }
    done += calls.words[MOVED >> 2];
  }
  filter.drop(length);
  return true;
}

function hasContext(at: number): boolean {
  return calls.words[at >> 2] !== 0 || calls.words[(at >> 2) + 1] !== 0;
}
