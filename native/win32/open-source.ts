import type { Directory, NativeCode, PinnedBuffer } from '../types.ts';
import { Win32 } from './errors.ts';
import { Attribute } from './attributes.ts';
import { Access, Disposition, openAudited, openRelative, Option, type OpenItem } from './open-item.ts';
import { textOfName } from './utf16.ts';
import { retried } from './retry.ts';

export interface SourceItem extends OpenItem {
  /** Content can be read; not that of a file encrypted for somebody else. */
  readable: boolean;
}

/** Opens an item itself, whatever it points to, with bounded patience for those who hold it. Or the error. */
export function openSource(
  directory: Directory,
  names: PinnedBuffer,
  name: number,
  attributes: number,
): SourceItem | NativeCode {
  const text = textOfName(names, name);
  const options = Option.ReparsePoint | ((attributes & Attribute.Directory) === 0 ? Option.SequentialOnly : 0);
  const open = (access: number): OpenItem | NativeCode =>
    retried(() => openAudited(directory.handle, text, access, Disposition.Open, options), codeOf);
  const item = open(Access.Read);
  if (typeof item !== 'number') return { ...item, readable: true };
  if (item !== Win32.ERROR_ACCESS_DENIED || (attributes & Attribute.Encrypted) === 0) return item;
  const locked = open(Access.Read & ~Access.Data);
  return typeof locked === 'number' ? locked : { ...locked, readable: false };
}

/** Opens the content that a filter gives in place of its reparse point. Returns the code negated when it fails. */
export function openThrough(item: OpenItem): number {
  return openRelative(item.handle, '', Access.Read, Disposition.Open, Option.SequentialOnly);
}

function codeOf(outcome: OpenItem | NativeCode): NativeCode {
  return typeof outcome === 'number' ? outcome : 0;
}
