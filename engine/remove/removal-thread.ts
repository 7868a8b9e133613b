import type { MessagePort } from 'node:worker_threads';
import { NativeError, type Directory, type Listing, type Native } from '../../native/index.ts';
import { joinByte, textFromByte, type BytePath } from '../../native/byte-path.ts';
import { DirectoryChain } from '../../native/directory-chain.ts';
import { FileType, ItemFlag, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { SharedControl, RunState } from '../run/shared-control.ts';
import { TaskQueue, type Task } from '../run/task-queue.ts';
import { KeptNames } from './kept-names.ts';
import { NameLocks } from './name-locks.ts';
import { DIRECTORY_CAPACITY, RemovalCount, type RemovalPlan, type RemovalThreadResult } from './removal-plan.ts';
import { SharedFiles } from './shared-files.ts';

const MOST_FAILURES = 100;
const ROOT = 0;

/** Empties directories from the shared queue; the thread that removes the last entry of a directory removes it, too. */
export function runRemovalThread(
  native: Native,
  plan: RemovalPlan,
  thread: number,
  _port: Pick<MessagePort, 'postMessage'>,
): RemovalThreadResult {
  const remover = new Remover(native, plan, thread);
  try {
    remover.run();
  } finally {
    remover.close();
  }
  return remover.result;
}

class Remover {
  readonly #failures: RemovalThreadResult['failures'] = [];
  readonly #native: Native;
  readonly #plan: RemovalPlan;
  readonly #thread: number;
  readonly #control: SharedControl;
  readonly #queue: TaskQueue;
  readonly #root: Directory;
  readonly #chain: DirectoryChain;
  readonly #listing: Listing;
  readonly #record = new Uint32Array(RECORD_WORDS);
  readonly #counts: Float64Array;
  readonly #shared: SharedFiles;
  readonly #locks: NameLocks | undefined;
  readonly #kept: KeptNames | undefined;

  constructor(native: Native, plan: RemovalPlan, thread: number) {
    this.#native = native;
    this.#plan = plan;
    this.#thread = thread;
    this.#control = new SharedControl(plan.control);
    this.#queue = new TaskQueue(plan.queue);
    this.#root = native.openRoot(plan.root, 'reference');
    this.#chain = new DirectoryChain(native, this.#root, 'list');
    this.#listing = native.createListing();
    this.#shared = new SharedFiles(plan.shared);
    this.#locks = plan.measureOnly || plan.threads === 1 ? undefined : new NameLocks(plan.locks);
    this.#kept = plan.kept && KeptNames.open(native, this.#root, plan.kept);
    this.#counts = plan.counts.subarray(thread * RemovalCount.Row, (thread + 1) * RemovalCount.Row);
  }

  run(): void {
    if (this.#thread === 0) this.#queue.push({ path: '', other: '', numbers: [ROOT] });
    try {
      for (let task = this.#queue.pop(); task !== undefined; task = this.#queue.pop()) {
        if (this.#control.state === RunState.Cancelled) break;
        this.#control.showPath(this.#thread, task.path);
        this.#visit(task);
      }
    } finally {
      this.#queue.end();
    }
  }

  get result(): RemovalThreadResult {
    return { failures: this.#failures, shared: this.#shared.memory };
  }

  close(): void {
    this.#kept?.close();
    this.#chain.close();
    this.#native.closeDirectory(this.#root);
  }

  #visit(task: Task): void {
    const number = task.numbers[0];
    const directory = this.#open(task.path);
    if (!directory) return;
    const code = this.#native.list(directory, this.#listing);
    if (code !== 0) return this.#fail(task.path, code);
    this.#kept?.enter(task.path);
    // Subdirectories overwrite the listing when they are removed in place; take the names first.
    const large: BytePath[] = [];
    for (let i = 0; i < this.#listing.count; i++) this.#removeEntryAlone(directory, task.path, number, i, large);
    if (!this.#native.removesOpen) this.#chain.close();
    for (const path of large) this.#visit({ path, other: '', numbers: [DIRECTORY_CAPACITY] });
    if (number >= DIRECTORY_CAPACITY) this.#removeDirectory(task.path);
    else this.#complete(number, task.path);
  }

  #removeEntryAlone(directory: Directory, parent: BytePath, number: number, entry: number, large: BytePath[]): void {
    const id = this.#listing.fileIds[entry];
    if (this.#kept && this.#listing.isFile[entry] === 1 && this.#kept.has(id))
      return this.#removeKept(directory, parent, entry);
    if (!this.#locks || id === 0) return this.#removeEntry(directory, parent, number, entry, large);
    const lock = this.#locks.acquire(id);
    try {
      this.#removeEntry(directory, parent, number, entry, large);
    } finally {
      this.#locks.release(lock);
    }
  }

  /** One name less of a file that stays. */
  #removeKept(directory: Directory, parent: BytePath, entry: number): void {
    const { names, offsets } = this.#listing;
    const code = this.#native.removeFile(directory, names, offsets[entry]);
    if (code !== 0) return this.#fail(this.#pathOf(parent, entry), code);
    this.#counts[RemovalCount.Files]++;
  }

  #removeEntry(directory: Directory, parent: BytePath, number: number, entry: number, large: BytePath[]): void {
    const native = this.#native;
    const { names, offsets } = this.#listing;
    const name = offsets[entry];
    const found = native.glance(directory, names, name, this.#record, 0);
    if (found !== 0) return this.#fail(this.#pathOf(parent, entry), found);
    if ((this.#record[Word.Mode] & FileType.Mask) === FileType.Directory) {
      // What is mounted there belongs to others. A mount point cannot be removed; the system says so.
      if ((this.#record[Word.Flags] & ItemFlag.MountRoot) !== 0) {
        this.#removeDirectory(this.#pathOf(parent, entry));
        return;
      }
      const child = this.#control.allocateBlock();
      // A directory has one name: what it occupies is freed with it.
      this.#counts[RemovalCount.FreedBytes] += native.allocatedBytes();
      if (number >= DIRECTORY_CAPACITY || child >= DIRECTORY_CAPACITY) {
        large.push(this.#pathOf(parent, entry));
        return;
      }
      this.#plan.pending[child] = 1;
      this.#plan.parents[child] = number;
      Atomics.add(this.#plan.pending, number, 1);
      this.#queue.push({ path: this.#pathOf(parent, entry), other: '', numbers: [child] });
      return;
    }
    const links = this.#record[Word.Links];
    const bytes = native.allocatedBytes();
    if (this.#plan.measureOnly) {
      this.#measure(links, bytes);
      return;
    }
    const code = native.removeFile(directory, names, name);
    if (code !== 0) return this.#fail(this.#pathOf(parent, entry), code);
    this.#countFile();
    if (links === 1) this.#counts[RemovalCount.FreedBytes] += bytes;
  }

  #pathOf(parent: BytePath, entry: number): BytePath {
    const { names, offsets, lengths } = this.#listing;
    const name = offsets[entry];
    return joinByte(parent, names.bytes.latin1Slice(name, name + lengths[entry]));
  }

  /** As in a generation's counts, links and device nodes are not files. */
  #countFile(): void {
    const isFile = (this.#record[Word.Mode] & FileType.Mask) === FileType.File;
    this.#counts[isFile ? RemovalCount.Files : RemovalCount.Others]++;
  }

  #measure(links: number, bytes: number): void {
    this.#countFile();
    const isLast = links === 1 || this.#shared.meet(this.#record[Word.FileIdHi], this.#record[Word.FileId], links);
    if (isLast) this.#counts[RemovalCount.FreedBytes] += bytes;
  }

  /** One entry less below the directory; the last one takes it along, and so on upwards. */
  #complete(number: number, path: BytePath): void {
    let current = number;
    let at = path;
    while (Atomics.sub(this.#plan.pending, current, 1) === 1) {
      if (current === ROOT) return;
      if (!this.#removeDirectory(at)) return;
      current = this.#plan.parents[current];
      const cut = at.lastIndexOf('/');
      at = cut < 0 ? '' : at.slice(0, cut);
    }
  }

  #removeDirectory(path: BytePath): boolean {
    this.#counts[RemovalCount.Directories]++;
    if (this.#plan.measureOnly) return true;
    const code = this.#native.removeDirectoryAt(this.#root, path);
    if (code === 0) return true;
    this.#counts[RemovalCount.Directories]--;
    this.#fail(path, code);
    return false;
  }

  /** A directory its owner may not read is made readable first: directories are never shared between generations. */
  #open(path: BytePath): Directory | undefined {
    for (let attempt = 0; ; attempt++) {
      try {
        const directory = this.#chain.open(path);
        if (!this.#plan.measureOnly) this.#native.allowRemoval(directory);
        return directory;
      } catch (error) {
        if (!(error instanceof NativeError)) throw error;
        if (attempt === 0 && !this.#plan.measureOnly && this.#native.allowListing(this.#root, path)) continue;
        this.#fail(path, error.native.code);
        return undefined;
      }
    }
  }

  #fail(path: BytePath, code: number): void {
    this.#counts[RemovalCount.Failures]++;
    if (this.#failures.length < MOST_FAILURES) this.#failures.push({ path: textFromByte(path), code });
  }
}
