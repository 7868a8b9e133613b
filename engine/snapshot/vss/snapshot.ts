import { access } from 'node:fs/promises';
import { NativeError } from '../../../native/index.ts';
import type { Requester } from '../../../native/vss/calls.ts';
import { describeHresult, hresult } from '../../../native/vss/hresults.ts';
import { Interrupted, Patience } from '../../../native/vss/patience.ts';
import { EngineError } from '../../errors/engine-error.ts';
import type { WarningEntry } from '../../types/protocol.ts';
import type { FrozenSource, Snapshot, SnapshotExclusion } from '../provider.ts';
import type { MadeSet, VssPlan } from './attempt.ts';
import { deleteCopies } from './delete.ts';
import { vssError } from './errors.ts';
import { freezeSource } from './volumes.ts';
import { failedWriters, writerWarnings } from './writers.ts';

/** A set of shadow copies while it is read. Its calls come one after the other: VSS takes no others. */
export class VssSnapshot implements Snapshot {
  readonly kind = 'Vss';
  readonly sources: readonly FrozenSource[];
  readonly createdAt: Date;
  readonly warnings: readonly WarningEntry[];
  readonly exclusions: readonly SnapshotExclusion[];
  readonly #made: MadeSet;
  readonly #plan: VssPlan;
  #document: string | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  /** Writers wait for BackupComplete or AbortBackup. */
  #writersWait: boolean;
  #isAborted = false;
  #isReleased = false;

  constructor(made: MadeSet, plan: VssPlan, exclusions: readonly SnapshotExclusion[]) {
    this.#made = made;
    this.#plan = plan;
    this.#document = made.document;
    this.#writersWait = plan.request.withWriters;
    this.exclusions = exclusions;
    this.warnings = writerWarnings(made.failed, made.chosen);
    this.createdAt = new Date(Math.min(...made.copies.map(({ properties }) => properties.createdAt.getTime())));
    this.sources = plan.sources.map((source) => {
      const copy = made.copies.find(({ entry }) => entry.volume === source.volume);
      if (!copy) throw new Error(`No shadow copy of ${source.volume}`);
      return freezeSource(source, copy.properties.device, copy.entry.id);
    });
  }

  /** The requester's document holds what writers said at the end only after {@link complete}. */
  get documents(): Snapshot['documents'] {
    const own = this.#document === undefined ? [] : [{ name: 'vss-backup-components.xml', content: this.#document }];
    const writers = this.#made.writers.map(({ instance, xml }) => ({
      name: `vss-writer-${instance.slice(1, -1)}.xml`,
      content: xml,
    }));
    return [...own, ...writers];
  }

  check(): Promise<void> {
    return this.#inTurn(async () => {
      for (const { entry, properties } of this.#made.copies) {
        const problem = await this.#problemWith(entry.id, properties.device);
        if (problem === undefined) continue;
        throw new EngineError('SnapshotLost', {
          message: `The shadow copy of '${entry.volume}' is gone: ${problem}.`,
          path: properties.device,
          native: describeHresult(hresult('VSS_E_OBJECT_NOT_FOUND')),
          hint: 'Windows deletes shadow copies when their storage is full: vssadmin list shadowstorage. Run again.',
        });
      }
    });
  }

  complete(succeeded: boolean): Promise<readonly WarningEntry[]> {
    return this.#inTurn(async () => {
      if (!this.#writersWait) return [];
      if (!succeeded) {
        await this.#abort();
        return [];
      }
      try {
        return await this.#tellWriters();
      } catch (error) {
        const failure = vssError('SnapshotFailed', 'Writers could not be told that the backup is complete', error);
        if (!(failure instanceof EngineError)) throw failure;
        return [{ id: 'SnapshotWriterFailed', message: failure.message }];
      }
    });
  }

  release(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#isReleased) return;
      this.#isReleased = true;
      const { vss, journal, timing, request } = this.#plan;
      const entries = this.#made.copies.map(({ entry }) => entry);
      if (this.#writersWait) await this.#abort();
      let isDeleted = !request.persistent;
      // After AbortBackup the requester is of no other use than to be released, which deletes what does not persist.
      if (!this.#isAborted)
        isDeleted = await this.#calling()
          .delete(this.#made.copies[0].properties.setId, 'set')
          .then(
            () => true,
            () => isDeleted,
          );
      await this.#made.requester.release(this.#patience());
      if (isDeleted) for (const entry of entries) journal.end(entry);
      // What cannot be deleted now stays in the journal for the next start.
      else await deleteCopies(vss, entries, journal, timing).catch(() => undefined);
    });
  }

  async #tellWriters(): Promise<WarningEntry[]> {
    const { chosen, failed } = this.#made;
    const requester = this.#calling();
    for (const component of chosen)
      await requester.setSucceeded(component, !failed.some(({ instance }) => instance === component.instance));
    await requester.run('BackupComplete');
    this.#writersWait = false;
    const states = failedWriters(await requester.writerStatus());
    const fresh = states.filter(({ instance }) => !failed.some((known) => known.instance === instance));
    this.#document = await requester.document();
    return writerWarnings(fresh, chosen);
  }

  async #abort(): Promise<void> {
    this.#writersWait = false;
    this.#isAborted = true;
    await this.#calling()
      .abort()
      .catch(() => undefined);
  }

  async #problemWith(id: string, device: string): Promise<string | undefined> {
    if (this.#isReleased) return 'it was released';
    try {
      // Of an aborted requester nothing can be asked; the device tells as much.
      if (!this.#isAborted) {
        const { isCreated } = await this.#calling().properties(id);
        if (!isCreated) return 'it was deleted';
      }
      await access(`${device}\\`);
      return undefined;
    } catch (error) {
      // A service that does not answer says nothing about the device.
      if (error instanceof Interrupted)
        return access(`${device}\\`).then(
          () => undefined,
          () => 'its device has gone',
        );
      return error instanceof NativeError ? error.native.text : 'its device has gone';
    }
  }

  #calling(): Requester {
    return this.#made.requester.with(this.#patience());
  }

  #patience(): Patience {
    const { cleanupMs, graceMs } = this.#plan.timing;
    return new Patience(cleanupMs, undefined, graceMs);
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(action, action);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}
