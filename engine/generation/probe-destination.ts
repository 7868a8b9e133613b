import {
  accessSync,
  appendFileSync,
  constants,
  existsSync,
  linkSync,
  lstatSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import type { Directory, Native } from '../../native/index.ts';
import { byteFromText } from '../../native/byte-path.ts';
import { fsPath } from '../../native/fs-path.ts';
import { paths } from '../../native/paths.ts';
import { describeSystemError } from '../errors/system-error.ts';
import { EngineError } from '../errors/engine-error.ts';
import { inProbeFolder } from './probe-folder.ts';
import { keptMetadata } from './probe-metadata.ts';

/** What was found out about a destination by trying. */
export interface DestinationTraits {
  /** Resolution of write times in nanoseconds: 1,000 stands for that or better. */
  timeGranularityNs: number;
  /** What of owners and modes it keeps: see {@link keptMetadata}. */
  kept: number;
}

const MICROSECOND = 1_000;

/**
 * Tries in the destination (or, before it exists, in the nearest folder above) whether files can be created and
 * hard-linked, how finely write times are kept, and whether owners and modes are. Leaves nothing behind.
 * @param path absolute path of the set, as text
 * @throws EngineError DestinationNotDirectory, DestinationNotWritable, DestinationFull, LinkNotSupported
 */
export function probeDestination(native: Native, path: string): DestinationTraits {
  const folder = checkDestination(native, path);
  try {
    return inProbeFolder(folder, (probe) => tryOut(native, folder, probe));
  } catch (error) {
    throw isFailedCall(error) ? notWritable(folder, error) : error;
  }
}

/**
 * Looks at the destination without writing to it.
 * @returns the folder itself, or the nearest one above it that exists
 * @throws EngineError DestinationNotDirectory, DestinationNotWritable
 */
export function checkDestination(native: Native, path: string): string {
  const folder = nearestExisting(path);
  let isFolder: boolean;
  try {
    isFolder = statSync(fsPath(folder)).isDirectory();
  } catch (error) {
    // Not even its root is there: a drive without a disk, a server that does not answer.
    throw notWritable(folder, error);
  }
  if (!isFolder) throw notDirectory(folder, 'is not a folder');
  try {
    accessSync(fsPath(folder), constants.W_OK | constants.X_OK);
  } catch (error) {
    throw notWritable(folder, error);
  }
  if (inFolder(native, folder, (directory) => native.volumeOf(directory).readOnly))
    throw new EngineError('DestinationNotWritable', {
      message: `The destination '${folder}' cannot be written to: its file system is read-only.`,
      path: folder,
    });
  return folder;
}

function tryOut(native: Native, folder: string, probe: string): DestinationTraits {
  const first = fsPath(probe, 'first');
  const second = fsPath(probe, 'second');
  try {
    writeFileSync(first, 'probe');
  } catch (error) {
    throw notWritable(folder, error);
  }
  try {
    linkSync(first, second);
  } catch (error) {
    const cause = describeSystemError(error);
    const why = inFolder(native, folder, (directory) => native.explainNoLinks(directory));
    throw new EngineError('LinkNotSupported', {
      message: `The file system of '${folder}' cannot make hard links${why ? `, because ${why}` : ''}: ${cause.text} (${cause.name}).`,
      path: folder,
      native: cause,
    });
  }
  // Some servers count every file's names as one: what tells is whether the content is shared.
  appendFileSync(first, ' more');
  if (readFileSync(second, 'latin1') !== 'probe more')
    throw new EngineError('LinkNotSupported', {
      message: `The file system of '${folder}' pretends to make hard links, but makes copies.`,
      path: folder,
    });
  return { timeGranularityNs: granularityOf(first), kept: keptMetadata(native, first) };
}

/** Sets a write time that no coarse clock can hold and reads what became of it. */
function granularityOf(file: ReturnType<typeof fsPath>): number {
  const wanted = 1_700_000_001_234_567_000n;
  utimesSync(file, 1_700_000_001.234567, 1_700_000_001.234567);
  const difference = Number(lstatSync(file, { bigint: true }).mtimeNs - wanted);
  const distance = Math.abs(difference);
  // The time passes through a double, which is off by less than a microsecond.
  if (distance <= MICROSECOND) return MICROSECOND;
  return 2 ** Math.ceil(Math.log2(distance)) * 2;
}

function inFolder<T>(native: Native, folder: string, use: (directory: Directory) => T): T {
  const directory = native.openRoot(byteFromText(folder), 'reference');
  try {
    return use(directory);
  } finally {
    native.closeDirectory(directory);
  }
}

/** The path itself, or the nearest folder above it that exists. */
export function nearestExisting(path: string): string {
  let folder = path;
  while (!existsSync(fsPath(folder))) {
    // A dangling link is in the way: following it would create the set somewhere unexpected.
    if (isLink(folder)) throw notDirectory(folder, 'is a dangling link');
    const parent = paths.parent(folder);
    if (parent === folder) break;
    folder = parent;
  }
  return folder;
}

function isLink(path: string): boolean {
  try {
    return lstatSync(fsPath(path)).isSymbolicLink();
  } catch {
    return false;
  }
}

function isFailedCall(error: unknown): boolean {
  return !(error instanceof EngineError) && typeof (error as NodeJS.ErrnoException).errno === 'number';
}

function notDirectory(folder: string, what: string): EngineError {
  return new EngineError('DestinationNotDirectory', { message: `The destination '${folder}' ${what}.`, path: folder });
}

function notWritable(folder: string, error: unknown): EngineError {
  const native = describeSystemError(error);
  const full = native.name === 'ENOSPC' || native.name === 'EDQUOT';
  return new EngineError(full ? 'DestinationFull' : 'DestinationNotWritable', {
    message: `The destination '${folder}' cannot be written to: ${native.text} (${native.name}).`,
    path: folder,
    native,
  });
}
