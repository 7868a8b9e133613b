import { byteFromText } from '../../native/byte-path.ts';
import { NativeError, type Directory, type Native, type PinnedBuffer } from '../../native/index.ts';
import { FileType, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { paths } from '../../native/paths.ts';
import { EngineError } from '../errors/engine-error.ts';
import { absolutePath } from '../generation/absolute-path.ts';
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
  const absolute = absolutePath(path);
  const above = paths.parent(absolute);
  if (above === absolute) throw new EngineError('PathIsDirectory', { message: `'${path}' is a folder.`, path });
  const name = paths.leaf(absolute);
  const bytes = Buffer.from(`${byteFromText(name)}\0`, 'latin1');
  // A name longer than any file system's would not fit what the platform reserves for one.
  if (bytes.length > 1024)
    throw new EngineError('PathInvalid', { message: `The name of '${path}' is too long.`, path });
  const names = native.allocate(bytes.length);
  bytes.copy(names.bytes);
  let directory: Directory;
  let folder: string;
  try {
    folder = native.realPath(above);
    directory = native.openRoot(byteFromText(folder), 'reference');
  } catch (error) {
    if (error instanceof NativeError) throw linkError(native, path, error.native, missing);
    throw error;
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
  return { path, realPath: paths.join(folder, name), record };
}
