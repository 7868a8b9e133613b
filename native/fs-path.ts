import { paths, type FsPath } from './paths.ts';

export type { FsPath };

/** A path for `node:fs` from a path given as text, and further components given as text. */
export function fsPath(base: string, ...parts: readonly string[]): FsPath {
  return paths.toFs(parts.length === 0 ? base : paths.join(base, ...parts));
}
