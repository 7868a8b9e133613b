/**
 * https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-getfileinformationbyhandleex
 * Only names, file ids and kinds are taken: what else a directory says of a file with several names may be out of date.
 */
import type { Directory, Listing, NativeCode } from '../types.ts';
import { Attribute } from './attributes.ts';
import type { OpenDirectory } from './directory.ts';
import { isUnknownRequest, Win32 } from './errors.ts';
import { listByFind } from './list-by-find.ts';
import { bind, lastCode } from './library.ts';
import { addName, startListing } from './listing-names.ts';
import { allocateWide } from './utf16.ts';

export { createListing } from './listing-names.ts';

const getInformation = bind('kernel32', 'GetFileInformationByHandleEx', 'int', ['int64', 'int', 'size_t', 'uint']);

/** Byte offsets that all structures for directory entries share. */
export const EntryField = { Next: 0, Attributes: 56, NameLength: 60 } as const;
/** What is not a regular file, or not only. */
const OTHER = Attribute.Directory | Attribute.ReparsePoint;

interface EntryStructure {
  readonly first: number;
  readonly next: number;
  /** Byte offset of the name. */
  readonly name: number;
  /** Byte offset of the file id. */
  readonly fileId: number;
}

/** FILE_ID_EXTD_DIR_INFO (Windows 8, not over all protocols) and FILE_ID_BOTH_DIR_INFO. */
export const STRUCTURES: readonly EntryStructure[] = [
  { first: 20, next: 19, name: 88, fileId: 72 },
  { first: 11, next: 10, name: 104, fileId: 96 },
];

/** What file servers send at once. */
const READ_SIZE = 64 * 1024;
const entries = allocateWide(READ_SIZE / 2);
const words = entries.memory.words;

export function list(directory: Directory, listing: Listing): NativeCode {
  const { handle, path, volume } = directory as OpenDirectory;
  for (; volume.listing < STRUCTURES.length; volume.listing++) {
    const code = listInBulk(handle, STRUCTURES[volume.listing], listing);
    if (!isUnknownRequest(code)) return code;
  }
  return listByFind(path, listing);
}

function listInBulk(handle: number, structure: EntryStructure, listing: Listing): NativeCode {
  startListing(listing);
  for (let kind = structure.first; ; kind = structure.next) {
    if (getInformation(handle, kind, entries.memory.address, READ_SIZE) === 0) {
      const code = lastCode();
      // Some file systems have no entries `.` and `..` and say of an empty directory that nothing was found.
      return code === Win32.ERROR_NO_MORE_FILES || code === Win32.ERROR_FILE_NOT_FOUND ? 0 : code;
    }
    addEntries(structure, listing);
  }
}

function addEntries({ name, fileId }: EntryStructure, listing: Listing): void {
  for (let at = 0; ;) {
    const entry = at >> 2;
    const length = words[entry + (EntryField.NameLength >> 2)] >> 1;
    const isFile = (words[entry + (EntryField.Attributes >> 2)] & OTHER) === 0;
    addName(entries.units, (at + name) >> 1, length, listing, words[(at + fileId) >> 2], isFile);
    const next = words[entry + (EntryField.Next >> 2)];
    if (next === 0) return;
    at += next;
  }
}
