import {
  NativeError,
  type CopyProgress,
  type CopyRequest,
  type CopyResult,
  type Native,
  type NativeCode,
  type PinnedBuffer,
} from '../../native/index.ts';
import type { BytePath } from '../../native/byte-path.ts';
import { FileType, ItemFlag, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { emptyCopyResult } from '../apply/applier.ts';
import { sameContentHash } from '../plan/compare-records.ts';
import { isNear } from '../plan/intact-copy.ts';
import type { Item } from './folder.ts';
import { linkKey } from './link-key.ts';
import type { SourceTree } from './source-tree.ts';
import { pinned, writeName, type WorkFolder } from './work-folder.ts';

/** What came of bringing an item into the work folder. */
export type Staged =
  | { kind: 'Staged'; isVerified: boolean; isDamaged: boolean; losses: number; key: string | undefined }
  | { kind: 'Damaged'; what: string }
  | { kind: 'Failed'; code: NativeCode; side: CopyResult['side'] }
  | { kind: 'Cancelled' };

/** Brings items into the work folder, as copies or, for a further name of a file, as a link to the copy made for the first. */
export class ItemStager {
  /** The item's name in the work folder. */
  readonly name: PinnedBuffer;
  readonly #native: Native;
  readonly #source: SourceTree;
  readonly #granularityNs: number;
  readonly #progress: CopyProgress;
  readonly #key: PinnedBuffer;
  readonly #record = new Uint32Array(RECORD_WORDS);
  readonly #result = emptyCopyResult();

  constructor(native: Native, source: SourceTree, granularityNs: number, progress: CopyProgress) {
    this.#native = native;
    this.#source = source;
    this.#granularityNs = granularityNs;
    this.#progress = progress;
    this.name = native.allocate(1024);
    this.#key = pinned(native, ' '.repeat(100));
  }

  /** On success the item is in the work folder under its own name. */
  stage(item: Item, work: WorkFolder, damaged: 'Refused' | 'Placed'): Staged {
    const { words, at } = item;
    writeName(this.name, item.name);
    const key = linkKey(words, at);
    if (key !== undefined) {
      writeName(this.#key, key);
      if (this.#native.link(work.links, this.#key, 0, work.staged, this.name, 0) === 0)
        return { kind: 'Staged', isVerified: isHashed(words, at), isDamaged: false, losses: 0, key: undefined };
    }
    return this.#copy(item, work, damaged, key);
  }

  /** Further names of the file can be linked to the item that was staged. */
  offer(work: WorkFolder, key: string): void {
    writeName(this.#key, key);
    // If that fails they get copies of their own.
    this.#native.link(work.staged, this.name, 0, work.links, this.#key, 0);
  }

  discard(work: WorkFolder): void {
    this.#native.removeFile(work.staged, this.name, 0);
  }

  #copy(item: Item, work: WorkFolder, damaged: 'Refused' | 'Placed', key: string | undefined): Staged {
    const { words, at } = item;
    const record = this.#record;
    const result = this.#result;
    record.set(words.subarray(at, at + RECORD_WORDS));
    record[Word.Losses] = 0;
    record[Word.Flags] &= ~ItemFlag.Hashed;
    try {
      const source = this.#source.directory(folderOf(item.path));
      const request: CopyRequest = {
        source,
        names: this.name,
        name: 0,
        target: work.staged,
        temporary: work.temporary,
        record,
        at: 0,
        hash: true,
      };
      this.#native.copy(request, this.#progress, result);
    } catch (error) {
      if (!(error instanceof NativeError)) throw error;
      result.code = error.native.code;
      result.side = 'source';
      result.cancelled = false;
      result.typeChanged = false;
    }
    if (result.cancelled) return { kind: 'Cancelled' };
    if (result.typeChanged) return { kind: 'Damaged', what: 'is of another type' };
    if (result.code !== 0) {
      if (result.side === 'source' && this.#native.isMissing(result.code))
        return { kind: 'Damaged', what: 'is missing' };
      return { kind: 'Failed', code: result.code, side: result.side };
    }
    const what = this.#damage(words, at);
    if (what !== undefined && damaged === 'Refused') {
      this.discard(work);
      return { kind: 'Damaged', what };
    }
    const isVerified = what === undefined && isHashed(words, at);
    return { kind: 'Staged', isVerified, isDamaged: what !== undefined, losses: record[Word.Losses], key };
  }

  /** In what the copy in the generation differs from what was backed up. */
  #damage(words: Uint32Array, at: number): string | undefined {
    const record = this.#record;
    if (isHashed(words, at)) {
      if (sameContentHash(record, 0, words, at)) return undefined;
      return 'has other content than was backed up: its SHA-256 differs';
    }
    if ((words[at + Word.Mode] & FileType.Mask) !== FileType.File) return undefined;
    if (record[Word.Size] !== words[at + Word.Size] || record[Word.SizeHi] !== words[at + Word.SizeHi])
      return 'has another size than was backed up';
    return isNear(record, words, at, this.#granularityNs) ? undefined : 'was written to after it was backed up';
  }
}

function isHashed(words: Uint32Array, at: number): boolean {
  return (words[at + Word.Flags] & ItemFlag.Hashed) !== 0;
}

function folderOf(path: BytePath): BytePath {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
