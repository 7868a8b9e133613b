import { NativeError, type Listing, type NativeCode } from '../../native/index.ts';
import { joinByte, type BytePath } from '../../native/byte-path.ts';
import { FileType, NO_BLOCK, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { folderLosses } from '../manifest/folder-losses.ts';
import { isListed } from '../manifest/is-listed.ts';
import { describeChange } from '../plan/describe-change.ts';
import { NameSorter } from '../scan/sort-names.ts';
import { SNAPSHOT_FOLDER } from '../snapshot/btrfs-folder.ts';
import { isTaggedAsCache } from '../scan/cache-directory.ts';
import { Counter } from './counters.ts';
import { CurrentItem } from './current-item.ts';
import { unpackChange } from './directory-change.ts';
import { reportFailure } from './item-failure.ts';
import { ItemMirror } from './mirror-item.ts';
import { SubdirectoryMirror } from './mirror-subdirectory.ts';
import { TaskMode, TaskNumber } from './mirror-plan.ts';
import type { ThreadContext } from './thread-context.ts';
import type { Task } from './task-queue.ts';
import { Visit } from './visit.ts';

/** Cancellation is looked for this often within one directory. */
const ITEMS_PER_CHECK = 32;

/** Mirrors one directory: its entries in the order of their names, then its own metadata. */
export class DirectoryMirror {
  readonly #context: ThreadContext;
  readonly #listing: Listing;
  readonly #sorter = new NameSorter();
  readonly #item: CurrentItem;
  readonly #items: ItemMirror;
  readonly #subdirectories: SubdirectoryMirror;
  /** Record of the directory itself. */
  readonly #self = new Uint32Array(RECORD_WORDS);
  readonly #scratch = new Uint32Array(RECORD_WORDS);

  constructor(context: ThreadContext) {
    this.#context = context;
    this.#listing = context.native.createListing();
    this.#item = new CurrentItem(context.block, this.#listing.names);
    this.#items = new ItemMirror(context, this.#item);
    this.#subdirectories = new SubdirectoryMirror(context, this.#item);
  }

  mirror(task: Task): void {
    const { numbers } = task;
    const block = numbers[TaskNumber.Block];
    const visit = new Visit(this.#context, task.path, task.other, numbers[TaskNumber.Source], block);
    try {
      const mode = numbers[TaskNumber.Mode] & TaskMode.Mask;
      const unreadable = mode === TaskMode.Carry ? undefined : this.#open(visit, mode === TaskMode.Boundary);
      if (unreadable !== undefined) this.#unreadable(visit, task, unreadable);
      else this.#fill(visit, task, mode);
    } finally {
      this.#context.applier.leave();
      this.#context.resume?.leave();
    }
  }

  close(): void {
    this.#items.close();
  }

  /** @returns the error code when the directory cannot be read */
  #open(visit: Visit, withoutEntries: boolean): NativeCode | undefined {
    const { native, sourceChains } = this.#context;
    try {
      visit.source = sourceChains[visit.sourceNumber].open(visit.sourcePath);
    } catch (error) {
      if (error instanceof NativeError) return error.native.code;
      throw error;
    }
    this.#listing.count = 0;
    const code =
      native.statDirectory(visit.source, this.#self, 0) ||
      (withoutEntries ? 0 : native.list(visit.source, this.#listing));
    return code === 0 ? undefined : code;
  }

  #unreadable(visit: Visit, task: Task, code: NativeCode): void {
    const context = this.#context;
    const known =
      context.base !== undefined && isListed(context.base.cursor.block.manifest, task.numbers[TaskNumber.BaseBlock]);
    const what = known
      ? 'could not be listed; what the last generation has below it is carried forward'
      : 'could not be listed';
    reportFailure(
      context,
      visit.path,
      code,
      what,
      context.native.isMissing(code) ? 'ItemVanished' : 'DirectoryUnreadable',
    );
    // Nothing is known of it now but that it is one.
    this.#self.fill(0);
    this.#self[Word.Mode] = FileType.Directory;
    if (known) this.#fill(visit, task, TaskMode.Carry);
    else this.#report(visit, task, 0);
  }

  #fill(visit: Visit, task: Task, mode: number): void {
    const context = this.#context;
    context.applier.enter(visit.path);
    context.resume?.enter(visit.path);
    const baseBlock = task.numbers[TaskNumber.BaseBlock];
    const shared = (task.numbers[TaskNumber.Mode] & TaskMode.Shared) !== 0;
    if (mode === TaskMode.Carry) this.#carryEntries(visit, baseBlock, task);
    else if (mode === TaskMode.Mirror) this.#mirrorEntries(visit, baseBlock, shared, task);
    if (context.cancelled) return;
    const losses = mode === TaskMode.Carry ? this.#finishFromBase(visit, baseBlock) : this.#finish(visit, task);
    this.#countFolder();
    this.#report(visit, task, losses);
    this.#writeBlock(visit, task, NO_BLOCK, losses);
  }

  /** A folder belongs to one generation alone: their sum is all that is asked for. */
  #countFolder(): void {
    const { native, staging, applier, counters } = this.#context;
    if (!staging || !applier.writes) return;
    if (native.statDirectory(staging.directory, this.#scratch, 0) === 0)
      counters[Counter.folderBytes] += native.allocatedBytes();
  }

  #report(visit: Visit, task: Task, losses: number): void {
    const context = this.#context;
    context.reportLosses(visit.path, losses);
    const found = context.plan.options.reportItems ? unpackChange(task.numbers[TaskNumber.Mode]) : undefined;
    if (!found) return;
    const oldPath = found.change === 'Renamed' ? task.other : undefined;
    const item = describeChange(found.change, 'Created', visit.path, this.#self, 0, found.reason, oldPath);
    if (losses !== 0) item.fidelityLosses = context.losses.describe(losses);
    context.reports.item(item);
  }

  #mirrorEntries(visit: Visit, baseBlock: number, shared: boolean, task: Task): void {
    const context = this.#context;
    const { native, block, base, counters } = context;
    const listing = this.#listing;
    const source = visit.source;
    if (!source) return;
    const unmatched = (id: number, record: number): void => {
      if (!shared) context.unmatched.push(id, record);
    };
    base?.cursor.open(baseBlock);
    if (context.selections[visit.sourceNumber]?.excludesCacheDirectories && isTaggedAsCache(native, source, listing))
      return this.#excludeEntries();
    const order = this.#sorter.sort(listing);
    for (let i = 0; i < listing.count; i++) {
      if (i % ITEMS_PER_CHECK === 0 && context.cancelled) return;
      if (block.isFull) this.#continueBlock(visit, task);
      block.reserve();
      const name = listing.offsets[order[i]];
      const length = listing.lengths[order[i]];
      this.#item.moveTo(visit, listing.names, name, length);
      const matched = base ? base.cursor.find(listing.names.bytes, name, length, unmatched) : -1;
      const code = native.stat(source, listing.names, name, block.words, this.#item.at);
      counters[Counter.items]++;
      const keep = code === 0 ? this.#mirrorEntry(matched, task) : this.#items.fail(matched, code);
      if (keep) block.commit(listing.names.bytes, name, length);
    }
    base?.cursor.drain(unmatched);
  }

  /** @returns whether the record is to be kept */
  #mirrorEntry(matched: number, task: Task): boolean {
    const context = this.#context;
    const { words, at, type, visit } = this.#item;
    const selection = context.selections[visit.sourceNumber];
    if (type === FileType.Directory && this.#isSnapshotFolder()) {
      this.#subdirectories.exclude(matched);
      return false;
    }
    if (selection && !selection.takes(this.#sourcePathOfItem(), words, at)) {
      context.counters[Counter.excluded]++;
      this.#subdirectories.exclude(matched);
      return false;
    }
    if (type === FileType.Directory)
      return this.#subdirectories.mirror(matched, task.numbers[TaskNumber.Source], visit.block);
    if (type === FileType.Socket) {
      context.counters[Counter.skippedSockets]++;
      // What had its name is gone; what lies below a directory of that name is found by not being visited.
      if (matched >= 0 && context.base) context.unmatched.push(context.base.cursor.block.id, matched);
      return false;
    }
    return this.#items.mirror(matched);
  }

  /** Our own snapshots of the source, should some be there. */
  #isSnapshotFolder(): boolean {
    const { names, name, length } = this.#item;
    return length === SNAPSHOT_FOLDER.length && names.bytes.latin1Slice(name, name + length) === SNAPSHOT_FOLDER;
  }

  #sourcePathOfItem(): BytePath {
    const { visit, names, name, length } = this.#item;
    return joinByte(visit.sourcePath, names.bytes.latin1Slice(name, name + length));
  }

  /** The folder holds a CACHEDIR.TAG: the folder itself and the tag are kept, as its specification asks. */
  #excludeEntries(): void {
    const { base, counters } = this.#context;
    counters[Counter.excluded] += this.#listing.count;
    base?.cursor.drain((_block, record) => this.#subdirectories.exclude(record));
  }

  /** Goes on in another block, so that a directory of any size takes bounded memory. */
  #continueBlock(visit: Visit, task: Task): void {
    const next = this.#context.control.allocateBlock();
    this.#writeBlock(visit, task, next, 0);
    visit.block = next;
  }

  #writeBlock(visit: Visit, task: Task, next: number, losses: number): void {
    const { blocks, block, measuring } = this.#context;
    if (!blocks || measuring) return block.clear();
    const identity = {
      id: visit.block,
      parentBlock: task.numbers[TaskNumber.ParentBlock],
      parentRecord: task.numbers[TaskNumber.ParentRecord],
    };
    blocks.append(block, identity, next, losses);
  }

  #finish(visit: Visit, task: Task): number {
    const { applier, losses } = this.#context;
    if (!visit.source) return 0;
    const { numbers } = task;
    // What it was created with is of use only where it has not changed since.
    const isPlain =
      (numbers[TaskNumber.Mode] & TaskMode.Plain) !== 0 && numbers[TaskNumber.Permissions] === this.#self[Word.Mode];
    const code = applier.finishDirectory(visit.source, this.#self, 0, isPlain);
    if (code !== 0) reportFailure(this.#context, visit.path, code, 'could not be given its metadata');
    return applier.writes ? losses.mark(this.#self[Word.Losses]) : this.#self[Word.Losses];
  }

  /** Entries of a directory that cannot be read now, as the base has them. */
  #carryEntries(visit: Visit, baseBlock: number, task: Task): void {
    const context = this.#context;
    const { base, block } = context;
    if (!base) return;
    const reader = base.cursor.block;
    for (let id = baseBlock; id !== NO_BLOCK; id = reader.next) {
      reader.load(id);
      for (let record = 0; record < reader.count; record++) {
        if (record % ITEMS_PER_CHECK === 0 && context.cancelled) return;
        if (block.isFull) this.#continueBlock(visit, task);
        block.reserve();
        this.#moveToRecorded(visit, record);
        const words = reader.words;
        const at = reader.at(record);
        const isDirectory = (words[at + Word.Mode] & FileType.Mask) === FileType.Directory;
        const carried = isDirectory
          ? this.#subdirectories.carry(words, at, task.numbers[TaskNumber.Source], visit.block)
          : this.#items.carry(words, at);
        context.counters[Counter.items]++;
        const { names, name, length } = this.#item;
        if (carried) block.commit(names.bytes, name, length);
        else reportFailure(context, this.#item.path, 0, 'could not be carried forward from the base', 'ItemFailed');
      }
    }
  }

  #moveToRecorded(visit: Visit, record: number): void {
    const { base, scratchName } = this.#context;
    if (!base) return;
    const reader = base.cursor.block;
    const from = reader.nameAt(record);
    const end = reader.bytes.indexOf(0, from);
    reader.bytes.copy(scratchName.bytes, 0, from, end + 1);
    this.#item.moveTo(visit, scratchName, 0, end - from);
  }

  /** What the base's copy had lost is lost for good. */
  #finishFromBase(visit: Visit, baseBlock: number): number {
    const { native, base, applier, losses } = this.#context;
    if (!base || !applier.writes) return 0;
    let directory;
    try {
      directory = native.openDirectory(base.root, visit.basePath, 'list');
    } catch (error) {
      if (error instanceof NativeError) return losses.adopt(0, folderLosses(base.cursor.block, baseBlock));
      throw error;
    }
    try {
      if (native.statDirectory(directory, this.#self, 0) === 0)
        applier.finishDirectory(directory, this.#self, 0, false);
    } finally {
      native.closeDirectory(directory);
    }
    return losses.adopt(losses.mark(this.#self[Word.Losses]), folderLosses(base.cursor.block, baseBlock));
  }
}
