/** A path for `node:fs`: a string where that is lossless, bytes where it is not. */
export type FsPath = string | Buffer;

/** What paths and names look like on an operating system. Pure: nothing here asks a file system. */
export interface PathRules {
  /** Whether names that differ in case only are the same to most file systems of the platform. */
  readonly ignoresCase: boolean;

  /**
   * The one form of an absolute path that the engine works with and shows: no relative or empty segments, no separator at
   * the end but a root's, the platform's own separator. Segments `..` are taken off as text, as shells and .NET do it.
   * @throws PathError when the platform has no such path
   */
  normalize(text: string): string;
  /** A path from a base and components; these may hold several names with `/` between them. For messages and results. */
  join(base: string, ...parts: readonly string[]): string;
  /** The same path for `node:fs`: of any length, and with names that are no valid Unicode. */
  toFs(path: string): FsPath;
  /** The folder above; a root is its own parent. */
  parent(path: string): string;
  /** The name a source gets when the user gives none. */
  leaf(path: string): string;
  /** Why a folder cannot have this name, or undefined when it can. */
  problemWithName(name: string): string | undefined;
  /** Names and paths with equal keys are the same to most file systems of the platform. */
  key(text: string): string;
}

/** Text that is no path of this platform. The message completes "The path '…' …". */
export class PathError extends Error {
  override readonly name = 'PathError';
  readonly hint: string | undefined;

  constructor(problem: string, hint?: string) {
    super(problem);
    this.hint = hint;
  }
}
