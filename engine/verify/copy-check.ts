import { textFromByte, type BytePath } from '../../native/byte-path.ts';
import type { Directory, Native, NativeCode, PinnedBuffer } from '../../native/index.ts';
import { FidelityLoss, FileType, ItemFlag, Word, readUnsigned64 } from '../../native/item-record.ts';
import { copyKey } from '../damage/copy-key.ts';
import { sameContentHash } from '../plan/compare-records.ts';
import { isIntact } from '../plan/intact-copy.ts';
import { changedMetadata } from '../plan/visible-metadata.ts';
import { CheckedCopies, Verdict } from './checked-copies.ts';
import { describeCopy, describeHash, describeMetadata } from './describe-copy.ts';
import { isInSample } from './sample.ts';
import { VerifyCount, type Finding, type VerifyPlan } from './verify-plan.ts';

/** Longer than any write time can be off. */
const ANY_TIME = Infinity;

/** Where an entry of the generation is, and what was recorded of it. */
export interface Entry {
  directory: Directory;
  names: PinnedBuffer;
  name: number;
  path: BytePath;
  /** The manifest's record. */
  words: Uint32Array;
  at: number;
  /** What was found. */
  found: Uint32Array;
}

/** Compares copies with their records, and reads those whose turn it is. */
export class CopyCheck {
  readonly #native: Native;
  readonly #plan: VerifyPlan;
  readonly #copies: CheckedCopies;
  readonly #counts: Float64Array;
  readonly #report: (finding: Finding) => void;
  readonly #isStopped: () => boolean;

  constructor(
    native: Native,
    plan: VerifyPlan,
    counts: Float64Array,
    report: (finding: Finding) => void,
    isStopped: () => boolean,
  ) {
    this.#native = native;
    this.#plan = plan;
    this.#copies = new CheckedCopies(plan.copies);
    this.#counts = counts;
    this.#report = report;
    this.#isStopped = isStopped;
  }

  /** An item that is not a directory, neither by its record nor by what was found. */
  check(entry: Entry): void {
    const { found, words, at } = entry;
    const slot = this.#copies.meet(found[Word.FileIdHi], found[Word.FileId], found[Word.Device]);
    const granularity =
      (words[at + Word.Losses] & FidelityLoss.Times) !== 0 ? ANY_TIME : this.#plan.manifest.summary.timeGranularityNs;
    if (!isIntact(found, words, at, granularity)) return this.altered(entry);
    const changed = changedMetadata(this.#native, found, words, at, this.#plan.kept & ~words[at + Word.Losses]);
    if (changed !== 0) this.metadataChanged(entry, changed);
    if (this.#plan.content && (words[at + Word.Flags] & ItemFlag.Hashed) !== 0) this.#checkContent(entry, slot);
  }

  altered(entry: Entry): void {
    const { words, at, found } = entry;
    this.#tell('Altered', entry, describeCopy(words, at), describeCopy(found, 0));
  }

  /** @param changed bits of {@link FidelityLoss} */
  metadataChanged(entry: Entry, changed: number): void {
    const { words, at, found } = entry;
    const expected = describeMetadata(words, at, changed);
    this.#tell('MetadataChanged', entry, expected, describeMetadata(found, 0, changed));
  }

  #checkContent(entry: Entry, slot: number | undefined): void {
    if (slot === undefined) {
      this.#read(entry);
      return;
    }
    if (this.#copies.beginReading(slot)) {
      const { found } = entry;
      const isWanted = this.#plan.content && isInSample(this.#plan.content, found[Word.FileIdHi], found[Word.FileId]);
      let verdict: number = Verdict.Skipped;
      try {
        if (isWanted) verdict = this.#read(entry);
      } finally {
        this.#copies.settle(slot, verdict);
      }
      return;
    }
    const verdict = this.#copies.verdict(slot, this.#isStopped);
    // The thread that has read it knows what it found.
    if (verdict === Verdict.Damaged) this.#tell('ContentDamaged', entry, describeHash(entry.words, entry.at));
    else if (verdict === Verdict.Unreadable) this.#tell('Unreadable', entry);
  }

  #read(entry: Entry): number {
    const { directory, names, name, words, at, found } = entry;
    found[Word.Flags] &= ~ItemFlag.Hashed;
    const code = this.#native.hashContent(directory, names, name, found, 0, () => !this.#isStopped());
    if (code !== 0) {
      this.#tell('Unreadable', entry, undefined, undefined, code);
      return Verdict.Unreadable;
    }
    if ((found[Word.Flags] & ItemFlag.Hashed) === 0) return Verdict.Skipped;
    this.#counts[VerifyCount.BytesRead] += readUnsigned64(found, Word.Size);
    if (sameContentHash(found, 0, words, at)) return Verdict.Good;
    this.#tell('ContentDamaged', entry, describeHash(words, at), describeHash(found, 0));
    return Verdict.Damaged;
  }

  #tell(kind: Finding['kind'], entry: Entry, expected?: string, actual?: string, code?: NativeCode): void {
    const { found, path } = entry;
    const isDirectory = (found[Word.Mode] & FileType.Mask) === FileType.Directory;
    this.#report({
      kind,
      path: textFromByte(path),
      copy: isDirectory ? undefined : copyKey(found),
      links: isDirectory ? 1 : found[Word.Links],
      expected,
      actual,
      native: code === undefined ? undefined : this.#native.describeError(code),
    });
  }
}
