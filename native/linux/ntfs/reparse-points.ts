/** Links of NTFS, which ntfs-3g shows as symbolic links with a target that fits this machine. */
import type { NativeCode } from '../../types.ts';
import { RECORD_WORDS } from '../../item-record.ts';
import { Errno } from '../errors.ts';
import { errno } from '../libc.ts';
import { stat } from '../stat.ts';
import { getAttribute, setAttribute, value, type EntryName } from '../attribute-calls.ts';
import { REPARSE_DATA } from './attribute-names.ts';
import { ntfsAttributes, NtfsAttribute } from './properties.ts';

/**
 * `Link`: another name for something else. `Content`: a file whose content a filter of Windows keeps elsewhere or in
 * another form, which the driver does not read.
 */
export type ReparseKind = 'None' | 'Link' | 'Content';

/** https://learn.microsoft.com/windows/win32/fileio/reparse-point-tags: IsReparseTagNameSurrogate */
const NAME_SURROGATE = 0x2000_0000;
/** IO_REPARSE_TAG_APPEXECLINK and IO_REPARSE_TAG_AF_UNIX: all they are is in their data. */
const WITHOUT_CONTENT = new Set([0x8000_001b, 0x8000_0023]);

/** Of what looks like a symbolic link. */
export function reparseKind(link: EntryName): ReparseKind {
  if (getAttribute(link, REPARSE_DATA) < 4) return 'None';
  const tag = value.bytes.readUInt32LE(0);
  return (tag & NAME_SURROGATE) !== 0 || WITHOUT_CONTENT.has(tag) ? 'Link' : 'Content';
}

/**
 * A junction or a link to a folder is a folder itself. The driver would give it a second name, which is how it gets into the
 * next generation, and Windows knows no such thing.
 */
export function isFolderLink(link: EntryName): boolean {
  return (ntfsAttributes(link) & NtfsAttribute.Directory) !== 0;
}

/** Makes an empty file the same kind of link, where the file system has such. */
export function copyReparsePoint(link: EntryName, file: EntryName): NativeCode {
  const size = getAttribute(link, REPARSE_DATA);
  if (size < 0 || setAttribute(file, REPARSE_DATA, size) < 0) return errno();
  awaitLink(file);
  return 0;
}

const seen = new Uint32Array(RECORD_WORDS);

/** The kernel takes it for a file until a look at it fails. */
function awaitLink({ directory, names, name }: EntryName): void {
  if (stat(directory, names, name, seen, 0) === Errno.EIO) stat(directory, names, name, seen, 0);
}
