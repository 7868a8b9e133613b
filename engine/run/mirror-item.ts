import type { BytePath } from '../../native/byte-path.ts';
import type { CopyResult, NativeCode } from '../../native/index.ts';
import { ItemFlag, Word } from '../../native/item-record.ts';
import {
  Difference,
  IDENTITY_DIFFERENCES,
  compareRecords,
  isMetadataOnly,
  sameContentHash,
  sameFile,
} from '../plan/compare-records.ts';
import { describeChange, reasonOf } from '../plan/describe-change.ts';
import type { FoundRecord } from '../manifest/file-id-index.ts';
import type { ItemChange } from '../types/protocol.ts';
import { ItemAdopter } from './adopt-item.ts';
import { CHANGE_COUNTER } from './counters.ts';
import type { CurrentItem } from './current-item.ts';
import { reportFailure } from './item-failure.ts';
import { PastFinder, type Past } from './past.ts';
import { ItemPlacer } from './place-item.ts';
import type { Placement } from './placement.ts';
import { ItemRecorder } from './record-item.ts';
import { DifferenceSettler, Unreadable } from './settle-difference.ts';
import type { ThreadContext } from './thread-context.ts';

const OTHER_NAME = 'another name of a file that is mirrored';
/** Decides what happens to an item that is not a directory, and has it done. */
export class ItemMirror {
  readonly #context: ThreadContext;
  readonly #item: CurrentItem;
  readonly #pasts: PastFinder;
  readonly #placer: ItemPlacer;
  readonly #adopter: ItemAdopter;
  readonly #settler: DifferenceSettler;

  constructor(context: ThreadContext, item: CurrentItem) {
    const progress = (): boolean => !context.cancelled;
    this.#context = context;
    this.#item = item;
    this.#pasts = new PastFinder(context, item);
    const recorder = new ItemRecorder(context, item);
    this.#placer = new ItemPlacer(context, item, this.#pasts, recorder, progress);
    this.#adopter = new ItemAdopter(context, item, recorder, progress);
    this.#settler = new DifferenceSettler(context, item, progress);
  }

  /**
   * Mirrors the current item, whose record the scan has just filled.
   * @param matched number of its record in the base's block at hand, or -1
   * @returns whether the record is to be kept
   */
  mirror(matched: number): boolean {
    const past = this.#pasts.byName(matched);
    if (past && this.#isUntouched(past) && this.#placer.tryLink(past)) return true;
    let difference: number = Difference.Type;
    if (past) {
      const settled = this.#difference(past);
      if (settled instanceof Unreadable) return this.fail(matched, settled.code);
      difference = settled;
    }
    if (this.#isAdopted()) {
      const adopted = this.#adopt(past, matched, difference);
      if (adopted !== undefined) return adopted;
    }
    if (!this.#item.hasSeveralNames) return this.#place(past, matched, difference);
    const followed = this.#placer.followOtherName();
    if (followed === 'linked') this.#report(past, difference, 'Linked', OTHER_NAME);
    if (followed === 'linked' || followed === 'stopped') return followed === 'linked';
    let isPlaced = false;
    try {
      isPlaced = this.#place(past, matched, difference);
    } finally {
      this.#placer.offerToOtherNames(isPlaced);
    }
    return isPlaced;
  }

  /**
   * Nothing has happened to the file since the base, not even to its names: the usual case, decided without detours. Names of
   * one file then link to what they are in the base, which is one file, too.
   */
  #isUntouched(past: Past): boolean {
    const { adoption, compareContent } = this.#context.plan.options;
    if (adoption !== undefined || compareContent) return false;
    const { words, at } = this.#item;
    return (
      (past.words[past.at + Word.Flags] & (ItemFlag.Racy | ItemFlag.Stale)) === 0 &&
      words[at + Word.Links] === past.words[past.at + Word.Links] &&
      compareRecords(words, at, past.words, past.at) === Difference.None
    );
  }

  /** The item is on the set's own file system, in a tree that is taken over. */
  #isAdopted(): boolean {
    const { words, at } = this.#item;
    const { adoption } = this.#context.plan.options;
    return adoption !== undefined && adoption.device === words[at + Word.Device];
  }

