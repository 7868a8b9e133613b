import type { Directory, NativeCode, PinnedBuffer } from '../types.ts';
import { Word } from '../item-record.ts';
import { isRecalled } from './attributes.ts';
import { digestItem } from './metadata.ts';
import { Access, closeItem, Disposition, openAudited, Option, type OpenItem } from './open-item.ts';
import { openSource } from './open-source.ts';

/** Digest of security descriptor, extended attributes, streams and reparse data; zero for what must not be opened. */
export function digestMetadata(
  directory: Directory,
  names: PinnedBuffer,
  name: number,
  record: Uint32Array,
  at: number,
): NativeCode {
  clear(record, at);
  const attributes = record[at + Word.Attributes];
  if (isRecalled(attributes)) return 0;
  return digest(openSource(directory, names, name, attributes), record, at);
}

export function digestDirectoryMetadata(directory: Directory, record: Uint32Array, at: number): NativeCode {
  clear(record, at);
  const options = Option.Directory | Option.ReparsePoint;
  return digest(openAudited(directory.handle, '', Access.Read, Disposition.Open, options), record, at);
}

function digest(item: OpenItem | NativeCode, record: Uint32Array, at: number): NativeCode {
  if (typeof item === 'number') return item;
  const code = digestItem(item, record, at);
  closeItem(item);
  return code;
}

function clear(record: Uint32Array, at: number): void {
  record[at + Word.MetadataDigest] = 0;
  record[at + Word.MetadataDigest + 1] = 0;
}
