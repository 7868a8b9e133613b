import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { fsPath, type FsPath } from '../../native/fs-path.ts';
import { NativeError, type LockHandle, type Native } from '../../native/index.ts';
import { paths } from '../../native/paths.ts';
import { EngineError } from '../errors/engine-error.ts';
import { describeSystemError } from '../errors/system-error.ts';
import { UNFINISHED, writeWhole } from '../generation/write-file.ts';
import type { ShadowCopyInfo } from '../types/protocol.ts';
import { StateFolder, type StatePart } from './state-folder.ts';

/** Writing an entry takes a moment: what is older was left by a killed process, and nothing had been made yet. */
const ABANDONED_MS = 60_000;

/** One snapshot that exists, or is about to. */
export interface SnapshotEntry extends ShadowCopyInfo {
  /** `Making`: written before the snapshot, which may or may not have come into being. */
  state: 'Making' | 'Made';
  /** Name of the lock that the process which made it holds as long as it runs. */
  process: string;
  /** What the provider needs to recognise it as its own. */
  facts: Record<string, string>;
}

/** What a maker says before it makes a snapshot. */
export type NewEntry = Pick<SnapshotEntry, 'id' | 'kind' | 'volume' | 'devicePath' | 'persistent' | 'facts'>;

/**
 * What this machine has of our snapshots: one file each, written before the snapshot is made and removed after it is
 * deleted, so that whatever ends a process between the two, the next start knows what to clean up. Whether the process
 * that made one still runs is told by a lock it holds: numbers of processes are used again, locks are not.
 */
export class SnapshotJournal {
  readonly #native: Native;
  readonly #folder: StateFolder;
  #lock: { name: string; handle: LockHandle } | undefined;

  /** @param folder another than the usual one */
  constructor(native: Native, folder?: string) {
    this.#native = native;
    this.#folder = new StateFolder(native, folder);
  }

  /** Why nothing of it is believed; undefined: it is. */
  get problem(): EngineError | undefined {
    return this.#folder.problem();
  }

  /** Writes an entry. @throws EngineError SnapshotFailed, StateFolderUntrusted when it cannot: then nothing may be made */
  begin(entry: NewEntry): SnapshotEntry {
    try {
      const whole: SnapshotEntry = {
        ...entry,
        state: 'Making',
        process: this.#ownLock(),
        createdAt: new Date().toISOString(),
        mounts: [],
        owner: `MirrorBackup (process ${process.pid})`,
      };
      this.write(whole);
      return whole;
    } catch (error) {
      if (error instanceof EngineError) throw error;
      const native = error instanceof NativeError ? error.native : describeSystemError(error);
      throw new EngineError('SnapshotFailed', {
        message: `No snapshot was made, because it could not be written down first: ${native.text} (${native.name}).`,
        native,
        cause: error,
      });
    }
  }

  /** A snapshot that is made and persistent has no process any more that it ends with. */
  write(entry: SnapshotEntry): void {
    if (entry.persistent && entry.state === 'Made') entry.process = '';
    writeWhole(this.#path('snapshots', `${entry.id}.json`), `${JSON.stringify(entry)}\n`);
    this.#giveUpUnusedLock();
  }

  /** The snapshot is gone. */
  end(entry: SnapshotEntry): void {
    rmSync(this.#path('snapshots', `${entry.id}.json`), { force: true });
    rmSync(this.#path('scratch', entry.id), { recursive: true, force: true });
    this.#giveUpUnusedLock();
  }

  /** A folder for what belongs to an entry until its end: what programs say outlives this process, and this start. */
  scratch({ id }: SnapshotEntry): string {
    const folder = paths.join(this.#folder.writable(), 'scratch', id);
    this.#native.makePrivateFolder(folder);
    return folder;
  }

  /** All entries, oldest first. A file that cannot be read names nothing that could be removed, and is left alone. */
  entries(): SnapshotEntry[] {
    const folder = this.#folder.existing();
    if (folder === undefined) return [];
    const entries: SnapshotEntry[] = [];
    for (const file of readdirSync(fsPath(folder, 'snapshots'))) {
      if (file.endsWith(UNFINISHED)) continue;
      try {
        const entry = JSON.parse(readFileSync(fsPath(folder, 'snapshots', file), 'utf8')) as SnapshotEntry;
        // Its id becomes a name again.
        if (file === `${entry.id}.json`) entries.push(entry);
      } catch {
        // Another process has just removed it, or it is no entry.
      }
    }
    return entries.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  }

  find(id: string): SnapshotEntry | undefined {
    return this.entries().find((entry) => entry.id.toLowerCase() === id.toLowerCase());
  }

  /**
   * Runs `use` for each entry that its process has left behind; no other process does meanwhile. Persistent snapshots that
   * were made are no leftovers.
   */
  async forEachOrphan(use: (entry: SnapshotEntry) => Promise<void>): Promise<void> {
    this.#removeAbandoned();
    const orphans = this.entries().filter(({ persistent, state }) => !persistent || state === 'Making');
    for (const name of new Set(orphans.map((entry) => entry.process))) {
      const path = paths.join(this.#folder.existing() ?? '', 'processes', name);
      const lock = this.#native.lock(path);
      if (!lock) continue;
      try {
        for (const entry of orphans.filter((orphan) => orphan.process === name)) await use(entry);
      } finally {
        lock.release();
      }
      if (!this.entries().some((entry) => entry.process === name)) rmSync(fsPath(path), { force: true });
    }
  }

  #removeAbandoned(): void {
    const folder = this.#folder.existing();
    if (folder === undefined) return;
    for (const file of readdirSync(fsPath(folder, 'snapshots')))
      if (file.endsWith(UNFINISHED) && isOld(fsPath(folder, 'snapshots', file)))
        rmSync(fsPath(folder, 'snapshots', file), { force: true });
    const entries = this.entries();
    for (const name of existsSync(fsPath(folder, 'scratch')) ? readdirSync(fsPath(folder, 'scratch')) : [])
      if (!entries.some((entry) => entry.id === name) && isOld(fsPath(folder, 'scratch', name)))
        rmSync(fsPath(folder, 'scratch', name), { recursive: true, force: true });
    for (const name of readdirSync(fsPath(folder, 'processes'))) {
      if (entries.some((entry) => entry.process === name)) continue;
      if (!isOld(fsPath(folder, 'processes', name))) continue;
      const lock = this.#native.lock(paths.join(folder, 'processes', name));
      if (!lock) continue;
      lock.release();
      rmSync(fsPath(folder, 'processes', name), { force: true });
    }
  }

  #ownLock(): string {
    if (this.#lock) return this.#lock.name;
    const name = `${process.pid}-${randomUUID()}.lock`;
    const handle = this.#native.lock(paths.join(this.#folder.writable(), 'processes', name));
    if (!handle) throw new Error(`The new lock ${name} is held by another process.`);
    this.#lock = { name, handle };
    return name;
  }

  #giveUpUnusedLock(): void {
    if (!this.#lock) return;
    const { name, handle } = this.#lock;
    if (this.entries().some((entry) => entry.process === name)) return;
    this.#lock = undefined;
    handle.release();
    rmSync(this.#path('processes', name), { force: true });
  }

  #path(part: StatePart, name: string): FsPath {
    return fsPath(this.#folder.writable(), part, name);
  }
}

function isOld(path: FsPath): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > ABANDONED_MS;
}
