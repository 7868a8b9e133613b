import { threadId } from 'node:worker_threads';
import type { CopyProgress, CopyRequest, CopyResult } from '../types.ts';
import { FileType, ItemFlag, RECORD_WORDS, Word, readUnsigned64 } from '../item-record.ts';
import { forgetLosses } from '../loss-causes.ts';
import { bind, errno } from './libc.ts';
import { Errno } from './errors.ts';
import { Open } from './flags.ts';
import { allocate } from './memory.ts';
import { allocatedBytes, statHandle } from './stat.ts';
import { copyContent } from './content.ts';
import { applyMetadata } from './metadata.ts';
import { copyNode } from './copy-node.ts';
import { removeFile, rename } from './names.ts';
import { isNtfs } from './ntfs/driver.ts';
import { copyEncryption } from './ntfs/encrypted.ts';

const openat = bind('openat', 'int', ['int', 'size_t', 'int', 'uint']);
const close = bind('close', 'int', ['int']);
const ftruncate = bind('ftruncate', 'int', ['int', 'int64']);
const lseek = bind('lseek', 'int64', ['int', 'int64', 'int']);

/** How often a file that changes while it is read is read again before its copy is reported as torn. */
const ATTEMPTS = 3;
const READ = Open.ReadOnly | Open.NoFollow | Open.NonBlock | Open.CloseOnExec;
const CREATE = Open.WriteOnly | Open.Create | Open.Exclusive | Open.NoFollow | Open.CloseOnExec;

/** One temporary name per thread: a thread copies one item at a time. */
const temporaryName = allocate(64);
temporaryName.bytes[temporaryName.bytes.latin1Write(`copy-${threadId}`, 0)] = 0;
const before = new Uint32Array(RECORD_WORDS);

export function copy(request: CopyRequest, progress: CopyProgress, result: CopyResult): void {
  result.code = 0;
  result.side = 'source';
  result.bytes = 0;
  result.torn = false;
  result.typeChanged = false;
  result.cancelled = false;
  forgetLosses();
  const { record, at } = request;
  if ((record[at + Word.Mode] & FileType.Mask) === FileType.File) copyFile(request, progress, result);
  else copyNode(request, temporaryName, result);
  if (result.code === 0 && !result.cancelled && !result.typeChanged) {
    result.code = rename(request.temporary, temporaryName, 0, request.target, request.names, request.name);
    result.side = 'target';
    if (result.code === 0) return;
  }
  removeFile(request.temporary, temporaryName, 0);
}

function copyFile(request: CopyRequest, progress: CopyProgress, result: CopyResult): void {
  const { source, names, name, record, at } = request;
  const from = openForReading(source.handle, names.address + name);
  if (from < 0) {
    result.code = errno();
    // A link in its place is ELOOP; a device or socket may refuse to be opened.
    result.typeChanged = result.code === Errno.ELOOP || result.code === Errno.ENXIO;
    return;
  }
  result.code = statHandle(from, record, at);
  result.typeChanged = result.code === 0 && (record[at + Word.Mode] & FileType.Mask) !== FileType.File;
  if (result.code === 0 && !result.typeChanged) copyOpened(from, request, progress, result);
  close(from);
}

function copyOpened(from: number, request: CopyRequest, progress: CopyProgress, result: CopyResult): void {
  const to = createTemporary(request);
  if (to < 0) {
    result.code = errno();
    result.side = 'target';
    return;
  }
  copyUntilStill(from, to, request, progress, result);
  if (result.code === 0 && !result.cancelled) {
    const { source, names, name, record, at } = request;
    const entry = { directory: source, names, name };
    const copied = { directory: request.temporary, names: temporaryName, name: 0 };
    record[at + Word.Losses] |= applyMetadata({ handle: from, entry }, { handle: to, entry: copied }, record, at);
    if (isNtfs(from, record[at + Word.Device])) copyEncryption(from, to, result);
    if (request.hash) record[at + Word.Flags] |= ItemFlag.Hashed;
    if (result.torn) record[at + Word.Flags] |= ItemFlag.Torn;
  }
  // Some file systems report a full disk only when the file is closed.
  if (close(to) < 0 && result.code === 0) {
    result.code = errno();
    result.side = 'target';
  }
}

/** Reads until the file is the same before and after, or gives up and says that the copy is torn. */
function copyUntilStill(
  from: number,
  to: number,
  request: CopyRequest,
  progress: CopyProgress,
  result: CopyResult,
): void {
  const { record, at } = request;
  for (let attempt = 1; ; attempt++) {
    before.set(record.subarray(at, at + RECORD_WORDS));
    const sparse = allocatedBytes() < readUnsigned64(record, at + Word.Size);
    const content = copyContent(from, to, record, at, { sparse, hash: request.hash }, progress);
    result.bytes = content.bytes;
    result.code = content.code;
    result.side = content.side;
    result.cancelled = content.cancelled;
    if (result.code !== 0 || result.cancelled) return;
    const hash = record.slice(at + Word.ContentHash, at + RECORD_WORDS);
    result.code = statHandle(from, record, at);
    if (result.code !== 0) return;
    record.set(hash, at + Word.ContentHash);
    const still = sameState(record, at) && (sparse || content.bytes === readUnsigned64(record, at + Word.Size));
    if (still) return;
    if (attempt === ATTEMPTS) {
      result.torn = true;
      // What counts is what was copied, so that the next run finds a difference.
      record.set(before, at);
      record.set(hash, at + Word.ContentHash);
      return;
    }
    if (ftruncate(to, 0) < 0 || lseek(to, 0, 0) < 0) {
      result.code = errno();
      result.side = 'target';
      return;
    }
    if (lseek(from, 0, 0) < 0) {
      result.code = errno();
      return;
    }
  }
}

function sameState(record: Uint32Array, at: number): boolean {
  for (const word of [Word.Size, Word.SizeHi, Word.WriteTime, Word.WriteTimeNs, Word.ChangeTime, Word.ChangeTimeNs])
    if (record[at + word] !== before[word]) return false;
  return true;
}

/** Reading must not change the source's access times; only the owner may ask for that. */
export function openForReading(directory: number, address: number): number {
  const handle = openat(directory, address, READ | Open.NoAccessTime, 0);
  return handle < 0 && errno() === Errno.EPERM ? openat(directory, address, READ, 0) : handle;
}

/** Private until its metadata is set. A leftover of an interrupted copy is replaced. */
function createTemporary(request: CopyRequest): number {
  const handle = openat(request.temporary.handle, temporaryName.address, CREATE, 0o600);
  if (handle >= 0 || errno() !== Errno.EEXIST) return handle;
  removeFile(request.temporary, temporaryName, 0);
  return openat(request.temporary.handle, temporaryName.address, CREATE, 0o600);
}
