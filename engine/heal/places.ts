import {
  NativeError,
  type Directory,
  type DirectoryUse,
  type Entry,
  type Native,
  type PinnedBuffer,
} from '../../native/index.ts';
import { byteFromText, type BytePath } from '../../native/byte-path.ts';
import type { Place } from './damaged-item.ts';

const NAME_BYTES = 1024;

/** Opens places. Only what leads to a root may be a link: those below it are never followed. */
export class Places {
  readonly #native: Native;
  readonly #roots = new Map<string, Directory>();

  constructor(native: Native) {
    this.#native = native;
  }

  /** @throws NativeError */
  folder(rootPath: string, folder: BytePath, use: DirectoryUse): Directory {
    let root = this.#roots.get(rootPath);
    if (!root) this.#roots.set(rootPath, (root = this.#native.openRoot(byteFromText(rootPath), 'reference')));
    return this.#native.openDirectory(root, folder, use);
  }

  /** Has the entry of a place for as long as `use` runs; the folder's error code becomes `failed`'s. */
  with<T>(place: Place, use: (entry: Entry) => T, failed: (code: number) => T): T {
    let directory: Directory;
    try {
      directory = this.folder(place.rootPath, place.folder, 'reference');
    } catch (error) {
      if (!(error instanceof NativeError)) throw error;
      return failed(error.native.code);
    }
    try {
      return use({ directory, names: pinned(this.#native, place.name), name: 0 });
    } finally {
      this.#native.closeDirectory(directory);
    }
  }

  close(): void {
    for (const root of this.#roots.values()) this.#native.closeDirectory(root);
    this.#roots.clear();
  }
}

export function pinned(native: Native, name: BytePath): PinnedBuffer {
  const buffer = native.allocate(Math.max(NAME_BYTES, name.length + 1));
  buffer.bytes[buffer.bytes.latin1Write(name, 0)] = 0;
  return buffer;
}
