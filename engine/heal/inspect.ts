import type { Entry, Native, NativeCode } from '../../native/index.ts';
import { FidelityLoss, FileType, ItemFlag, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { sameContentHash } from '../plan/compare-records.ts';
import { isNear } from '../plan/intact-copy.ts';
import { changedMetadata } from '../plan/visible-metadata.ts';
import type { DamagedItem, Place } from './damaged-item.ts';
import type { Places } from './places.ts';

/** `Changed`: owner, group or mode are others than those the copy was given; `Other`: what nothing but a reading tells. */
export type Metadata = 'AsRecorded' | 'Other' | 'Changed';

/** What is at a place, compared with what should be. */
export type Condition =
  | { kind: 'Whole'; inode: string; metadata: Metadata }
  /** A fresh copy can take its name. */
  | { kind: 'Damaged' }
  /** Nothing can be put there. */
  | { kind: 'Blocked'; why: string };

type Expected = Pick<DamagedItem, 'record' | 'granularityNs' | 'kept'>;

const DAMAGED: Condition = { kind: 'Damaged' };
const BESIDE = FidelityLoss.ExtendedAttributes | FidelityLoss.AccessControlList | FidelityLoss.AlternateStreams;

/** Looks at copies; reads the content of each inode once for as long as it is the same item that is looked at. */
export class Inspector {
  readonly #native: Native;
  readonly #places: Places;
  readonly #signal: AbortSignal;
  readonly #found = new Uint32Array(RECORD_WORDS);
  readonly #known = new Map<string, Condition>();

  constructor(native: Native, places: Places, signal: AbortSignal) {
    this.#native = native;
    this.#places = places;
    this.#signal = signal;
  }

  forget(): void {
    this.#known.clear();
  }

  inspect(place: Place, expected: Expected): Condition {
    return this.#places.with(
      place,
      (entry) => this.#inspectEntry(entry, expected),
      (code) => ({ kind: 'Blocked', why: `its folder cannot be opened: ${this.#text(code)}` }),
    );
  }

  /** Whether it has the recorded content, whatever its metadata. */
  hasContent(place: Place, expected: Uint32Array): boolean {
    const found = this.#found;
    const look = ({ directory, names, name }: Entry): boolean => {
      if (this.#native.stat(directory, names, name, found, 0) !== 0) return false;
      if (((found[Word.Mode] ^ expected[Word.Mode]) & FileType.Mask) !== 0) return false;
      const code = this.#native.hashContent(directory, names, name, found, 0, () => !this.#signal.aborted);
      this.#signal.throwIfAborted();
      return code === 0 && sameContentHash(found, 0, expected, 0);
    };
    return this.#places.with(place, look, () => false);
  }

  #inspectEntry(entry: Entry, expected: Expected): Condition {
    const { directory, names, name } = entry;
    const found = this.#found;
    if (this.#native.stat(directory, names, name, found, 0) !== 0) return DAMAGED;
    const type = found[Word.Mode] & FileType.Mask;
    if (type === FileType.Directory) return { kind: 'Blocked', why: 'a folder has its name' };
    if (type !== (expected.record[Word.Mode] & FileType.Mask)) return DAMAGED;
    const inode = inodeOf(found);
    let known = this.#known.get(inode);
    if (!known) this.#known.set(inode, (known = this.#inspectContent(entry, expected, inode)));
    return known;
  }

  #inspectContent(entry: Entry, { record: expected, granularityNs, kept }: Expected, inode: string): Condition {
    const { directory, names, name } = entry;
    const found = this.#found;
    if (found[Word.Size] !== expected[Word.Size] || found[Word.SizeHi] !== expected[Word.SizeHi]) return DAMAGED;
    if (!isNear(found, expected, 0, granularityNs)) return DAMAGED;
    const code = this.#native.hashContent(directory, names, name, found, 0, () => !this.#signal.aborted);
    this.#signal.throwIfAborted();
    if (code !== 0) return DAMAGED;
    if ((expected[Word.Flags] & ItemFlag.Hashed) !== 0 && !sameContentHash(found, 0, expected, 0)) return DAMAGED;
    if (changedMetadata(this.#native, found, expected, 0, kept & ~expected[Word.Losses]) !== 0)
      return { kind: 'Whole', inode, metadata: 'Changed' };
    this.#native.digestMetadata(directory, names, name, found, 0);
    return { kind: 'Whole', inode, metadata: hasRecordedMetadata(found, expected) ? 'AsRecorded' : 'Other' };
  }

  #text(code: NativeCode): string {
    const { text, name } = this.#native.describeError(code);
    return `${text} (${name})`;
  }
}

export function inodeOf(record: Uint32Array): string {
  return `${record[Word.Device]}:${record[Word.FileIdHi]}:${record[Word.FileId]}`;
}

/** What was lost when the copy was made is not expected of it. */
function hasRecordedMetadata(found: Uint32Array, expected: Uint32Array): boolean {
  const losses = expected[Word.Losses];
  const same = (word: number, loss: number): boolean => found[word] === expected[word] || (losses & loss) !== 0;
  return (
    same(Word.Mode, FidelityLoss.Permissions | FidelityLoss.Attributes) &&
    same(Word.Owner, FidelityLoss.Owner) &&
    same(Word.Group, FidelityLoss.Owner) &&
    same(Word.MetadataDigest, BESIDE) &&
    same(Word.MetadataDigest + 1, BESIDE)
  );
}
