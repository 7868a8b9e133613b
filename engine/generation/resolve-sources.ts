import { statSync } from 'node:fs';
import { byteFromText, type BytePath } from '../../native/byte-path.ts';
import { fsPath } from '../../native/fs-path.ts';
import { NativeError, type Native } from '../../native/index.ts';
import { FileType, ItemFlag, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { paths } from '../../native/paths.ts';
import { describeSystemError } from '../errors/system-error.ts';
import { EngineError } from '../errors/engine-error.ts';
import type { MirrorSource } from '../run/mirror-plan.ts';
import type { Snapshot } from '../snapshot/provider.ts';
import type { Source } from '../types/protocol.ts';
import { absolutePath } from './absolute-path.ts';

/** A source that exists and can be read. */
export interface ResolvedSource {
  name: BytePath;
  path: BytePath;
  nameText: string;
  pathText: string;
  volumeId: string;
  mountRoot: boolean;
  isEmpty: boolean;
  /** Where it is read in this run, and what has to be known of that. */
  reading: Omit<MirrorSource, 'name'>;
}

/**
 * Checks the sources and names them.
 * @throws EngineError PathInvalid, SourceNotFound, SourceNotDirectory, SourceNotReadable, SourceNameConflict, SourceNameInvalid
 */
export function resolveSources(native: Native, sources: readonly Source[]): ResolvedSource[] {
  const resolved = sources.map((source) => resolveOne(native, source));
  const byName = new Map<string, ResolvedSource>();
  for (const source of resolved) {
    const key = paths.key(source.nameText);
    const other = byName.get(key);
    if (other)
      throw new EngineError('SourceNameConflict', {
        message: `'${other.pathText}' and '${source.pathText}' would both be kept as '${source.nameText}'.`,
        path: source.pathText,
      });
    byName.set(key, source);
  }
  return inScanOrder(resolved);
}

/**
 * The same sources as the set knows them: where case does not matter, another spelling of a path or name is no other
 * source, and its folder keeps the name it had.
 */
export function knownAs(
  sources: readonly ResolvedSource[],
  known: readonly { name: string; path: string }[],
): ResolvedSource[] {
  const named = sources.map((source) => {
    const same = known.find(
      ({ name, path }) =>
        paths.key(name) === paths.key(source.nameText) && paths.key(path) === paths.key(source.pathText),
    );
    if (!same) return source;
    return { ...source, nameText: same.name, name: byteFromText(same.name), pathText: same.path };
  });
  return inScanOrder(named);
}

/**
 * The same sources as they are in a snapshot. What tells them from others (the volume, whether something is mounted there)
 * stays that of the source itself.
 * @throws EngineError SnapshotLost
 */
export function frozenIn(native: Native, sources: readonly ResolvedSource[], snapshot: Snapshot): ResolvedSource[] {
  if (snapshot.kind === 'None') return [...sources];
  return sources.map((source) => {
    const frozen = snapshot.sources.find(({ path }) => path === source.pathText);
    if (!frozen) throw new Error(`The snapshot is without the source ${source.pathText}.`);
    const missing = new Map(frozen.missing?.map(({ path, kind }) => [byteFromText(path), kind]));
    const exclude = snapshot.exclusions
      .filter((exclusion) => exclusion.source === source.pathText)
      .map(({ pattern }) => pattern);
    const reading = { path: byteFromText(frozen.readPath), missing, exclude };
    return { ...source, reading, isEmpty: isEmptyThere(native, source.pathText, frozen.readPath) };
  });
}

function isEmptyThere(native: Native, source: string, readPath: string): boolean {
  try {
    return inspect(native, readPath).isEmpty;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new EngineError('SnapshotLost', {
      message: `The source '${source}' is not in its snapshot: ${error.message}`,
      path: source,
      native: error.native,
    });
  }
}

/** The byte order of names, as of all items. */
function inScanOrder(sources: ResolvedSource[]): ResolvedSource[] {
  return sources.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function resolveOne(native: Native, source: Source): ResolvedSource {
  const pathText = absolutePath(source.path);
  const nameText = source.name ?? paths.leaf(pathText);
  const found = inspect(native, pathText);
  const problem = paths.problemWithName(nameText);
  if (problem !== undefined)
    throw new EngineError('SourceNameInvalid', {
      message: `'${nameText}' cannot be the name of the folder that keeps '${pathText}': ${problem}.`,
      path: pathText,
    });
  const path = byteFromText(pathText);
  return { name: byteFromText(nameText), path, nameText, pathText, reading: { path }, ...found };
}

function inspect(native: Native, pathText: string): Pick<ResolvedSource, 'volumeId' | 'mountRoot' | 'isEmpty'> {
  try {
    const directory = native.openRoot(byteFromText(pathText), 'list');
    try {
      const record = new Uint32Array(RECORD_WORDS);
      const listing = native.createListing();
      check(native, native.statDirectory(directory, record, 0), pathText);
      if ((record[Word.Mode] & FileType.Mask) !== FileType.Directory) throw notDirectory(pathText);
      check(native, native.list(directory, listing), pathText);
      return {
        volumeId: native.volumeOf(directory).id,
        mountRoot: (record[Word.Flags] & ItemFlag.MountRoot) !== 0,
        isEmpty: listing.count === 0,
      };
    } finally {
      native.closeDirectory(directory);
    }
  } catch (error) {
    throw error instanceof EngineError ? error : sourceError(native, pathText, error);
  }
}

function check(native: Native, code: number, pathText: string): void {
  if (code !== 0) throw new NativeError('read', native.describeError(code), pathText);
}

function sourceError(native: Native, path: string, error: unknown): EngineError {
  const cause = error instanceof NativeError ? error.native : describeSystemError(error);
  if (isOther(path)) return notDirectory(path);
  if (native.isMissing(cause.code))
    return new EngineError('SourceNotFound', { message: `The source '${path}' does not exist.`, path, native: cause });
  return new EngineError('SourceNotReadable', {
    message: `The source '${path}' cannot be read: ${cause.text} (${cause.name}).`,
    path,
    native: cause,
  });
}

/** Whether something that is no folder has the path. */
function isOther(path: string): boolean {
  try {
    return !statSync(fsPath(path)).isDirectory();
  } catch {
    return false;
  }
}

function notDirectory(path: string): EngineError {
  return new EngineError('SourceNotDirectory', { message: `The source '${path}' is not a folder.`, path });
}
