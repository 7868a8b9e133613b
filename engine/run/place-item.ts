import {
  NativeError,
  type CopyProgress,
  type CopyResult,
  type Directory,
  type NativeCode,
} from '../../native/index.ts';
import { textFromByte } from '../../native/byte-path.ts';
import { ItemFlag, ItemOrigin, NO_BLOCK, RECORD_WORDS, Word, readSeconds } from '../../native/item-record.ts';
import { noteSilentLosses } from '../fidelity/silent-losses.ts';
import { writeAllocation } from '../manifest/allocation.ts';
import { IDENTITY_DIFFERENCES, compareRecords, sameFile } from '../plan/compare-records.ts';
import type { ItemChange } from '../types/protocol.ts';
import { Counter } from './counters.ts';
import type { CurrentItem } from './current-item.ts';
import { reportFailure } from './item-failure.ts';
import type { Past, PastFinder } from './past.ts';
import type { ThreadContext } from './thread-context.ts';

/** An item written this close to its scan may change once more without its times telling. */
const RACY_SECONDS = 2;

/** What became of an item that was to be placed. */
export type Placement =
  | { kind: 'placed'; action: ItemChange['action'] }
  /** It cannot be read (or not created); the code says why. */
  | { kind: 'failed'; code: NativeCode; side: CopyResult['side'] }
  /** The run is being cancelled, or the destination is full. */
  | { kind: 'stopped' };

const LINKED: Placement = { kind: 'placed', action: 'Linked' };
const COPIED: Placement = { kind: 'placed', action: 'Copied' };
const STOPPED: Placement = { kind: 'stopped' };

/** Puts the current item into the generation: by a link, by a copy, or by carrying the base's item forward. */
export class ItemPlacer {
  readonly #context: ThreadContext;
  readonly #item: CurrentItem;
  readonly #pasts: PastFinder;
  readonly #progress: CopyProgress;
  /** The record as the scan saw it; a failed copy may have overwritten it. */
  readonly #scanned = new Uint32Array(RECORD_WORDS);
  readonly #found = new Uint32Array(RECORD_WORDS);
  /** The item is the first name of a file with several, and other threads may be waiting for it. */
  #leads = false;

  constructor(context: ThreadContext, item: CurrentItem, pasts: PastFinder, progress: CopyProgress) {
    this.#context = context;
    this.#item = item;
    this.#pasts = pasts;
    this.#progress = progress;
  }

  /** Links to the copy in the base; copies afresh when that is damaged, has too many names or refuses. */
  linkOrCopy(past: Past, from: 'SameName' | 'OtherName' = 'SameName'): Placement {
    const state = this.#link(past);
    if (state === 'linked') {
      const { words, at } = this.#item;
      if (from === 'OtherName') words[at + Word.Flags] |= ItemFlag.Moved;
      return LINKED;
    }
    // An interrupted run may have linked to the damaged copy: then the source alone is good.
    return state === 'damaged' ? this.#copyFrom('Source') : this.copy();
  }

  /** Brings the content here: from an interrupted run if that has it, else from the source. */
  copy(): Placement {
    return this.#copyFrom('Anywhere');
  }

