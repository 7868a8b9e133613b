import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SnapshotEntry } from '../../../engine/snapshot/journal.ts';
import type { VssJournal } from '../../../engine/snapshot/vss/delete.ts';

/** A journal for one test. */
export class MemoryJournal implements VssJournal {
  readonly #folder: string;
  readonly entries = new Map<string, SnapshotEntry>();

  /** @param folder for what belongs to entries */
  constructor(folder = '') {
    this.#folder = folder;
  }

  begin(entry: Parameters<VssJournal['begin']>[0]): SnapshotEntry {
    const rest = { process: 'test', createdAt: '', mounts: [], owner: 'MirrorBackup (test)' };
    const whole: SnapshotEntry = { ...entry, ...rest, state: 'Making' };
    this.write(whole);
    return whole;
  }

  write(entry: SnapshotEntry): void {
    this.entries.set(entry.id, entry);
  }

  end(entry: SnapshotEntry): void {
    this.entries.delete(entry.id);
    if (this.#folder !== '') rmSync(this.scratch(entry), { recursive: true });
  }

  scratch({ id }: SnapshotEntry): string {
    const folder = join(this.#folder, id);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  find(id: string): SnapshotEntry | undefined {
    return this.entries.get(id);
  }
}
