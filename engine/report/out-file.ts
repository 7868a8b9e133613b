import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, linkSync, lstatSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import type { Native } from '../../native/index.ts';
import { fsPath } from '../../native/fs-path.ts';
import { paths } from '../../native/paths.ts';
import { EngineError } from '../errors/engine-error.ts';
import { describeSystemError } from '../errors/system-error.ts';
import { absolutePath } from '../generation/absolute-path.ts';
import { liesInside } from '../generation/check-overlap.ts';
import { isGenerationName } from '../generation/generation-name.ts';
import { FOLDERS, Layout } from '../generation/layout.ts';
import { renamePatiently } from '../generation/rename-patiently.ts';

/** Where a report goes. */
export interface OutFile {
  /** Absolute, as text. */
  path: string;
  existing: 'replace' | 'keep';
}

/**
 * Checks before the work begins whether the file can be written.
 * @param set folder of the backup set: nothing is written into its generations
 * @throws EngineError PathInvalid, FolderNotFound, PathIsDirectory, PathExists, OutFileInSet, OutFileNotWritable
 */
export function checkOutFile(native: Native, text: string, set: string, existing: OutFile['existing']): OutFile {
  const given = absolutePath(text);
  try {
    const path = followed(native, given);
    const folder = paths.parent(path);
    checkFolder(folder);
    checkFound(path, existing);
    checkPlace(native, path, folder, new Layout(set));
    return { path, existing };
  } catch (error) {
    throw asEngineError(error, given);
  }
}

function checkFolder(folder: string): void {
  if (isFolder(folder)) return;
  throw new EngineError('FolderNotFound', {
    message: `There is no folder '${folder}' to write the report into.`,
    path: folder,
    hint: 'Make the folder, or give the path of a file in another one.',
  });
}

function isFolder(path: string): boolean {
  try {
    return statSync(fsPath(path)).isDirectory();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

function checkFound(path: string, existing: OutFile['existing']): void {
  const found = lstatSync(fsPath(path), { throwIfNoEntry: false });
  if (found?.isDirectory())
    throw new EngineError('PathIsDirectory', {
      message: `The report cannot be written to '${path}': it is a folder.`,
      path,
      hint: 'Give the path of a file, such as report.html in that folder.',
    });
  if (found && !found.isFile())
    throw new EngineError('OutFileNotWritable', {
      message: `The report cannot be written to '${path}': it is no regular file, and nothing else is replaced.`,
      path,
    });
  if (found && existing === 'keep') throw exists(path);
}

/** Writes a file as a whole: who reads it meanwhile, or after a crash, finds the old or the new one. */
export function writeOutFile({ path, existing }: OutFile, content: string): void {
  const temporary = fsPath(`${path}.${randomBytes(6).toString('hex')}.new`);
  try {
    write(temporary, content);
    // Programs of other accounts (a web server, a collector) may read the one that is there.
    const before = statSync(fsPath(path), { throwIfNoEntry: false });
    if (before) chmodSync(temporary, before.mode & 0o777);
    if (existing === 'replace' || !tryLink(temporary, path)) renamePatiently(temporary, fsPath(path));
  } catch (error) {
    throw asEngineError(error, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function write(path: ReturnType<typeof fsPath>, content: string): void {
  const file = openSync(path, 'wx', 0o666);
  try {
    const bytes = Buffer.from(content, 'utf8');
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Unlike a rename, a link never takes the place of a file that came meanwhile.
 * @returns false where the file system has no links
 */
function tryLink(temporary: ReturnType<typeof fsPath>, path: string): boolean {
  try {
    linkSync(temporary, fsPath(path));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw exists(path);
    return false;
  }
}

/** A link that leads to a file is written through, as programs do that open it. */
function followed(native: Native, path: string): string {
  try {
    if (!lstatSync(fsPath(path)).isSymbolicLink()) return path;
    return paths.normalize(native.realPath(path));
  } catch {
    return path;
  }
}

/** Nothing but a file right in the folder of the set, where people look; and none that has a meaning there. */
function checkPlace(native: Native, path: string, folder: string, layout: Layout): void {
  if (!liesInside(native, folder, layout.set)) return;
  const name = paths.leaf(path);
  const isReserved =
    isGenerationName(name) || [layout.latest, FOLDERS.own].some((own) => paths.key(own) === paths.key(name));
  if (liesInside(native, layout.set, folder) && !isReserved) return;
  throw new EngineError('OutFileInSet', {
    message: `'${path}' lies inside the backup set '${layout.set}', and nothing is written into its generations.`,
    path,
  });
}

function exists(path: string): EngineError {
  return new EngineError('PathExists', {
    message: `The file '${path}' exists already.`,
    path,
    hint: 'Give another name, or leave -NoClobber out to replace the file.',
  });
}

function asEngineError(error: unknown, path: string): unknown {
  if (error instanceof EngineError || (error as NodeJS.ErrnoException).syscall === undefined) return error;
  const native = describeSystemError(error);
  return new EngineError('OutFileNotWritable', {
    message: `The report cannot be written to '${path}': ${native.text} (${native.name}).`,
    path,
    native,
  });
}
