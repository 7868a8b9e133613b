import { NativeError, type CopyProgress, type Directory, type NativeCode } from '../../native/index.ts';
import { textFromByte } from '../../native/byte-path.ts';
import { ItemFlag, ItemOrigin, NO_BLOCK, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { noteSilentLosses } from '../fidelity/silent-losses.ts';
import { writeAllocation } from '../manifest/allocation.ts';
import { inheritDigest } from '../plan/compare-records.ts';
import { Counter } from './counters.ts';
import type { CurrentItem } from './current-item.ts';
import type { Past, PastFinder } from './past.ts';
import { COPIED, LINKED, STOPPED, type Placement } from './placement.ts';
import type { ItemRecorder } from './record-item.ts';
import type { ThreadContext } from './thread-context.ts';

/** Puts the current item into the generation: by a link, by a copy, or by carrying the base's item forward. */
export class ItemPlacer {
  readonly #context: ThreadContext;
  readonly #item: CurrentItem;
  readonly #pasts: PastFinder;
  readonly #recorder: ItemRecorder;
  readonly #progress: CopyProgress;
  /** The record as the scan saw it; a failed copy may have overwritten it. */
  readonly #scanned = new Uint32Array(RECORD_WORDS);
  readonly #found = new Uint32Array(RECORD_WORDS);
  /** The item is the first name of a file with several, and other threads may be waiting for it. */
  #leads = false;

  constructor(
    context: ThreadContext,
    item: CurrentItem,
    pasts: PastFinder,
    recorder: ItemRecorder,
    progress: CopyProgress,
  ) {
    this.#context = context;
    this.#item = item;
    this.#pasts = pasts;
    this.#recorder = recorder;
    this.#progress = progress;
  }

  /**
   * Links an item that has not changed to its copy in the base where nothing speaks against it.
   * @returns false where nothing was done and {@link linkOrCopy} has to decide
   */
  tryLink(past: Past): boolean {
    const { applier, native } = this.#context;
    const { words, at, hasSeveralNames } = this.#item;
    // Names of one file must go the same way: where one might need a fresh copy, all meet in the pool.
    if (hasSeveralNames && !applier.writes) return false;
    if (this.#pasts.check(past) !== 'intact') return false;
    if (hasSeveralNames && !this.#pasts.hasRoomFor(words[at + Word.Links])) return false;
    if (!native.isLinkable(words, at) || this.#linkChecked(past) !== 0) return false;
    inheritDigest(words, at, past.words, past.at);
    return true;
  }

  /** Links to the copy in the base; copies afresh when that is damaged, has too many names or refuses. */
  linkOrCopy(past: Past): Placement {
    const state = this.#link(past);
    if (state === 'linked') return LINKED;
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
        this.#recorder.noteAllocation();
        this.#recorder.copied();
        return COPIED;
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
    if (this.#recorder.noteAllocation()) noteSilentLosses(context.native, this.#recorder.found, words, at);
    if (context.applier.writes) words[at + Word.Losses] = context.losses.mark(words[at + Word.Losses]);
    if (result.torn) this.#recorder.reportTorn();
    this.#recorder.copied();
    return COPIED;
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
    this.#recorder.linked();
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
      this.#recorder.noteAllocation();
      origin = ItemOrigin.Copied;
    }
    context.counters[Counter.stale]++;
    if (origin === ItemOrigin.Linked) this.#recorder.countLinked();
    else this.#recorder.count();
    const moved = this.#item.visit.isMoved ? ItemFlag.Moved : 0;
    record[at + Word.Flags] =
      (record[at + Word.Flags] & ~(ItemFlag.OriginMask | ItemFlag.Moved)) | origin | ItemFlag.Stale | moved;
    record[at + Word.Child] = NO_BLOCK;
    record[at + Word.Losses] = context.losses.adopt(0, record[at + Word.Losses]);
    this.#recorder.reportLosses();
    return true;
  }

  #link(past: Past): 'linked' | 'damaged' | 'refused' {
    const context = this.#context;
    const { words, at } = this.#item;
    const state = this.#pasts.check(past);
    if (state === 'linkLimit') context.counters[Counter.rebasedFiles]++;
    if (state === 'damaged') {
      this.#warnDamaged();
      return 'damaged';
    }
    if (state !== 'intact' || !context.native.isLinkable(words, at)) return 'refused';
    const code = this.#linkChecked(past);
    if (code === 0) return 'linked';
    if (context.native.isFull(code)) context.startMeasuring(0);
    else context.counters[Counter.linkFallbacks]++;
    return 'refused';
  }

  /** Right after the copy was looked at: what it takes on disk is known from that. */
  #linkChecked(past: Past): NativeCode {
    const { applier, native } = this.#context;
    const { words, at, names, name, visit } = this.#item;
    const allocated = native.allocatedBytes();
    const code = applier.link(past.directory(), past.names, past.name, names, name);
    if (code !== 0) return code;
    this.#recorder.inherit(past);
    if (applier.writes) writeAllocation(words, at, allocated);
    this.#recorder.linked();
    if (past.isMoved || visit.isMoved) words[at + Word.Flags] |= ItemFlag.Moved;
    return 0;
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

  /** Where nothing is written there is no pool: the plan runs on one thread and remembers the files it met. */
  #meetAgain(): boolean {
    const { words, at } = this.#item;
    const key = `${words[at + Word.Device]}-${words[at + Word.FileIdHi]}-${words[at + Word.FileId]}`;
    if (this.#context.met.has(key)) return true;
    this.#context.met.add(key);
    return false;
  }

  #warnDamaged(): void {
    const path = textFromByte(this.#item.path);
    this.#context.reports.warning({
      id: 'BaseCopyDamaged',
      message: `The copy of '${path}' in the previous generation is missing, was changed or is damaged; it is copied afresh.`,
      path,
    });
  }
}
