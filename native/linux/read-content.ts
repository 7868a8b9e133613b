import type { CopyProgress, Directory, NativeCode, PinnedBuffer } from '../types.ts';
import { FileType, ItemFlag, RECORD_WORDS, Word, readUnsigned64 } from '../item-record.ts';
import { bind, errno } from './libc.ts';
import { lastError } from './errors.ts';
import { allocate } from './memory.ts';
import { allocatedBytes, statHandle } from './stat.ts';
import { copyContent } from './content.ts';
import { openForReading } from './copy.ts';
import { hashTarget } from './copy-node.ts';

const close = bind('close', 'int', ['int']);
const read = bind('read', 'int64', ['int', 'size_t', 'size_t']);
const opened = new Uint32Array(RECORD_WORDS);

/** Reads a file to its end; the record gets the hash and {@link ItemFlag.Hashed}, nothing else changes. */
export function hashContent(
  directory: Directory,
  names: PinnedBuffer,
  name: number,
  record: Uint32Array,
  at: number,
  progress: CopyProgress,
): NativeCode {
  const type = record[at + Word.Mode] & FileType.Mask;
  if (type === FileType.SymbolicLink) return hashTarget(directory, names, name, record, at);
  if (type !== FileType.File) return 0;
  const handle = openForReading(directory.handle, names.address + name);
  if (handle < 0) return errno();
  let code = statHandle(handle, opened, 0);
  if (code === 0) {
    const sparse = allocatedBytes() < readUnsigned64(opened, Word.Size);
    const content = copyContent(handle, -1, opened, 0, { sparse, hash: true }, progress);
    code = content.code;
    if (code === 0 && !content.cancelled) {
      record.set(opened.subarray(Word.ContentHash), at + Word.ContentHash);
      record[at + Word.Flags] |= ItemFlag.Hashed;
    }
  }
  close(handle);
  return code;
}

export function readSmallFile(directory: Directory, names: PinnedBuffer, name: number, length: number): Buffer {
  const handle = openForReading(directory.handle, names.address + name);
  if (handle < 0) throw lastError('open');
  const memory = allocate(length);
  const got = read(handle, memory.address, length);
  const error = got < 0 ? lastError('read') : undefined;
  close(handle);
  if (error) throw error;
  return Buffer.from(memory.bytes.subarray(0, got));
}
