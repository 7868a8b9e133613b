import ignore, { type Ignore } from 'ignore';
import { textFromByte, type BytePath } from '../../native/byte-path.ts';
import { paths } from '../../native/paths.ts';
import { FileType, Word, readSeconds, readUnsigned64 } from '../../native/item-record.ts';

/** The matcher remembers every path it has seen: it is made anew before that becomes the whole tree. */
const TESTS_PER_MATCHER = 20_000;

/** Which items of the sources are taken. Structured-cloneable: it travels to worker threads. */
export interface SelectionRules {
  /** Lines in gitignore syntax, relative to each source's root. */
  exclude: string[];
  /** When not empty, only files that match one of these, or lie below a folder that does. */
  include: string[];
  maximumSize?: number;
  /** Seconds since 1970. */
  olderThan?: number;
  newerThan?: number;
  /** Leave out what lies in folders that hold a CACHEDIR.TAG. */
  excludeCacheDirectories: boolean;
}

export function selectsEverything(rules: SelectionRules): boolean {
  return (
    rules.exclude.length === 0 &&
    rules.include.length === 0 &&
    rules.maximumSize === undefined &&
    rules.olderThan === undefined &&
    rules.newerThan === undefined &&
    !rules.excludeCacheDirectories
  );
}

/** Decides item by item. Folders are excluded by rules on names only; size and age are about files. */
export class Selection {
  readonly #rules: SelectionRules;
  #exclude: Ignore | undefined;
  #include: Ignore | undefined;
  #tests = 0;

  constructor(rules: SelectionRules) {
    this.#rules = rules;
    this.#compile();
  }

  get excludesCacheDirectories(): boolean {
    return this.#rules.excludeCacheDirectories;
  }

  /**
   * @param path below the source's root
   * @returns false when the item is to be left out
   */
  takes(path: BytePath, record: Uint32Array, at: number): boolean {
    const isDirectory = (record[at + Word.Mode] & FileType.Mask) === FileType.Directory;
    if (this.#exclude || this.#include) {
      if (++this.#tests % TESTS_PER_MATCHER === 0) this.#compile();
      const text = textFromByte(path);
      if (this.#exclude?.ignores(isDirectory ? `${text}/` : text)) return false;
      if (this.#include && !isDirectory && !this.#include.ignores(text)) return false;
    }
    if (isDirectory) return true;
    const { maximumSize, olderThan, newerThan } = this.#rules;
    if (maximumSize !== undefined && isFile(record, at) && readUnsigned64(record, at + Word.Size) > maximumSize)
      return false;
    if (olderThan === undefined && newerThan === undefined) return true;
    const written = readSeconds(record, at + Word.WriteTime) + record[at + Word.WriteTimeNs] / 1e9;
    return (olderThan === undefined || written < olderThan) && (newerThan === undefined || written > newerThan);
  }

  #compile(): void {
    this.#exclude = matcher(this.#rules.exclude);
    this.#include = matcher(this.#rules.include);
  }
}

function isFile(record: Uint32Array, at: number): boolean {
  return (record[at + Word.Mode] & FileType.Mask) === FileType.File;
}

function matcher(patterns: readonly string[]): Ignore | undefined {
  if (patterns.length === 0) return undefined;
  // Names on disk may be anything, so paths are not checked for being "relative paths" in the library's sense.
  return ignore({ ignorecase: paths.ignoresCase, allowRelativePaths: true }).add([...patterns]);
}
