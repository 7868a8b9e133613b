import { NativeError, type Directory, type DirectoryUse, type Native, type PinnedBuffer } from '../../native/index.ts';
import type { BytePath } from '../../native/byte-path.ts';
import { DirectoryChain } from '../../native/directory-chain.ts';
import { FileType, ItemFlag, RECORD_WORDS, Word } from '../../native/item-record.ts';
import type { Occupant } from './decide.ts';
import { WorkFolder, writeName } from './work-folder.ts';

/** What {@link TargetTree.look} found; the record is of the occupant. */
export type Found = { kind: 'Found'; occupant: Occupant } | { kind: 'Failed'; code: number };

/** The folder that receives items, with all below it. Links in the folder are never followed, only those of its own path. */
export class TargetTree {
  /** Of what {@link look} found. */
  readonly record = new Uint32Array(RECORD_WORDS);
  /** What {@link look} found occupies on disk, where it is a file with one name. */
  freed = 0;
  readonly #native: Native;
  readonly #root: Directory;
  readonly #chain: DirectoryChain;
  readonly #works = new Map<BytePath, WorkFolder>();
  readonly #name: PinnedBuffer;
  #open: { path: BytePath; directory: Directory } | undefined;

  /** @throws NativeError when the folder is not there */
  constructor(native: Native, path: BytePath, use: DirectoryUse) {
    this.#native = native;
    this.#root = native.openRoot(path, use);
    this.#chain = new DirectoryChain(native, this.#root, use);
    this.#name = native.allocate(1024);
  }

  /** Valid until the next call. @throws NativeError */
  directory(path: BytePath): Directory {
    if (this.#open?.path !== path) {
      this.#open = undefined;
      this.#open = { path, directory: this.#chain.open(path) };
    }
    return this.#open.directory;
  }

  /** What has a name in a folder; the folder and the name in pinned memory stay at hand. */
  look(path: BytePath, name: BytePath): Found {
    const native = this.#native;
    this.freed = 0;
    let code: number;
    try {
      code = native.stat(this.directory(path), this.named(name), 0, this.record, 0);
    } catch (error) {
      if (!(error instanceof NativeError)) throw error;
      return { kind: 'Failed', code: error.native.code };
    }
    if (native.isMissing(code)) return { kind: 'Found', occupant: 'Nothing' };
    if (code !== 0) return { kind: 'Failed', code };
    const type = this.record[Word.Mode] & FileType.Mask;
    if (type === FileType.File && this.record[Word.Links] === 1) this.freed = native.allocatedBytes();
    return { kind: 'Found', occupant: type === FileType.Directory ? 'Directory' : 'Other' };
  }

  /** Whether something has the name; the folder stays at hand. */
  isTaken(path: BytePath, name: BytePath): boolean {
    const found = this.look(path, name);
    return found.kind === 'Found' && found.occupant !== 'Nothing';
  }

  /** The name in memory of this tree, until the next call. */
  named(name: BytePath): PinnedBuffer {
    writeName(this.#name, name);
    return this.#name;
  }

  /** Looks at an open folder itself. @throws NativeError */
  examine(path: BytePath): { record: Uint32Array; isMount: boolean } {
    const code = this.#native.statDirectory(this.directory(path), this.record, 0);
    if (code !== 0) throw new NativeError('stat', this.#native.describeError(code), path);
    return { record: this.record, isMount: (this.record[Word.Flags] & ItemFlag.MountRoot) !== 0 };
  }

  /** The hidden folder of the file system that begins at a folder. @throws NativeError */
  work(mount: BytePath): WorkFolder {
    let work = this.#works.get(mount);
    if (!work) {
      work = new WorkFolder(this.#native, this.#native.openDirectory(this.#root, mount, 'fill'));
      this.#works.set(mount, work);
    }
    return work;
  }

  /** Nothing more is put into the file system that begins there. */
  dropWork(mount: BytePath): void {
    this.#works.get(mount)?.close();
    this.#works.delete(mount);
  }

  sync(): void {
    this.#native.syncVolume(this.#root);
  }

  close(): void {
    for (const mount of [...this.#works.keys()]) this.dropWork(mount);
    this.#chain.close();
    this.#native.closeDirectory(this.#root);
  }
}
