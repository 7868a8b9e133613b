import { NativeError, type Directory, type PinnedBuffer } from '../../native/index.ts';
import { joinByte, type BytePath } from '../../native/byte-path.ts';
import { RECORD_WORDS, Word } from '../../native/item-record.ts';
import type { FoundRecord } from '../manifest/file-id-index.ts';
import { isIntact } from '../plan/intact-copy.ts';
import { isRebaseDue, isRebaseNear } from '../plan/link-limit.ts';
import { changedMetadata } from '../plan/visible-metadata.ts';
import type { CurrentItem } from './current-item.ts';
import type { BaseContext, ThreadContext } from './thread-context.ts';

/** An item as the base has it: its record, and how to reach its copy. */
export interface Past {
  words: Uint32Array;
  at: number;
  /** @throws NativeError when the directory of the copy is gone */
  directory(): Directory;
  names: PinnedBuffer;
  name: number;
  /** It was found under another name. */
  isMoved: boolean;
}

export type PastState = 'intact' | 'damaged' | 'linkLimit';

/** Finds what the base knows of an item. The objects it returns are reused by the next call. */
export class PastFinder {
  readonly #context: ThreadContext;
  readonly #item: CurrentItem;
  readonly #byName: Past;
  readonly #byId: Past;
  readonly #found = new Uint32Array(RECORD_WORDS);
  #folder: { path: BytePath; directory: Directory } | undefined;
  #folderWanted: BytePath = '';

  constructor(context: ThreadContext, item: CurrentItem) {
    this.#context = context;
    this.#item = item;
    const names = context.native.allocate(1024);
    const nothing = new Uint32Array(0);
    this.#byName = { words: nothing, at: 0, directory: () => item.visit.base(), names, name: 0, isMoved: false };
    this.#byId = { words: nothing, at: 0, directory: () => this.#openFolder(), names, name: 0, isMoved: true };
  }

  /** @param matched number of the record in the base's block at hand, or -1 */
  byName(matched: number): Past | undefined {
    if (matched < 0) return undefined;
    const { block } = this.#requiredBase().cursor;
    const past = this.#byName;
    past.words = block.words;
    past.at = block.at(matched);
    past.names = this.#item.names;
    past.name = this.#item.name;
    return past;
  }

  byRecord(found: FoundRecord): Past {
    const { reader } = this.#requiredBase().fileIds;
    const past = this.#byId;
    const from = reader.nameAt(found.record);
    reader.bytes.copy(past.names.bytes, 0, from, reader.bytes.indexOf(0, from) + 1);
    past.words = reader.words;
    past.at = reader.at(found.record);
    this.#folderWanted = this.#requiredBase().paths.of(found.block);
    return past;
  }

  pathOf(found: FoundRecord): BytePath {
    return joinByte(this.#requiredBase().paths.of(found.block), this.#requiredBase().fileIds.reader.name(found.record));
  }

  /** The copy must still have the size, write time, owner and mode it was given, and room for one more name. */
  check(past: Past): PastState {
    const { native, plan } = this.#context;
    const damaged = plan.base?.damaged;
    if (damaged !== undefined && damaged.has(this.#copyOf(past))) return 'damaged';
    const found = this.#found;
    let code: number;
    try {
      code = native.glance(past.directory(), past.names, past.name, found, 0);
    } catch (error) {
      if (!(error instanceof NativeError)) throw error;
      code = error.native.code;
    }
    const { words, at } = past;
    const { timeGranularityNs, keptMetadata, maxLinks } = plan.options;
    if (code !== 0 || !isIntact(found, words, at, timeGranularityNs)) return 'damaged';
    const kept = keptMetadata & ~words[at + Word.Losses];
    if (changedMetadata(native, found, words, at, kept) !== 0) return 'damaged';
    return isRebaseDue(found, maxLinks) ? 'linkLimit' : 'intact';
  }

  /** Whether the copy that {@link check} found may get as many names and none of them is one too many. */
  hasRoomFor(names: number): boolean {
    return !isRebaseNear(this.#found, names, this.#context.plan.options.maxLinks);
  }

  close(): void {
    if (this.#folder) this.#context.native.closeDirectory(this.#folder.directory);
    this.#folder = undefined;
  }

  /** Path of the copy below the base. */
  #copyOf({ names, name, isMoved }: Past): BytePath {
    const { bytes } = names;
    const folder = isMoved ? this.#folderWanted : this.#item.visit.basePath;
    return joinByte(folder, bytes.latin1Slice(name, bytes.indexOf(0, name)));
  }

  /** Moved files come in runs from one folder: the last one stays open. */
  #openFolder(): Directory {
    const path = this.#folderWanted;
    if (this.#folder?.path !== path) {
      this.close();
      const directory = this.#context.native.openDirectory(this.#requiredBase().root, path, 'reference');
      this.#folder = { path, directory };
    }
    return this.#folder.directory;
  }

  #requiredBase(): BaseContext {
    const { base } = this.#context;
    if (!base) throw new Error('There is no base.');
    return base;
  }
}
