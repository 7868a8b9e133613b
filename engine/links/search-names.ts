import { setImmediate as nextTurn } from 'node:timers/promises';
import { byteFromText, joinByte, textFromByte, type BytePath } from '../../native/byte-path.ts';
import { NativeError, type Directory, type Native } from '../../native/index.ts';
import { paths } from '../../native/paths.ts';
import { FileType, ItemFlag, RECORD_WORDS, Word } from '../../native/item-record.ts';
import type { EngineError } from '../errors/engine-error.ts';
import type { ProgressUpdate } from '../types/progress-update.ts';
import type { HardLink, WarningEntry } from '../types/protocol.ts';
import { describeHardLink } from './describe-hard-link.ts';
import type { LocatedFile } from './locate-file.ts';

/** Who is told about a search while it goes on. */
export interface SearchListener {
  hardLink(link: HardLink): void;
  itemError(error: EngineError): void;
  warning(warning: WarningEntry): void;
  progress(update: ProgressUpdate): void;
  needDrain(): boolean;
  drained(): Promise<void>;
}

/** A file whose names are searched for. */
interface Wanted {
  /** The paths by which it was asked for. */
  files: LocatedFile[];
  record: Uint32Array;
  names: Set<string>;
  sent: boolean;
}

const ITEMS_PER_TURN = 4096;

/** Looks for the names of several files in one pass, not leaving the file systems of the folders it begins with. */
export class NameSearch {
  readonly #native: Native;
  readonly #listener: SearchListener;
  readonly #signal: AbortSignal;
  /** By the low word of the file id: a number needs no memory of its own to look up. */
  readonly #wanted = new Map<number, Wanted[]>();
  readonly #record = new Uint32Array(RECORD_WORDS);
  readonly #unreadable: { count: number; first?: string } = { count: 0 };
  #open = 0;
  /** Items looked at. */
  items = 0;

  constructor(native: Native, files: readonly LocatedFile[], listener: SearchListener, signal: AbortSignal) {
    this.#native = native;
    this.#listener = listener;
    this.#signal = signal;
    for (const file of files) this.#add(file);
  }

  /**
   * @param roots absolute paths, none inside another
   * @throws the signal's reason when it is aborted
   */
  async run(roots: readonly string[]): Promise<void> {
    this.#sendAll(isComplete);
    for (const root of roots) if (this.#open > 0) await this.#searchRoot(root);
    this.#sendAll(() => true);
    this.#listener.progress({ phase: 'Scanning', items: this.items, bytes: 0 });
    const { count, first } = this.#unreadable;
    if (count > 0 && first !== undefined)
      this.#listener.warning({
        id: 'FoldersNotSearched',
        message: `Names may be missing: ${count} folders could not be searched, the first of them '${first}'.`,
        path: first,
      });
  }

  #add(file: LocatedFile): void {
    const key = file.record[Word.FileId];
    const others = this.#wanted.get(key) ?? [];
    this.#wanted.set(key, others);
    let wanted = others.find(({ record }) => isSame(record, file.record));
    if (!wanted) {
      wanted = { files: [], record: file.record, names: new Set(), sent: false };
      others.push(wanted);
      this.#open++;
    }
    wanted.files.push(file);
    wanted.names.add(file.realPath);
  }

  async #searchRoot(root: string): Promise<void> {
    const native = this.#native;
    const top = native.openRoot(byteFromText(root), 'reference');
    try {
      const code = native.statDirectory(top, this.#record, 0);
      if (code !== 0) throw new NativeError('stat', native.describeError(code), byteFromText(root));
      const device = this.#record[Word.Device];
      const listing = native.createListing();
      const waiting: BytePath[] = [''];
      for (let path = waiting.pop(); path !== undefined && this.#open > 0; path = waiting.pop()) {
        const directory = this.#openFolder(top, path, root);
        if (!directory) continue;
        try {
          const folder = path === '' ? root : paths.join(root, textFromByte(path));
          if (native.list(directory, listing) !== 0) this.#countUnreadable(folder);
          for (let i = 0; i < listing.count && this.#open > 0; i++) {
            if (++this.items % ITEMS_PER_TURN === 0) await this.#turn(folder);
            const name = listing.offsets[i];
            // What vanished meanwhile has no name to find.
            if (native.stat(directory, listing.names, name, this.#record, 0) !== 0) continue;
            const text = (): BytePath => listing.names.bytes.latin1Slice(name, name + listing.lengths[i]);
            if (this.#isFolderToSearch(device)) waiting.push(joinByte(path, text()));
            else this.#meet(folder, text);
          }
        } finally {
          native.closeDirectory(directory);
        }
      }
    } finally {
      native.closeDirectory(top);
    }
  }

  #openFolder(top: Directory, path: BytePath, root: string): Directory | undefined {
    try {
      return this.#native.openDirectory(top, path, 'list');
    } catch (error) {
      if (!(error instanceof NativeError)) throw error;
      if (!this.#native.isMissing(error.native.code)) this.#countUnreadable(paths.join(root, textFromByte(path)));
      return undefined;
    }
  }

  #countUnreadable(folder: string): void {
    this.#unreadable.count++;
    this.#unreadable.first ??= folder;
  }

  /** Not one of another file system, nor one that shows a part of this one a second time. */
  #isFolderToSearch(device: number): boolean {
    const record = this.#record;
    if ((record[Word.Mode] & FileType.Mask) !== FileType.Directory) return false;
    return record[Word.Device] === device && (record[Word.Flags] & ItemFlag.MountRoot) === 0;
  }

  #meet(folder: string, name: () => BytePath): void {
    const record = this.#record;
    if (record[Word.Links] === 1) return;
    const candidates = this.#wanted.get(record[Word.FileId]);
    if (!candidates) return;
    for (const wanted of candidates) {
      if (wanted.sent || !isSame(record, wanted.record)) continue;
      wanted.names.add(paths.join(folder, textFromByte(name())));
      if (isComplete(wanted)) this.#send(wanted);
    }
  }

  #sendAll(which: (wanted: Wanted) => boolean): void {
    for (const wanted of this.#wanted.values()) for (const one of wanted) if (!one.sent && which(one)) this.#send(one);
  }

  #send(wanted: Wanted): void {
    wanted.sent = true;
    this.#open--;
    for (const file of wanted.files)
      this.#listener.hardLink(describeHardLink(this.#native, file, [...wanted.names].sort()));
  }

  async #turn(folder: string): Promise<void> {
    this.#listener.progress({ phase: 'Scanning', items: this.items, bytes: 0, path: folder });
    await nextTurn();
    if (this.#signal.aborted) throw this.#signal.reason;
    if (this.#listener.needDrain()) await this.#listener.drained();
  }
}

function isComplete({ names, record }: Wanted): boolean {
  return names.size >= record[Word.Links];
}

function isSame(a: Uint32Array, b: Uint32Array): boolean {
  const words = [Word.FileId, Word.FileIdHi, Word.Device];
  return words.every((word) => a[word] === b[word]);
}