  #copyFrom(origin: 'Anywhere' | 'Source'): Placement {
    const context = this.#context;
    const { words, at, size } = this.#item;
    if (context.measuring) context.counters[Counter.missingBytes] += this.#bytesOnDisk();
    if (context.applier.writes) {
      if (origin === 'Anywhere' && this.#reuse()) {
        this.#noteAllocation();
        return this.#finish(ItemOrigin.Copied, COPIED);
      }
      if (size > context.control.freeBytes && this.#bytesOnDisk() > context.control.freeBytes) {
        context.startMeasuring(this.#bytesOnDisk());
        return STOPPED;
      }
    }
    this.#scanned.set(words.subarray(at, at + RECORD_WORDS));
    const { source, names, name, isFile } = this.#item;
    const result = context.applier.copy(source, names, name, words, at, this.#progress);
    if (result.cancelled) return STOPPED;
    if (result.typeChanged || result.code !== 0) {
      words.set(this.#scanned, at);
      if (result.side === 'target' && context.native.isFull(result.code)) {
        context.startMeasuring(this.#bytesOnDisk());
        return STOPPED;
      }
      return { kind: 'failed', code: result.code, side: result.side };
    }
    if (isFile) {
      context.counters[Counter.copiedFiles]++;
      context.counters[Counter.copiedBytes] += this.#item.size;
    }
    if (this.#noteAllocation()) noteSilentLosses(context.native, this.#found, words, at);
    if (context.applier.writes) words[at + Word.Losses] = context.losses.mark(words[at + Word.Losses]);
    if (result.torn) this.#reportTorn();
    return this.#finish(ItemOrigin.Copied, COPIED);
  }

  /**
   * Gives the item itself another name in the generation. Its metadata and content are read for its record, unless the base
   * has it: then by the same file.
   * @param past the same file in the base
   * @returns undefined where it has to be copied
   */
  adopt(past: Past | undefined): Placement | undefined {
    const context = this.#context;
    const { native, applier } = context;
    const { source, names, name, words, at } = this.#item;
    words[at + Word.Introduced] = context.plan.introduced;
    if (!native.isLinkable(words, at)) return undefined;
    if (past) this.#inherit(past);
    else if (applier.writes) {
      const code = native.digestMetadata(source, names, name, words, at) || this.#hash();
      if (code !== 0) return { kind: 'failed', code, side: 'source' };
      if (context.cancelled) return STOPPED;
    }
    const code = applier.link(source, names, name, names, name);
    if (code !== 0) {
      if (native.isFull(code)) context.startMeasuring(0);
      else context.counters[Counter.linkFallbacks]++;
      return undefined;
    }
    if (!this.#isPlacedAsScanned()) this.#reportTorn();
    this.#noteAllocation();
    this.#countLinked();
    this.#setOrigin(ItemOrigin.Linked);
    return LINKED;
  }

  #hash(): NativeCode {
    const { native, plan } = this.#context;
    const { source, names, name, words, at, isFile } = this.#item;
    if ((words[at + Word.Flags] & ItemFlag.Hashed) !== 0 || (isFile && !plan.options.hash)) return 0;
    return native.hashContent(source, names, name, words, at, this.#progress);
  }

  /** Whether the item is still what the scan saw, under its new name: it is of no use to take over what is being written. */
  #isPlacedAsScanned(): boolean {
    const { native, staging, applier } = this.#context;
    if (!staging || !applier.writes) return true;
    const { words, at, names, name } = this.#item;
    const found = this.#found;
    if (native.stat(staging.directory, names, name, found, 0) !== 0) return false;
    return (compareRecords(words, at, found, 0) & IDENTITY_DIFFERENCES) === 0 && sameFile(words, at, found, 0);
  }

  /**
   * A file with several names: links this one to where the first went.
   * @returns `first` when this is the first: place it, then call {@link offerToOtherNames}
   */
  followOtherName(): 'linked' | 'first' | 'alone' | 'stopped' {
    const context = this.#context;
    const { words, at, names, name } = this.#item;
    this.#leads = false;
    if (context.pool && context.staging && context.applier.writes) {
      const stopped = (): boolean => context.cancelled || context.measuring;
      const followed = context.pool.follow(words, at, context.staging.directory, names, name, stopped);
      this.#leads = followed === 'first';
      if (followed === 'first' || followed === 'stopped') return followed;
      if (followed !== 0) {
        context.counters[Counter.linkFallbacks]++;
        return 'alone';
      }
    } else if (!this.#meetAgain()) return 'alone';
    this.#countLinked();
    this.#setOrigin(ItemOrigin.Linked);
    return 'linked';
  }

  /** Ends what {@link followOtherName} began as the first name. */
  offerToOtherNames(isPlaced: boolean): void {
    const { pool, staging, applier } = this.#context;
    if (!this.#leads || !pool) return;
    this.#leads = false;
    const { words, at, names, name } = this.#item;
    const isStale = (words[at + Word.Flags] & ItemFlag.Stale) !== 0;
    if (isPlaced && !isStale && staging && applier.writes) pool.lead(words, at, staging.directory, names, name);
    else pool.abandon();
  }

  /**
   * Takes an item that cannot be read over from the base.
   * @param words the base's record of it, at word offset `from`
   */
  carry(words: Uint32Array, from: number): boolean {
    const context = this.#context;
    const { names, name, at } = this.#item;
    const record = this.#item.words;
    record.set(words.subarray(from, from + RECORD_WORDS), at);
    let directory: Directory;
    try {
      directory = this.#item.visit.base();
    } catch (error) {
      if (error instanceof NativeError) return false;
      throw error;
    }
    let origin: number = ItemOrigin.Linked;
    const isLinkable = context.native.isLinkable(record, at);
    if (!isLinkable || context.applier.link(directory, names, name, names, name) !== 0) {
      if (isLinkable) context.counters[Counter.linkFallbacks]++;
      if (context.applier.copy(directory, names, name, record, at, this.#progress).code !== 0) return false;
      record.set(words.subarray(from, from + RECORD_WORDS), at);
      record[at + Word.Introduced] = context.plan.introduced;
      this.#noteAllocation();
      origin = ItemOrigin.Copied;
    }
    context.counters[Counter.stale]++;
    if (origin === ItemOrigin.Linked) this.#countLinked();
    else this.#count();
    record[at + Word.Flags] =
      (record[at + Word.Flags] & ~(ItemFlag.OriginMask | ItemFlag.Moved)) | origin | ItemFlag.Stale;
    record[at + Word.Child] = NO_BLOCK;
    record[at + Word.Losses] = context.losses.adopt(0, record[at + Word.Losses]);
    this.#reportLosses();
    return true;
  }

  #link(past: Past): 'linked' | 'damaged' | 'refused' {
    const context = this.#context;
    const { words, at, names, name } = this.#item;
    const state = this.#pasts.check(past);
    if (state === 'linkLimit') context.counters[Counter.rebasedFiles]++;
    if (state === 'damaged') {
      this.#warnDamaged();
      return 'damaged';
    }
    if (state !== 'intact' || !context.native.isLinkable(words, at)) return 'refused';
    const allocated = context.native.allocatedBytes();
    const code = context.applier.link(past.directory(), past.names, past.name, names, name);
    if (code !== 0) {
      if (context.native.isFull(code)) context.startMeasuring(0);
      else context.counters[Counter.linkFallbacks]++;
      return 'refused';
    }
    this.#inherit(past);
    if (context.applier.writes) writeAllocation(words, at, allocated);
    this.#countLinked();
    this.#setOrigin(ItemOrigin.Linked);
    return 'linked';
  }

  /** What is known of the copy that the item is from now on another name of. */
  #inherit(past: Past): void {
    const { words, at } = this.#item;
    // A base made without hashes may have been compared by content just now: then that hash stays.
    if ((past.words[past.at + Word.Flags] & ItemFlag.Hashed) !== 0) {
      for (let i = Word.ContentHash; i < Word.ContentHash + 8; i++) words[at + i] = past.words[past.at + i];
      words[at + Word.Flags] |= ItemFlag.Hashed;
    }
    words[at + Word.Losses] = this.#context.losses.adopt(words[at + Word.Losses], past.words[past.at + Word.Losses]);
    words[at + Word.Introduced] = past.words[past.at + Word.Introduced];
  }

  /** Notes what the copy that was just made takes on disk. @returns whether it could be looked at */
  #noteAllocation(): boolean {
    const { native, staging, applier } = this.#context;
    if (!staging || !applier.writes) return false;
    const { words, at, names, name } = this.#item;
    if (native.stat(staging.directory, names, name, this.#found, 0) !== 0) return false;
    writeAllocation(words, at, native.allocatedBytes());
    return true;
  }

  /** What the copy will take: of a sparse file only its data. */
  #bytesOnDisk(): number {
    const { native } = this.#context;
    const { source, names, name, size } = this.#item;
    const code = native.stat(source, names, name, this.#found, 0);
    return code === 0 ? Math.min(size, native.allocatedBytes()) : size;
  }

  #reuse(): boolean {
    const context = this.#context;
    if (!context.resume) return false;
    const { source, names, name, words, at } = this.#item;
    const staged = context.resume.find(source, names, name, words, at, context.plan.options.hash, this.#progress);
    if (!staged || context.applier.link(staged, names, name, names, name) !== 0) return false;
    context.counters[Counter.reusedFiles]++;
    return true;
  }

  #finish(origin: number, placement: Placement): Placement {
    this.#count();
    this.#setOrigin(origin);
    return placement;
  }

  /** Where nothing is written there is no pool: the plan runs on one thread and remembers the files it met. */
  #meetAgain(): boolean {
    const { words, at } = this.#item;
    const key = `${words[at + Word.Device]}-${words[at + Word.FileIdHi]}-${words[at + Word.FileId]}`;
    if (this.#context.met.has(key)) return true;
    this.#context.met.add(key);
    return false;
  }

  #setOrigin(origin: number): void {
    const { words, at, visit } = this.#item;
    if (origin === ItemOrigin.Copied) words[at + Word.Introduced] = this.#context.plan.introduced;
    const touched = Math.max(readSeconds(words, at + Word.WriteTime), readSeconds(words, at + Word.ChangeTime));
    // The file that another program has backed up is not known: the next run compares its content.
    const isUnknown = this.#context.plan.options.adoption !== undefined;
    const racy = isUnknown || touched >= visit.scannedAt - RACY_SECONDS ? ItemFlag.Racy : 0;
    words[at + Word.Flags] = (words[at + Word.Flags] & ~(ItemFlag.OriginMask | ItemFlag.Racy)) | origin | racy;
    this.#reportLosses();
  }

  #reportLosses(): void {
    const { words, at } = this.#item;
    // The path is made only for those who need it.
    if (words[at + Word.Losses] !== 0) this.#context.reportLosses(this.#item.path, words[at + Word.Losses]);
  }

  #countLinked(): void {
    if (this.#item.isFile) this.#context.counters[Counter.linkedFiles]++;
    this.#count();
  }

  #count(): void {
    const { counters } = this.#context;
    if (this.#item.isFile) {
      counters[Counter.files]++;
      counters[Counter.bytes] += this.#item.size;
    } else counters[Counter.otherItems]++;
  }

  #warnDamaged(): void {
    const path = textFromByte(this.#item.path);
    this.#context.reports.warning({
      id: 'BaseCopyDamaged',
      message: `The copy of '${path}' in the previous generation is missing, was changed or is damaged; it is copied afresh.`,
      path,
    });
  }

  #reportTorn(): void {
    const what = 'kept changing while it was read; the copy may mix its states';
    reportFailure(this.#context, this.#item.path, 0, what, 'ItemChangedWhileRead');
  }
}
