import { realpathSync, statSync } from 'node:fs';
import { byteFromText, type BytePath } from '../../native/byte-path.ts';
import { fsPath } from '../../native/fs-path.ts';
import { NativeError, type Native } from '../../native/index.ts';
import { ItemFlag, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { describeSystemError } from '../errors/system-error.ts';
import { EngineError } from '../errors/engine-error.ts';
import type { Source } from '../types/protocol.ts';

/** A source that exists and can be read. */
export interface ResolvedSource {
  name: BytePath;
  path: BytePath;
  nameText: string;
  pathText: string;
  /** Absolute, all links resolved. */
  realPath: BytePath;
  volumeId: string;
  mountRoot: boolean;
  isEmpty: boolean;
}

/**
 * Checks the sources and names them.
 * @throws EngineError SourceNotFound, SourceNotDirectory, SourceNotReadable, SourceNameConflict, SourceNameInvalid
 */
export function resolveSources(native: Native, sources: readonly Source[]): ResolvedSource[] {
  const resolved = sources.map((source) => resolveOne(native, source));
  const byName = new Map<string, ResolvedSource>();
  for (const source of resolved) {
    const key = native.platform === 'win32' ? source.name.toLowerCase() : source.name;
    const other = byName.get(key);
    if (other)
      throw new EngineError('SourceNameConflict', {
        message: `'${other.pathText}' and '${source.pathText}' would both be kept as '${source.nameText}'.`,
        path: source.pathText,
      });
    byName.set(key, source);
  }
  // Scan order is the byte order of names, for sources too.
  return resolved.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function resolveOne(native: Native, source: Source): ResolvedSource {
  const pathText = source.path.length > 1 ? source.path.replace(/\/+$/, '') || '/' : source.path;
  const path = fsPath(pathText);
  try {
    if (!statSync(path).isDirectory())
      throw new EngineError('SourceNotDirectory', {
        message: `The source '${pathText}' is not a folder.`,
        path: pathText,
      });
  } catch (error) {
    throw error instanceof EngineError ? error : sourceError(pathText, error);
  }
  const nameText = source.name ?? defaultName(pathText);
  if (
    nameText === '' ||
    nameText === '.' ||
    nameText === '..' ||
    /[/\0]/.test(nameText) ||
    byteFromText(nameText).length > 255
  )
    throw new EngineError('SourceNameInvalid', {
      message: `'${nameText}' cannot be the name of the folder that keeps '${pathText}'.`,
      path: pathText,
    });
  return {
    name: byteFromText(nameText),
    path: byteFromText(pathText),
    nameText,
    pathText,
    ...inspect(native, pathText),
  };
}

function inspect(
  native: Native,
  pathText: string,
): Pick<ResolvedSource, 'realPath' | 'volumeId' | 'mountRoot' | 'isEmpty'> {
  try {
    const directory = native.openRoot(byteFromText(pathText), 'list');
    try {
      const record = new Uint32Array(RECORD_WORDS);
      const listing = native.createListing();
      const code = native.statDirectory(directory, record, 0) || native.list(directory, listing);
      if (code !== 0) throw new NativeError('read', native.describeError(code), byteFromText(pathText));
      return {
        realPath: realpathSync.native(fsPath(pathText), 'buffer').latin1Slice(),
        volumeId: native.volumeOf(directory).id,
        mountRoot: (record[Word.Flags] & ItemFlag.MountRoot) !== 0,
        isEmpty: listing.count === 0,
      };
    } finally {
      native.closeDirectory(directory);
    }
  } catch (error) {
    throw sourceError(pathText, error);
  }
}

/** The path's leaf; the root of the file system has none. */
function defaultName(path: string): string {
  return path === '/' ? 'root' : path.slice(path.lastIndexOf('/') + 1);
}

function sourceError(path: string, error: unknown): EngineError {
  const native = error instanceof NativeError ? error.native : describeSystemError(error);
  if (native.name === 'ENOENT' || native.name === 'ENOTDIR')
    return new EngineError('SourceNotFound', { message: `The source '${path}' does not exist.`, path, native });
  return new EngineError('SourceNotReadable', {
    message: `The source '${path}' cannot be read: ${native.text} (${native.name}).`,
    path,
    native,
  });
}

/**
 * Refuses a destination that a source contains (it would back up itself) and a source inside the set.
 * @param set absolute path of the set, as text; it need not exist
 */
export function checkOverlap(sources: readonly ResolvedSource[], set: string): void {
  const real = realPathOfNew(set);
  for (const source of sources) {
    if (isInside(real, source.realPath))
      throw new EngineError('DestinationInsideSource', {
        message: `The destination '${set}' lies inside the source '${source.pathText}'.`,
        path: set,
      });
    if (isInside(source.realPath, real))
      throw new EngineError('SourceInsideDestination', {
        message: `The source '${source.pathText}' lies inside the destination '${set}'.`,
        path: source.pathText,
      });
  }
}

function isInside(path: BytePath, folder: BytePath): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** Real path of something that may not exist yet: links in the part that exists are resolved. */
function realPathOfNew(path: string): BytePath {
  let rest = '';
  let folder = byteFromText(path);
  for (;;) {
    try {
      const real = realpathSync.native(Buffer.from(folder, 'latin1'), 'buffer').latin1Slice();
      return real.endsWith('/') ? real + rest.slice(1) : real + rest;
    } catch (error) {
      const cut = folder.lastIndexOf('/');
      const { code } = error as NodeJS.ErrnoException;
      // ENOTDIR: a file is where a folder should be; the probe of the destination says so.
      if ((code !== 'ENOENT' && code !== 'ENOTDIR') || cut < 0 || folder === '/') throw error;
      rest = folder.slice(cut) + rest;
      folder = cut === 0 ? '/' : folder.slice(0, cut);
    }
  }
}
