import { readdirSync, statSync } from 'node:fs';
import { fsPath } from '../../native/fs-path.ts';
import { paths } from '../../native/paths.ts';
import { EngineError } from '../errors/engine-error.ts';
import { describeSystemError } from '../errors/system-error.ts';
import { absolutePath } from '../generation/absolute-path.ts';
import type { JobFileProblem } from './problem.ts';

const MISSING = ['ENOENT', 'ENOTDIR'];

/** The job files that paths stand for: a file for itself, a folder for the *.yml and *.yaml in it. Each once, in order. */
export function listJobFiles(given: readonly string[]): { files: string[]; problems: JobFileProblem[] } {
  const files = new Map<string, string>();
  const problems: JobFileProblem[] = [];
  for (const path of given) {
    try {
      for (const file of filesAt(absolutePath(path))) files.set(paths.key(file), file);
    } catch (error) {
      problems.push(unreadable(path, error));
    }
  }
  return { files: [...files.values()], problems };
}

/** Why there is nothing to read at a path. */
export function unreadable(path: string, error: unknown): JobFileProblem {
  if (error instanceof EngineError)
    return { id: 'JobFileNotFound', message: error.message, path, ...(error.hint && { hint: error.hint }) };
  const native = describeSystemError(error);
  if (MISSING.includes(native.name))
    return { id: 'JobFileNotFound', message: `There is no job file or folder '${path}'.`, path };
  return {
    id: 'JobFileNotReadable',
    message: `The job file '${path}' cannot be read: ${native.text} (${native.name}).`,
    path,
  };
}

function filesAt(path: string): string[] {
  if (!statSync(fsPath(path)).isDirectory()) return [path];
  return readdirSync(fsPath(path))
    .filter((name) => /\.ya?ml$/i.test(name))
    .sort()
    .map((name) => paths.join(path, name));
}
