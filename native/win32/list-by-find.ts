/** https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-findfirstfileexw, where nothing else lists. */
import type { Listing, NativeCode } from '../types.ts';
import { Win32 } from './errors.ts';
import { bind, lastCode } from './library.ts';
import { addName, startListing } from './listing-names.ts';
import { allocateWide } from './utf16.ts';

const findFirst = bind('kernel32', 'FindFirstFileExW', 'int64', ['size_t', 'int', 'size_t', 'int', 'size_t', 'uint']);
const findNext = bind('kernel32', 'FindNextFileW', 'int', ['int64', 'size_t']);
const findClose = bind('kernel32', 'FindClose', 'int', ['int64']);

/** WIN32_FIND_DATAW: 592 bytes, cFileName of 260 units at 44. */
export const FindData = { Size: 592, Name: 44 } as const;
const FIND_INFO_BASIC = 1;
const LARGE_FETCH = 2;
const INVALID_HANDLE = -1;

const pattern = allocateWide(32768);
const found = allocateWide(FindData.Size / 2);
const NAME = FindData.Name / 2;

/** @param path of the directory, with `\\?\` in front */
export function listByFind(path: string, listing: Listing): NativeCode {
  startListing(listing);
  const text = `${path.replace(/\\$/, '')}\\*\0`;
  if (text.length > pattern.units.length) return Win32.ERROR_FILENAME_EXCED_RANGE;
  pattern.memory.bytes.write(text, 0, 'utf16le');
  const search = findFirst(pattern.memory.address, FIND_INFO_BASIC, found.memory.address, 0, 0, LARGE_FETCH);
  if (search === INVALID_HANDLE) return atEnd(lastCode());
  do addName(found.units, NAME, found.units.indexOf(0, NAME) - NAME, listing);
  while (findNext(search, found.memory.address) !== 0);
  const code = atEnd(lastCode());
  findClose(search);
  return code;
}

function atEnd(code: NativeCode): NativeCode {
  return code === Win32.ERROR_NO_MORE_FILES || code === Win32.ERROR_FILE_NOT_FOUND ? 0 : code;
}
