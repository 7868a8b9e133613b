import type { Directory, Native } from '../../native/index.ts';
import type { BytePath } from '../../native/byte-path.ts';
import { DirectoryChain } from '../../native/directory-chain.ts';

/** The folders of the generation, for reading. Links planted in them are not followed. */
export class SourceTree {
  readonly #native: Native;
  readonly #set: Directory;
  readonly #root: Directory;
  readonly #chain: DirectoryChain;
  #open: { path: BytePath; directory: Directory } | undefined;

  constructor(native: Native, set: BytePath, generation: BytePath) {
    this.#native = native;
    this.#set = native.openRoot(set, 'reference');
    this.#root = native.openDirectory(this.#set, generation, 'reference');
    this.#chain = new DirectoryChain(native, this.#root, 'list');
  }

  /** The set's own folder. */
  get set(): Directory {
    return this.#set;
  }

  /** Valid until the next call. @throws NativeError */
  directory(path: BytePath): Directory {
    if (this.#open?.path !== path) {
      this.#open = undefined;
      this.#open = { path, directory: this.#chain.open(path) };
    }
    return this.#open.directory;
  }

  close(): void {
    this.#chain.close();
    this.#native.closeDirectory(this.#root);
    this.#native.closeDirectory(this.#set);
  }
}
