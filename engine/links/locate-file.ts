import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { byteFromText, textFromByte } from '../../native/byte-path.ts';
import { fsPath } from '../../native/fs-path.ts';
import { NativeError, type Directory, type Native, type PinnedBuffer } from '../../native/index.ts';
import { FileType, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { EngineError } from '../errors/engine-error.ts';
import { describeSystemError } from '../errors/system-error.ts';
import { linkError } from './link-error.ts';

/** The folder of a name, open, and the name in it. */
export interface OpenPlace {
  /** The path as it was given. */
  path: string;
  /** Absolute path of the folder, links resolved. */
  folder: string;
  directory: Directory;
  names: PinnedBuffer;
  name: string;
}

/** A file that exists, by one of its names. */
export interface LocatedFile {
  /** The path as it was given. */
  path: string;
  /** The same with the links of its folder resolved. */
  realPath: string;
  record: Uint32Array;
}

/**
 * Opens the folder of a path, and closes it after `use`.
 * @throws EngineError PathInvalid; `missing`, when the folder does not exist
 */
export function withPlace<T>(
  native: Native,
  path: string,
  missing: 'FileNotFound' | 'FolderNotFound',
  use: (place: OpenPlace) => T,
): T {
  const name = basename(path);
  if (name === '' || name === '.' || name === '..')
    throw new EngineError('PathIsDirectory', { message: `'${path}' is a folder.`, path });
  const bytes = Buffer.from(`${byteFromText(name)}\0`, 'latin1');
  // A name longer than any file system's would not fit what the platform reserves for one.
  if (bytes.length > 1024)
    throw new EngineError('PathInvalid', { message: `The name of '${path}' is too long.`, path });
  const names = native.allocate(bytes.length);
  bytes.copy(names.bytes);
  let directory: Directory;
  let folder: string;
  try {
    folder = realPathOf(dirname(path));
    directory = native.openRoot(byteFromText(folder), 'reference');
  } catch (error) {
    throw linkError(native, path, error instanceof NativeError ? error.native : describeSystemError(error), missing);
  }
  try {
    return use({ path, folder, directory, names, name });
  } finally {
    native.closeDirectory(directory);
  }
}

/**
 * What a file is.
 * @throws EngineError FileNotFound, PathIsDirectory, FileNotReadable, PathInvalid
 */
export function describeFile(native: Native, { path, folder, directory, names, name }: OpenPlace): LocatedFile {
  const record = new Uint32Array(RECORD_WORDS);
  const code = native.stat(directory, names, 0, record, 0);
  if (code !== 0) throw linkError(native, path, native.describeError(code), 'FileNotFound');
  if ((record[Word.Mode] & FileType.Mask) === FileType.Directory)
    throw new EngineError('PathIsDirectory', {
      message: `'${path}' is a folder, and folders have no hard links.`,
      path,
    });
  return { path, realPath: join(folder, name), record };
}

export function realPathOf(folder: string): string {
  return textFromByte(realpathSync.native(fsPath(folder), 'buffer').latin1Slice());
}
