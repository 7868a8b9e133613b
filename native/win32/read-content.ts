import type { CopyProgress, Directory, NativeCode, PinnedBuffer } from '../types.ts';
import { NativeError } from '../types.ts';
import { FileType, RECORD_WORDS, Word, readUnsigned64 } from '../item-record.ts';
import { Attribute, attributesIn, isRecalled, newBasic, readBasic } from './attributes.ts';
import { ContentHash } from './content-hash.ts';
import { newContentResult } from './content-result.ts';
import { hashReparsePoint } from './copy-reparse-point.ts';
import { describeError, Win32 } from './errors.ts';
import { closeHandle } from './library.ts';
import { closeItem } from './open-item.ts';
import { openSource, openThrough, type SourceItem } from './open-source.ts';
import { copyPlain, NO_TARGET, readStart } from './plain-content.ts';
import { isReadThrough } from './reparse.ts';
import { statHandle } from './stat.ts';

const basic = newBasic();
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
  if (type !== FileType.File && type !== FileType.SymbolicLink) return 0;
  const attributes = record[at + Word.Attributes];
  if (isRecalled(attributes)) return Win32.ERROR_FILE_OFFLINE;
  const item = openSource(directory, names, name, attributes);
  if (typeof item === 'number') return item;
  const code = type === FileType.File ? hashFile(item, record, at, progress) : hashReparsePoint(item, record, at);
  closeItem(item);
  return code;
}

/** @throws NativeError */
export function readSmallFile(directory: Directory, names: PinnedBuffer, name: number, length: number): Buffer {
  const item = openSource(directory, names, name, 0);
  if (typeof item === 'number') throw new NativeError('NtCreateFile', describeError(item));
  const bytes = isPlaceholder(item) ? Win32.ERROR_FILE_OFFLINE : readStart(item.handle, length);
  closeItem(item);
  if (typeof bytes === 'number') throw new NativeError('ReadFile', describeError(bytes));
  return Buffer.from(bytes);
}

function isPlaceholder(item: SourceItem): boolean {
  return readBasic(item.handle, basic) === 0 && isRecalled(attributesIn(basic));
}

function hashFile(item: SourceItem, record: Uint32Array, at: number, progress: CopyProgress): NativeCode {
  const code = statHandle(item.handle, opened, 0);
  if (code !== 0) return code;
  const attributes = opened[Word.Attributes];
  if (isRecalled(attributes)) return Win32.ERROR_FILE_OFFLINE;
  const through = (attributes & Attribute.ReparsePoint) !== 0 && isReadThrough(opened[Word.Special]);
  const data = through ? openThrough(item) : item.handle;
  if (data < 0) return -data;
  const hash = new ContentHash(progress);
  const result = newContentResult();
  const sparse = !through && (attributes & Attribute.SparseFile) !== 0;
  const size = readUnsigned64(opened, Word.Size);
  if (copyPlain(data, NO_TARGET, { size, sparse, hash }, progress, result)) hash.store(record, at);
  if (through) closeHandle(data);
  return result.code;
}
