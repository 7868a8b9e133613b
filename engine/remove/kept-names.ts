import { NativeError, type Directory, type Listing, type Native } from '../../native/index.ts';
import type { BytePath } from '../../native/byte-path.ts';
import { DirectoryChain } from '../../native/directory-chain.ts';
import { RECORD_WORDS, Word } from '../../native/item-record.ts';

/** A generation that stays. */
export interface KeptGeneration {
  /** Absolute path of the set. */
  set: BytePath;
  /** Name of its folder in the set. */
  folder: BytePath;
}

/**
 * Tells which files of a folder have a name in the same folder of a generation that stays: they are not freed, and need not
 * be asked how many names they have. Listing that folder costs less than asking each file.
 */
export class KeptNames {
  readonly #native: Native;
  readonly #root: Directory;
  readonly #chain: DirectoryChain;
  readonly #listing: Listing;
  /** A hash table of file ids, 0 for none; of the part in use at least half is free. */
  #ids = new Uint32Array(64);
  #used = 64;
  /** A folder that is not there, and so has none below it. */
  #missing: BytePath | undefined;

  private constructor(native: Native, root: Directory) {
    this.#native = native;
    this.#root = root;
    this.#chain = new DirectoryChain(native, root, 'list');
    this.#listing = native.createListing();
  }

  /** @returns undefined where nothing can be told: the generation cannot be opened, or is on another file system */
  static open(native: Native, removed: Directory, { set, folder }: KeptGeneration): KeptNames | undefined {
    let root: Directory | undefined;
    try {
      const parent = native.openRoot(set, 'reference');
      try {
        root = native.openDirectory(parent, folder, 'reference');
      } finally {
        native.closeDirectory(parent);
      }
    } catch (error) {
      if (error instanceof NativeError) return undefined;
      throw error;
    }
    if (deviceOf(native, root) === deviceOf(native, removed)) return new KeptNames(native, root);
    native.closeDirectory(root);
    return undefined;
  }

  /** Turns to a folder, by its path in either generation. */
  enter(path: BytePath): void {
    const listing = this.#listing;
    listing.count = 0;
    if (this.#missing === undefined || !path.startsWith(this.#missing)) this.#list(path);
    this.#clear(listing.count);
    for (let i = 0; i < listing.count; i++)
      if (listing.fileIds[i] !== 0) this.#ids[this.#slot(listing.fileIds[i])] = listing.fileIds[i];
  }

  /** @param id see {@link Listing.fileIds} */
  has(id: number): boolean {
    return id !== 0 && this.#ids[this.#slot(id)] === id;
  }

  close(): void {
    this.#chain.close();
    this.#native.closeDirectory(this.#root);
  }

  #list(path: BytePath): void {
    this.#missing = undefined;
    try {
      if (this.#native.list(this.#chain.open(path), this.#listing) !== 0) this.#listing.count = 0;
    } catch (error) {
      if (!(error instanceof NativeError)) throw error;
      this.#missing = `${path}/`;
    }
  }

  #clear(count: number): void {
    let size = 64;
    while (size < 2 * count) size *= 2;
    if (size > this.#ids.length) this.#ids = new Uint32Array(size);
    // Only what this folder needs: after one large folder many small ones may come.
    else this.#ids.fill(0, 0, size);
    this.#used = size;
  }

  /** Where an id is, or would be. */
  #slot(id: number): number {
    const mask = this.#used - 1;
    let slot = (Math.imul(id, 0x9e37_79b1) >>> 7) & mask;
    while (this.#ids[slot] !== 0 && this.#ids[slot] !== id) slot = (slot + 1) & mask;
    return slot;
  }
}

function deviceOf(native: Native, directory: Directory): number | undefined {
  const record = new Uint32Array(RECORD_WORDS);
  return native.statDirectory(directory, record, 0) === 0 ? record[Word.Device] : undefined;
}
