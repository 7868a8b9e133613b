import { byteFromText } from '../../native/byte-path.ts';
import { NativeError, type Native } from '../../native/index.ts';
import { readUnsigned64, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { paths } from '../../native/paths.ts';
import { EngineError } from '../errors/engine-error.ts';
import { nearestExisting } from './probe-destination.ts';
import type { ResolvedSource } from './resolve-sources.ts';

/** Where a folder is, links resolved. */
interface Place {
  identity: string;
  /** Identities of itself and of all folders above. */
  chain: Set<string>;
}

/**
 * Refuses a destination that a source contains (it would back up itself) and a source inside the set. Folders are
 * compared by identity: case, links, mount points, drive letters and shares give one folder many paths.
 * @param set absolute path of the set, as text; it need not exist
 * @throws EngineError DestinationInsideSource, SourceInsideDestination
 */
export function checkOverlap(native: Native, sources: readonly ResolvedSource[], set: string): void {
  const existing = nearestExisting(set);
  const destination = placeOf(native, existing);
  for (const source of sources) {
    const place = placeOf(native, source.pathText);
    if (destination.chain.has(place.identity))
      throw new EngineError('DestinationInsideSource', {
        message: `The destination '${set}' lies inside the source '${source.pathText}'.`,
        path: set,
      });
    // Nothing lies inside a folder that is not there yet.
    if (existing === set && place.chain.has(destination.identity))
      throw new EngineError('SourceInsideDestination', {
        message: `The source '${source.pathText}' lies inside the destination '${set}'.`,
        path: source.pathText,
      });
  }
}

/** Whether a folder, which need not exist, is another one or lies below it. */
export function liesInside(native: Native, folder: string, other: string): boolean {
  return placeOf(native, nearestExisting(folder)).chain.has(identityOf(native, other));
}

function placeOf(native: Native, path: string): Place {
  const identity = identityOf(native, path);
  const chain = new Set([identity]);
  for (let at = realPath(native, path); ; at = paths.parent(at)) {
    chain.add(identityOf(native, at));
    if (at === paths.parent(at)) return { identity, chain };
  }
}

/** Some volumes have no path of their own (a share the server renamed, a snapshot): then that which was given must do. */
function realPath(native: Native, path: string): string {
  try {
    return paths.normalize(native.realPath(path));
  } catch {
    return path;
  }
}

/** What all paths of a folder have in common. Where the file system numbers nothing, or does not tell, the path itself. */
function identityOf(native: Native, path: string): string {
  const record = new Uint32Array(RECORD_WORDS);
  try {
    const directory = native.openRoot(byteFromText(path), 'reference');
    try {
      if (native.statDirectory(directory, record, 0) !== 0 || readUnsigned64(record, Word.FileId) === 0)
        return paths.key(path);
      const id = [Word.Device, Word.FileIdHi, Word.FileId].map((word) => record[word].toString(16)).join('-');
      return `${native.volumeOf(directory).id}:${id}`;
    } finally {
      native.closeDirectory(directory);
    }
  } catch (error) {
    if (error instanceof NativeError) return paths.key(path);
    throw error;
  }
}
