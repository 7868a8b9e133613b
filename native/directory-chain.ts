import type { BytePath } from './byte-path.ts';
import type { Directory, DirectoryUse, Native } from './types.ts';

/** Deeper directories are opened from the root: a chain holds one descriptor per level. */
const LEVELS = 48;

interface Link {
  path: BytePath;
  directory: Directory;
}

/**
 * Opens directories below a root one after the other and keeps the ancestors of the last one open, so that walking a tree
 * resolves one name per directory instead of a path. At most one directory is in use: the one opened last.
 */
export class DirectoryChain {
  readonly #native: Native;
  readonly #root: Directory;
  readonly #use: DirectoryUse;
  readonly #links: Link[] = [];
  #loose: Directory | undefined;

  /** @param root stays the caller's, who closes it after the chain */
  constructor(native: Native, root: Directory, use: DirectoryUse) {
    this.#native = native;
    this.#root = root;
    this.#use = use;
  }

  /**
   * Valid until the next call or {@link close}.
   * @throws NativeError
   */
  open(path: BytePath): Directory {
    this.#dropLoose();
    const level = this.#keepAncestorsOf(path);
    const parent = level === 0 ? undefined : this.#links[level - 1];
    const directory = parent
      ? this.#native.openDirectory(parent.directory, path.slice(parent.path.length + 1), this.#use)
      : this.#native.openDirectory(this.#root, path, this.#use);
    if (level < LEVELS && path !== '') this.#links.push({ path, directory });
    else this.#loose = directory;
    return directory;
  }

  close(): void {
    this.#dropLoose();
    this.#cut(0);
  }

  /** @returns how many links lead to the path */
  #keepAncestorsOf(path: BytePath): number {
    let level = this.#links.length;
    while (level > 0 && !isBelow(path, this.#links[level - 1].path)) level--;
    this.#cut(level);
    return level;
  }

  #cut(level: number): void {
    while (this.#links.length > level) {
      const link = this.#links.pop();
      if (link) this.#native.closeDirectory(link.directory);
    }
  }

  #dropLoose(): void {
    if (this.#loose) this.#native.closeDirectory(this.#loose);
    this.#loose = undefined;
  }
}

function isBelow(path: BytePath, ancestor: BytePath): boolean {
  return path.length > ancestor.length && path.charCodeAt(ancestor.length) === 0x2f && path.startsWith(ancestor);
}
