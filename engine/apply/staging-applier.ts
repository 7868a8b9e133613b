import type {
  CopyProgress,
  CopyRequest,
  CopyResult,
  Directory,
  Native,
  NativeCode,
  PinnedBuffer,
} from '../../native/index.ts';
import type { BytePath } from '../../native/byte-path.ts';
import { DirectoryChain } from '../../native/directory-chain.ts';
import { emptyCopyResult, type Applier } from './applier.ts';

/** Builds the generation in its staging folder. */
export class StagingApplier implements Applier {
  readonly writes = true;
  readonly #native: Native;
  readonly #root: Directory;
  readonly #temporary: Directory;
  readonly #hash: boolean;
  readonly #result = emptyCopyResult();
  readonly #request: CopyRequest;
  readonly #chain: DirectoryChain;
  #directory: Directory | undefined;

  /**
   * @param set the backup set's folder
   * @param staging folder of the generation under construction, below the set
   * @param temporary folder for unfinished copies, below the set
   */
  constructor(native: Native, set: Directory, staging: BytePath, temporary: BytePath, hash: boolean) {
    this.#native = native;
    this.#root = native.openDirectory(set, staging, 'fill');
    this.#temporary = native.openDirectory(set, temporary, 'fill');
    this.#hash = hash;
    this.#chain = new DirectoryChain(native, this.#root, 'fill');
    this.#request = {
      source: this.#root,
      names: native.allocate(8),
      name: 0,
      target: this.#root,
      temporary: this.#temporary,
      record: new Uint32Array(0),
      at: 0,
      hash,
    };
  }

  enter(path: BytePath): void {
    this.#directory = this.#chain.open(path);
  }

  leave(): void {
    this.#directory = undefined;
  }

  /** The directory entered. */
  get directory(): Directory {
    if (!this.#directory) throw new Error('No directory was entered.');
    return this.#directory;
  }

  makeDirectory(names: PinnedBuffer, name: number, record: Uint32Array, at: number): NativeCode {
    return this.#native.makeDirectory(this.directory, names, name, record, at);
  }

  link(from: Directory, fromNames: PinnedBuffer, fromName: number, names: PinnedBuffer, name: number): NativeCode {
    return this.#native.link(from, fromNames, fromName, this.directory, names, name);
  }

  copy(
    source: Directory,
    names: PinnedBuffer,
    name: number,
    record: Uint32Array,
    at: number,
    progress: CopyProgress,
  ): CopyResult {
    const request = this.#request;
    request.source = source;
    request.names = names;
    request.name = name;
    request.target = this.directory;
    request.record = record;
    request.at = at;
    request.hash = this.#hash;
    this.#native.copy(request, progress, this.#result);
    return this.#result;
  }

  finishDirectory(source: Directory, record: Uint32Array, at: number, isPlain: boolean): NativeCode {
    return this.#native.finishDirectory(source, this.directory, record, at, isPlain);
  }

  close(): void {
    this.leave();
    this.#chain.close();
    this.#native.closeDirectory(this.#root);
    this.#native.closeDirectory(this.#temporary);
  }
}
