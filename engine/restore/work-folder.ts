import { hash } from 'node:crypto';
import { hostname } from 'node:os';
import { NativeError, type Directory, type Native, type PinnedBuffer } from '../../native/index.ts';
import type { BytePath } from '../../native/byte-path.ts';
import { FileType, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { removeEntryIn } from '../remove/remove-entry.ts';

const PREFIX = '.mirrorbackup-restore-';
let lastNumber = 0;

/**
 * A hidden folder on the volume that is restored to. Items are made in it and get their place by a rename, so that an
 * interruption leaves no half of one. Its name says whose it is: one whose process has ended is removed by the next restore.
 */
export class WorkFolder {
  readonly staged: Directory;
  readonly temporary: Directory;
  /** Names of files that have several, by what identifies them. */
  readonly links: Directory;
  readonly #native: Native;
  readonly #parent: Directory;
  readonly #name: BytePath;

  /**
   * @param parent stays the work folder's until {@link close}
   * @throws NativeError
   */
  constructor(native: Native, parent: Directory) {
    this.#native = native;
    this.#parent = parent;
    this.#name = `${nameOfProcess(native)}-${++lastNumber}`;
    sweepLeftovers(native, parent);
    const folder = make(native, parent, this.#name);
    try {
      native.clearInheritance(folder);
      this.staged = make(native, folder, 'staged');
      this.temporary = make(native, folder, 'temporary');
      this.links = make(native, folder, 'links');
    } finally {
      native.closeDirectory(folder);
    }
  }

  close(): void {
    const native = this.#native;
    for (const directory of [this.staged, this.temporary, this.links]) native.closeDirectory(directory);
    try {
      removeEntryIn(native, this.#parent, this.#name);
    } catch (error) {
      // The next restore removes it.
      if (!(error instanceof NativeError)) throw error;
    } finally {
      native.closeDirectory(this.#parent);
    }
  }
}

/** Removes what restores that were killed have left in a folder. What resists stays for the next time. */
function sweepLeftovers(native: Native, parent: Directory): void {
  const listing = native.createListing();
  if (native.list(parent, listing) !== 0) return;
  const own = nameOfHost();
  const record = new Uint32Array(RECORD_WORDS);
  for (let i = 0; i < listing.count; i++) {
    const name = listing.names.bytes.latin1Slice(listing.offsets[i], listing.offsets[i] + listing.lengths[i]);
    if (!name.startsWith(own) || isAlive(native, name)) continue;
    const found = native.stat(parent, listing.names, listing.offsets[i], record, 0);
    if (found !== 0 || (record[Word.Mode] & FileType.Mask) !== FileType.Directory) continue;
    try {
      removeEntryIn(native, parent, name);
    } catch (error) {
      if (!(error instanceof NativeError)) throw error;
    }
  }
}

/** On a share another computer's process cannot be asked for: its leftovers are for that computer. */
function nameOfHost(): string {
  return `${PREFIX}${digest(hostname())}-`;
}

function nameOfProcess(native: Native): string {
  return `${nameOfHost()}${digest(native.bootId())}-${process.pid}`;
}

function isAlive(native: Native, name: string): boolean {
  const [boot, pid] = name.slice(nameOfHost().length).split('-');
  if (boot !== digest(native.bootId())) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function digest(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 8);
}

function make(native: Native, parent: Directory, name: BytePath): Directory {
  const record = new Uint32Array(RECORD_WORDS);
  record[Word.Mode] = FileType.Directory | 0o700;
  const code = native.makeDirectory(parent, pinned(native, name), 0, record, 0);
  if (code !== 0) throw new NativeError('mkdir', native.describeError(code), name);
  return native.openDirectory(parent, name, 'fill');
}

export function pinned(native: Native, name: BytePath): PinnedBuffer {
  const buffer = native.allocate(name.length + 1);
  writeName(buffer, name);
  return buffer;
}

export function writeName(buffer: PinnedBuffer, name: BytePath): void {
  buffer.bytes[buffer.bytes.latin1Write(name, 0)] = 0;
}
