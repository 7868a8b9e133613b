import type { MessagePort } from 'node:worker_threads';
import { NativeError, type Directory, type Listing, type Native, type NativeCode } from '../../native/index.ts';
import { joinByte, textFromByte, type BytePath } from '../../native/byte-path.ts';
import { DirectoryChain } from '../../native/directory-chain.ts';
import { FileType, NO_BLOCK, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { EngineError } from '../errors/engine-error.ts';
import { BlockReader } from '../manifest/block-reader.ts';
import { ROOT_BLOCK } from '../manifest/format.ts';
import { MergeCursor } from '../manifest/merge-cursor.ts';
import { Reports } from '../run/reports.ts';
import { RunState, SharedControl } from '../run/shared-control.ts';
import { TaskQueue, type Task } from '../run/task-queue.ts';
import { NameSorter } from '../scan/sort-names.ts';
import { CopyCheck, type Entry } from './copy-check.ts';
import { describeCopy } from './describe-copy.ts';
import { FolderCheck } from './folder-check.ts';
import { VerifyCount, type Finding, type VerifyPlan, type VerifyThreadResult } from './verify-plan.ts';

const ITEMS_PER_CHECK = 32;
const MOST_MESSAGES = 100;

/** Compares the directories of a generation with its manifest, one after the other from the shared queue. */
export function runVerifyThread(
  native: Native,
  plan: VerifyPlan,
  thread: number,
  port: Pick<MessagePort, 'postMessage'>,
): VerifyThreadResult {
  const verifier = new Verifier(native, plan, thread, port);
  try {
    return verifier.run();
  } finally {
    verifier.close();
  }
}

class Verifier {
  readonly #native: Native;
  readonly #plan: VerifyPlan;
  readonly #thread: number;
  readonly #control: SharedControl;
  readonly #queue: TaskQueue;
  readonly #reports: Reports;
  readonly #set: Directory;
  readonly #root: Directory;
  readonly #chain: DirectoryChain;
  readonly #listing: Listing;
  readonly #sorter = new NameSorter();
  readonly #cursor: MergeCursor;
  readonly #found = new Uint32Array(RECORD_WORDS);
  readonly #counts: Float64Array;
  readonly #check: CopyCheck;
  readonly #folders: FolderCheck;
  readonly #manifestDamage: string[] = [];

  constructor(native: Native, plan: VerifyPlan, thread: number, port: Pick<MessagePort, 'postMessage'>) {
    this.#native = native;
    this.#plan = plan;
    this.#thread = thread;
    this.#control = new SharedControl(plan.control);
    this.#queue = new TaskQueue(plan.queue);
    this.#reports = new Reports(port);
    this.#set = native.openRoot(plan.set, 'reference');
    this.#root = native.openDirectory(this.#set, plan.generation, 'reference');
    this.#chain = new DirectoryChain(native, this.#root, 'list');
    this.#listing = native.createListing();
    this.#cursor = new MergeCursor(plan.manifest);
    this.#counts = plan.counts.subarray(thread * VerifyCount.Row, (thread + 1) * VerifyCount.Row);
    const report = (finding: Finding): void => this.#reports.finding(finding);
    this.#check = new CopyCheck(native, plan, this.#counts, report, () => this.#isCancelled);
    this.#folders = new FolderCheck(native, plan);
  }

  run(): VerifyThreadResult {
    if (this.#thread === 0) this.#queue.push({ path: '', other: '', numbers: [ROOT_BLOCK] });
    try {
      for (let task = this.#queue.pop(); task !== undefined; task = this.#queue.pop()) {
        if (this.#isCancelled) break;
        this.#control.waitWhilePaused();
        this.#control.showPath(this.#thread, task.path);
        this.#reports.tick(Date.now());
        this.#orManifestDamage(() => this.#visit(task));
      }
    } finally {
      this.#queue.end();
    }
    this.#checkOtherBlocks();
    return { manifestDamage: this.#manifestDamage };
  }

  close(): void {
    this.#reports.flush();
    this.#chain.close();
    this.#native.closeDirectory(this.#root);
    this.#native.closeDirectory(this.#set);
  }

  #visit(task: Task): void {
    const {
      path,
      numbers: [block],
    } = task;
    let directory: Directory;
    try {
      directory = this.#chain.open(path);
    } catch (error) {
      if (!(error instanceof NativeError)) throw error;
      return this.#tellName('Unreadable', path, undefined, undefined, error.native.code);
    }
    const code = this.#native.list(directory, this.#listing);
    if (code !== 0) return this.#tellName('Unreadable', path, undefined, undefined, code);
    if (block === ROOT_BLOCK && path === '') this.#visitRoot(directory);
    else {
      this.#visitEntries(directory, path, block);
      this.#visitFolder(task, directory);
    }
  }

  /** The sources are recorded in the order they were given in. */
  #visitRoot(directory: Directory): void {
    const reader = this.#cursor.block;
    const names = this.#native.allocate(1024);
    const recorded = new Set<BytePath>();
    for (let id = ROOT_BLOCK; id !== NO_BLOCK; id = reader.next) {
      this.#load(reader, id);
      for (let record = 0; record < reader.count; record++) {
        const name = reader.name(record);
        recorded.add(name);
        names.bytes.latin1Write(`${name}\0`, 0);
        const at = reader.at(record);
        this.#entry({ directory, names, name: 0, path: name, words: reader.words, at, found: this.#found });
      }
    }
    const { count, offsets, lengths } = this.#listing;
    for (let i = 0; i < count; i++) {
      const name = this.#listing.names.bytes.latin1Slice(offsets[i], offsets[i] + lengths[i]);
      if (!recorded.has(name)) this.#extra(directory, name, offsets[i]);
    }
  }

  #visitEntries(directory: Directory, path: BytePath, block: number): void {
    const cursor = this.#cursor;
    const { names, offsets, lengths } = this.#listing;
    const missing = (id: number, record: number): void => {
      this.#plan.intact[id] = 1;
      this.#counts[VerifyCount.Items]++;
      const { words } = cursor.block;
      const expected = describeCopy(words, cursor.block.at(record));
      this.#tellName('Missing', joinByte(path, cursor.block.name(record)), expected);
    };
    cursor.open(block);
    if (block !== NO_BLOCK) this.#plan.intact[block] = 1;
    const order = this.#sorter.sort(this.#listing);
    for (let i = 0; i < this.#listing.count; i++) {
      if (i % ITEMS_PER_CHECK === 0 && this.#isCancelled) return;
      const name = offsets[order[i]];
      const length = lengths[order[i]];
      const record = cursor.find(names.bytes, name, length, missing);
      const child = joinByte(path, names.bytes.latin1Slice(name, name + length));
      if (record < 0) {
        this.#extra(directory, child, name);
        continue;
      }
      const { id, words } = cursor.block;
      this.#plan.intact[id] = 1;
      this.#entry({ directory, names, name, path: child, words, at: cursor.block.at(record), found: this.#found });
    }
    cursor.drain(missing);
  }

  /** After its entries: the last of its blocks, which has its losses, was read. */
  #visitFolder(task: Task, directory: Directory): void {
    const changed = this.#folders.end(task, directory, this.#cursor.block.losses);
    if (changed) this.#tellName('MetadataChanged', task.path, changed.expected, changed.actual);
  }

  #entry(entry: Entry): void {
    const { directory, names, name, path, words, at, found } = entry;
    this.#counts[VerifyCount.Items]++;
    const code = this.#native.stat(directory, names, name, found, 0);
    if (code !== 0) {
      const kind = this.#native.isMissing(code) ? 'Missing' : 'Unreadable';
      return this.#tellName(kind, path, describeCopy(words, at), undefined, kind === 'Missing' ? undefined : code);
    }
    const isDirectory = isType(found[Word.Mode], FileType.Directory);
    if (isDirectory !== isType(words[at + Word.Mode], FileType.Directory)) return this.#check.altered(entry);
    if (isDirectory) this.#queue.push({ path, other: '', numbers: this.#folders.begin(found, words, at) });
    else this.#check.check(entry);
  }

  #extra(directory: Directory, path: BytePath, name: number): void {
    const code = this.#native.stat(directory, this.#listing.names, name, this.#found, 0);
    this.#tellName('Extra', path, undefined, code === 0 ? describeCopy(this.#found, 0) : undefined);
  }

  #tellName(kind: Finding['kind'], path: BytePath, expected?: string, actual?: string, code?: NativeCode): void {
    const native = code === undefined ? undefined : this.#native.describeError(code);
    const text = textFromByte(path);
    this.#reports.finding({ kind, path: text, copy: undefined, links: 1, expected, actual, native });
  }

  /** Blocks that nothing has led to, as their directory is gone or the block above is damaged. */
  #checkOtherBlocks(): void {
    const { intact, manifest, threads } = this.#plan;
    const reader = new BlockReader(manifest, true);
    for (let id = this.#thread; id < manifest.blocks; id += threads) {
      if (this.#isCancelled) return;
      if (Atomics.load(intact, id) === 0) this.#orManifestDamage(() => this.#load(reader, id));
    }
  }

  #load(reader: BlockReader, id: number): void {
    reader.load(id);
    this.#plan.intact[id] = 1;
  }

  #orManifestDamage(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof EngineError) || error.id !== 'ManifestDamaged') throw error;
      if (this.#manifestDamage.length < MOST_MESSAGES) this.#manifestDamage.push(error.message);
    }
  }

  get #isCancelled(): boolean {
    return this.#control.state === RunState.Cancelled;
  }
}

function isType(mode: number, type: number): boolean {
  return (mode & FileType.Mask) === type;
}
