import { ItemFlag, ItemOrigin, RECORD_WORDS, Word, readSeconds } from '../../native/item-record.ts';
import { writeAllocation } from '../manifest/allocation.ts';
import { Counter } from './counters.ts';
import type { CurrentItem } from './current-item.ts';
import { reportFailure } from './item-failure.ts';
import type { Past } from './past.ts';
import type { ThreadContext } from './thread-context.ts';

/** An item written this close to its scan may change once more without its times telling. */
const RACY_SECONDS = 2;

/** Notes in the current item's record how it got into the generation, and counts and reports that. */
export class ItemRecorder {
  readonly #context: ThreadContext;
  readonly #item: CurrentItem;
  /** What {@link noteAllocation} saw of the copy. */
  readonly found = new Uint32Array(RECORD_WORDS);

  constructor(context: ThreadContext, item: CurrentItem) {
    this.#context = context;
    this.#item = item;
  }

  /** The item is a copy of its own. */
  copied(): void {
    const { words, at } = this.#item;
    this.count();
    words[at + Word.Introduced] = this.#context.plan.introduced;
    this.#setOrigin(ItemOrigin.Copied);
  }

  /** The item is another name of a copy that the record tells of already. */
  linked(): void {
    this.countLinked();
    this.#setOrigin(ItemOrigin.Linked);
  }

  /** What is known of the copy that the item is from now on another name of. */
  inherit(past: Past): void {
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
  noteAllocation(): boolean {
    const { native, staging, applier } = this.#context;
    if (!staging || !applier.writes) return false;
    const { words, at, names, name } = this.#item;
    if (native.stat(staging.directory, names, name, this.found, 0) !== 0) return false;
    writeAllocation(words, at, native.allocatedBytes());
    return true;
  }

  countLinked(): void {
    if (this.#item.isFile) this.#context.counters[Counter.linkedFiles]++;
    this.count();
  }

  count(): void {
    const { counters } = this.#context;
    if (this.#item.isFile) {
      counters[Counter.files]++;
      counters[Counter.bytes] += this.#item.size;
    } else counters[Counter.otherItems]++;
  }

  reportLosses(): void {
    const { words, at } = this.#item;
    // The path is made only for those who need it.
    if (words[at + Word.Losses] !== 0) this.#context.reportLosses(this.#item.path, words[at + Word.Losses]);
  }

  reportTorn(): void {
    const what = 'kept changing while it was read; the copy may mix its states';
    reportFailure(this.#context, this.#item.path, 0, what, 'ItemChangedWhileRead');
  }

  #setOrigin(origin: number): void {
    const { words, at, visit } = this.#item;
    const touched = Math.max(readSeconds(words, at + Word.WriteTime), readSeconds(words, at + Word.ChangeTime));
    // The file that another program has backed up is not known: the next run compares its content.
    const isUnknown = this.#context.plan.options.adoption !== undefined;
    const racy = isUnknown || touched >= visit.scannedAt - RACY_SECONDS ? ItemFlag.Racy : 0;
    // The first name of a file may have been copied earlier: then the doubt about its content is that of all of them.
    words[at + Word.Flags] = (words[at + Word.Flags] & ~ItemFlag.OriginMask) | origin | racy;
    this.reportLosses();
  }
}