  /** Its hard links stay what they are, within the tree and between trees. @returns undefined where it has to be copied */
  #adopt(past: Past | undefined, matched: number, difference: number): boolean | undefined {
    const { words, at } = this.#item;
    const isSame = past !== undefined && sameFile(words, at, past.words, past.at);
    const same = isSame ? (difference === Difference.None ? past : undefined) : this.#sameElsewhere();
    const placement = this.#adopter.adopt(same);
    if (placement === undefined) return undefined;
    if (placement.kind !== 'placed') return this.#notPlaced(placement, matched);
    this.#report(this.#pasts.byName(matched), difference, placement.action, 'new');
    return true;
  }

  /** The same file under another name in the base. */
  #sameElsewhere(): Past | undefined {
    const found = this.#find();
    if (!found) return undefined;
    const past = this.#pasts.byRecord(found);
    return this.#settler.settle(past, true) === Difference.None ? past : undefined;
  }

  #place(past: Past | undefined, matched: number, difference: number): boolean {
    if (past && difference === Difference.None) {
      const placement = this.#placer.linkOrCopy(past);
      return placement.kind === 'failed'
        ? this.fail(matched, placement.code, placement.side)
        : placement.kind === 'placed';
    }
    return this.#mirrorMoved(past, matched) ?? this.#mirrorChanged(past, matched, difference);
  }

  /** Reports the item; where the base has it, its last good copy is carried forward. */
  fail(matched: number, code: NativeCode, side: CopyResult['side'] = 'source'): boolean {
    const past = this.#pasts.byName(matched);
    const { path } = this.#item;
    const carried = past !== undefined && this.#placer.carry(past.words, past.at);
    const failed = side === 'source' ? 'could not be read' : 'could not be written';
    const what = carried ? `${failed}; its last copy is carried forward` : failed;
    reportFailure(this.#context, path, code, what, side === 'target' ? 'ItemFailed' : undefined);
    return carried;
  }

  /** Takes over an item of an unreadable directory from the base. */
  carry(words: Uint32Array, from: number): boolean {
    return this.#placer.carry(words, from);
  }

  close(): void {
    this.#pasts.close();
  }

  #difference(past: Past): number | Unreadable {
    const { words, at } = this.#item;
    const seen = compareRecords(words, at, past.words, past.at);
    if ((seen & ~Difference.Touched) !== 0) return seen & ~Difference.Touched;
    return this.#settler.settle(past, (seen & Difference.Touched) !== 0);
  }

  /** @returns undefined when the item is not known under another name */
  #mirrorMoved(byName: Past | undefined, matched: number): boolean | undefined {
    const { words, at, hasSeveralNames } = this.#item;
    const isItself = byName !== undefined && sameFile(words, at, byName.words, byName.at);
    if (isItself && !hasSeveralNames) return undefined;
    const found = this.#find();
    if (!found) return undefined;
    const past = this.#pasts.byRecord(found);
    const settled = this.#differenceOfMoved(past);
    if (settled instanceof Unreadable) return this.fail(matched, settled.code);
    const difference = settled & ~Difference.Partition;
    // The base may have this name as it was before, because it could not be read then, and another name as it is now.
    if (isItself ? difference !== Difference.None : (difference & Difference.Content) !== 0) return undefined;
    const oldPath = this.#pasts.pathOf(found);
    const placement = difference === Difference.None ? this.#placer.linkOrCopy(past) : this.#placer.copy();
    if (placement.kind !== 'placed') return this.#notPlaced(placement, matched);
    if (hasSeveralNames) {
      const visible = byName ? compareRecords(words, at, byName.words, byName.at) : Difference.Type;
      this.#report(byName, visible, placement.action, OTHER_NAME);
    } else {
      this.#context.claimed.push(found.block, found.record);
      const reason = difference === Difference.None ? 'moved' : `moved; ${reasonOf(difference)}`;
      this.#emit('Renamed', placement.action, reason, oldPath);
    }
    return true;
  }

  #find(): FoundRecord | undefined {
    const { words, at } = this.#item;
    const fileIds = this.#context.base?.fileIds;
    return fileIds?.find(words[at + Word.FileId], words[at + Word.FileIdHi], (candidate) => {
      const past = fileIds.reader.words;
      return (
        sameFile(words, at, past, candidate) &&
        (compareRecords(words, at, past, candidate) & IDENTITY_DIFFERENCES) === 0
      );
    });
  }

  #differenceOfMoved(past: Past): number | Unreadable {
    const { words, at } = this.#item;
    const seen = compareRecords(words, at, past.words, past.at) & ~Difference.Touched;
    if (seen !== Difference.None) return seen;
    const settled = this.#settler.settle(past, true);
    const birth = words[at + Word.BirthTime] | words[at + Word.BirthTimeHi];
    // Without birth times a file id may belong to another file by now: only equal content proves the identity.
    return settled === Difference.None && birth === 0 ? this.#settler.settleContent(past) : settled;
  }

  #mirrorChanged(past: Past | undefined, matched: number, difference: number): boolean {
    const placement = this.#placer.copy();
    if (placement.kind !== 'placed') return this.#notPlaced(placement, matched);
    this.#report(past, difference, placement.action, 'new');
    return true;
  }

  #notPlaced(placement: Exclude<Placement, { kind: 'placed' }>, matched: number): boolean {
    return placement.kind === 'failed' && this.fail(matched, placement.code, placement.side);
  }

  #report(past: Past | undefined, difference: number, action: ItemChange['action'], reasonIfNew: string): void {
    if (!past) return this.#emit('Added', action, reasonIfNew);
    const visible = difference & ~Difference.Touched;
    if (visible === Difference.None) return;
    if ((visible & Difference.Type) !== 0) return this.#emit('TypeChanged', action, 'type');
    const metadataOnly = isMetadataOnly(visible, () => this.#hasSameContent(past));
    this.#emit(metadataOnly ? 'MetadataChanged' : 'Modified', action, reasonOf(visible));
  }

  /** The hash taken while copying tells. */
  #hasSameContent(past: Past): boolean {
    const { words, at, isFile } = this.#item;
    if ((past.words[past.at + Word.Flags] & ItemFlag.Hashed) === 0) return false;
    if ((words[at + Word.Flags] & ItemFlag.Hashed) === 0) {
      // A plan copies nothing and has to read the file to say the same as the run would.
      if (this.#context.measuring || !this.#context.plan.options.hash || !isFile) return false;
      return this.#settler.settleContent(past) === Difference.None;
    }
    return sameContentHash(words, at, past.words, past.at);
  }

  #emit(change: ItemChange['change'], action: ItemChange['action'], reason: string, oldPath?: BytePath): void {
    const context = this.#context;
    context.counters[CHANGE_COUNTER[change]]++;
    if (!context.plan.options.reportItems) return;
    const { path, words, at } = this.#item;
    const item = describeChange(change, action, path, words, at, reason, oldPath);
    const losses = words[at + Word.Losses];
    if (losses !== 0) item.fidelityLosses = context.losses.describe(losses);
    context.reports.item(item);
  }
}
