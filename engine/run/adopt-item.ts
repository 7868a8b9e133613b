import type { CopyProgress, NativeCode } from '../../native/index.ts';
import { ItemFlag, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { IDENTITY_DIFFERENCES, compareRecords, sameFile } from '../plan/compare-records.ts';
import { Counter } from './counters.ts';
import type { CurrentItem } from './current-item.ts';
import type { Past } from './past.ts';
import { LINKED, STOPPED, type Placement } from './placement.ts';
import type { ItemRecorder } from './record-item.ts';
import type { ThreadContext } from './thread-context.ts';

/** Takes over the files of a tree that is on the set's own file system already. */
export class ItemAdopter {
  readonly #context: ThreadContext;
  readonly #item: CurrentItem;
  readonly #recorder: ItemRecorder;
  readonly #progress: CopyProgress;
  readonly #found = new Uint32Array(RECORD_WORDS);

  constructor(context: ThreadContext, item: CurrentItem, recorder: ItemRecorder, progress: CopyProgress) {
    this.#context = context;
    this.#item = item;
    this.#recorder = recorder;
    this.#progress = progress;
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
    if (past) this.#recorder.inherit(past);
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
    if (!this.#isPlacedAsScanned()) this.#recorder.reportTorn();
    this.#recorder.noteAllocation();
    this.#recorder.linked();
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
}
