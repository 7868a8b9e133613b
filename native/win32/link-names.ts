/**
 * https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-findfirstfilenamew
 * https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-getvolumepathnamew
 */
import { NativeError, type FileIdentity } from '../types.ts';
import { RECORD_WORDS, Word } from '../item-record.ts';
import { describeError, isUnknownRequest, Win32 } from './errors.ts';
import { bind, closeHandle, lastCode } from './library.ts';
import { allocate } from './memory.ts';
import { Access, Option } from './open-item.ts';
import { openPath } from './open-path.ts';
import { toWide, win32Paths } from './paths.ts';
import { statHandle } from './stat.ts';
import { volumeSerial } from './volume-serial.ts';

// Wine 8 has no such functions.
const findFirst = bind('kernel32', 'FindFirstFileNameW', 'int64', ['size_t', 'uint', 'size_t', 'size_t']);
const findNext = bind('kernel32', 'FindNextFileNameW', 'int', ['int64', 'size_t', 'size_t']);
const findClose = bind('kernel32', 'FindClose', 'int', ['int64']);
const getVolumePath = bind('kernel32', 'GetVolumePathNameW', 'int', ['size_t', 'size_t', 'uint']);

const INVALID_HANDLE = -1;
/** Longest path in UTF-16 units, with its NUL. */
const LIMIT = 32768;
const given = allocate(LIMIT * 2);
const answer = allocate(LIMIT * 2);
const length = allocate(8);

/** @throws NativeError */
export function linkNames(path: string): string[] | undefined {
  if (!findFirst.available) return undefined;
  const wide = toWide(path);
  const root = volumeRoot(wide);
  const names = readNames(wide, path);
  if (root === undefined || names === undefined) return undefined;
  const file = identityOf(path);
  let best: string[] = [];
  for (const above of placesOfRoot(names, wide.slice(root.length - 1))) {
    const found = names
      .filter((name) => name.startsWith(`${above}\\`))
      .map((name) => textOf(root.slice(0, -1) + name.slice(above.length)))
      .filter((name) => isSame(name, file));
    if (found.length > best.length) best = found;
  }
  return best;
}

/** File index and serial number, as `fsutil file queryFileID` and `vol` write them. */
export function identify(record: Uint32Array, at: number): FileIdentity {
  const serial = hex(record[at + Word.Device]);
  return {
    fileId: `0x${hex(record[at + Word.FileIdHi])}${hex(record[at + Word.FileId])}`,
    volume: `${serial.slice(0, 4)}-${serial.slice(4)}`,
  };
}

function hex(word: number): string {
  return word.toString(16).toUpperCase().padStart(8, '0');
}

/** Names from the root of the volume; undefined where the file system, or the server, has no list of them. */
function readNames(wide: string, path: string): string[] | undefined {
  writeWide(wide);
  length.words[0] = LIMIT;
  const handle = findFirst(given.address, 0, length.address, answer.address);
  if (handle === INVALID_HANDLE) {
    const code = lastCode();
    if (isUnknownRequest(code)) return undefined;
    throw new NativeError('FindFirstFileNameW', describeError(code), path);
  }
  const names = [readWide()];
  for (;;) {
    length.words[0] = LIMIT;
    if (findNext(handle, length.address, answer.address) === 0) break;
    names.push(readWide());
  }
  const code = lastCode();
  findClose(handle);
  if (code !== Win32.ERROR_HANDLE_EOF) throw new NativeError('FindNextFileNameW', describeError(code), path);
  return names;
}

/** With a separator at its end, in the form of the path. */
function volumeRoot(wide: string): string | undefined {
  writeWide(wide);
  if (getVolumePath(given.address, answer.address, LIMIT) === 0) return undefined;
  const root = readWide();
  return wide.toUpperCase().startsWith(root.toUpperCase()) ? wide.slice(0, root.length) : undefined;
}

/**
 * A share or a substituted letter may begin anywhere in its volume, and the names begin at the volume's root: where, tells
 * the name that ends like the path. Names elsewhere on the volume cannot be reached this way.
 * @param below the path below the root, with a separator at its start
 */
function placesOfRoot(names: readonly string[], below: string): string[] {
  const key = win32Paths.key(below);
  const ending = names.filter((name) => win32Paths.key(name).endsWith(key));
  return [...new Set(['', ...ending.map((name) => name.slice(0, name.length - below.length))])];
}

function identityOf(path: string): Uint32Array {
  const record = new Uint32Array(RECORD_WORDS);
  const handle = openPath(path, Access.Ask, Option.ReparsePoint);
  const code = statHandle(handle, record, 0, volumeSerial(handle));
  closeHandle(handle);
  if (code !== 0) throw new NativeError('GetFileInformationByHandle', describeError(code), path);
  return record;
}

function isSame(name: string, file: Uint32Array): boolean {
  try {
    const found = identityOf(name);
    return [Word.FileId, Word.FileIdHi, Word.Device].every((word) => found[word] === file[word]);
  } catch (error) {
    if (error instanceof NativeError) return false;
    throw error;
  }
}

function writeWide(wide: string): void {
  given.bytes.writeUInt16LE(0, given.bytes.write(wide, 0, (LIMIT - 1) * 2, 'utf16le'));
}

function readWide(): string {
  const text = answer.bytes.toString('utf16le');
  return text.slice(0, text.indexOf('\0'));
}

/** A U+241B of a name is no escape. */
function textOf(wide: string): string {
  return win32Paths.normalize(wide.replaceAll('\u241b', '\u241bE2\u241b90\u241b9B'));
}
