import { randomUUID } from 'node:crypto';
import { accessSync, constants, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { fsPath, type FsPath } from '../../native/fs-path.ts';
import type { LockHandle, Native } from '../../native/index.ts';
import { paths } from '../../native/paths.ts';
import { processRules } from '../../native/process.ts';
import { EngineError } from '../errors/engine-error.ts';
import { describeSystemError } from '../errors/system-error.ts';
import { UNFINISHED, writeWhole } from '../generation/write-file.ts';
import type { ShadowCopyInfo } from '../types/protocol.ts';

/** Names another folder for the journal; for tests, and for machines whose usual folder is read-only. */
const VARIABLE = 'MIRRORBACKUP_STATE';
const PRIVATE = 0o700;
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
  readonly #candidates: readonly string[];
  #folder: string | undefined;
  #lock: { name: string; handle: LockHandle } | undefined;

  constructor(native: Native, folder = process.env[VARIABLE]) {
    this.#native = native;
    this.#candidates = folder === undefined || folder === '' ? processRules.stateFolders() : [folder];
  }

  /** Writes an entry. @throws EngineError SnapshotFailed when it cannot: then nothing may be made */
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
      const native = describeSystemError(error);
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
    this.#giveUpUnusedLock();
  }

  /** All entries, oldest first. A file that cannot be read names nothing that could be removed, and is left alone. */
  entries(): SnapshotEntry[] {
    const folder = this.#existing();
    if (folder === undefined) return [];
    const entries: SnapshotEntry[] = [];
    for (const file of readdirSync(fsPath(folder, 'snapshots'))) {
      if (file.endsWith(UNFINISHED)) continue;
      try {
        entries.push(JSON.parse(readFileSync(fsPath(folder, 'snapshots', file), 'utf8')) as SnapshotEntry);
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
      const path = paths.join(this.#existing() ?? '', 'processes', name);
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
    const folder = this.#existing();
    if (folder === undefined) return;
    for (const file of readdirSync(fsPath(folder, 'snapshots')))
      if (file.endsWith(UNFINISHED) && isOld(fsPath(folder, 'snapshots', file)))
        rmSync(fsPath(folder, 'snapshots', file), { force: true });
    const entries = this.entries();
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
    const handle = this.#native.lock(paths.join(this.#writable(), 'processes', name));
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

  #path(...parts: string[]): ReturnType<typeof fsPath> {
    return fsPath(this.#writable(), ...parts);
  }

  #existing(): string | undefined {
    return this.#folder ?? this.#candidates.find((folder) => isWritable(paths.join(folder, 'snapshots')));
  }

  /** Made when it is first needed. */
  #writable(): string {
    if (this.#folder !== undefined) return this.#folder;
    let problem: unknown;
    for (const folder of this.#candidates) {
      try {
        for (const part of ['snapshots', 'processes'])
          mkdirSync(fsPath(folder, part), { recursive: true, mode: PRIVATE });
        if (!isWritable(paths.join(folder, 'snapshots'))) continue;
        this.#folder = folder;
        return folder;
      } catch (error) {
        problem = error;
      }
    }
    throw problem instanceof Error ? problem : new Error(`None of ${this.#candidates.join(', ')} can be written.`);
  }
}

function isOld(path: FsPath): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > ABANDONED_MS;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(fsPath(folder), constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
