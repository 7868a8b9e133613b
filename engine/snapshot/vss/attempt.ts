/**
 * Making one set of shadow copies, in the order of
 * https://learn.microsoft.com/windows/win32/vss/overview-of-processing-a-backup-under-vss
 */
import { NativeError } from '../../../native/index.ts';
import type { Requester, RequesterContext, SnapshotProperties, VssCalls } from '../../../native/vss/calls.ts';
import type { Guid } from '../../../native/vss/guid.ts';
import { describeHresult, hresult } from '../../../native/vss/hresults.ts';
import { Patience } from '../../../native/vss/patience.ts';
import type { WriterMetadata, WriterStatus } from '../../../native/vss/writers.ts';
import type { SnapshotEntry } from '../journal.ts';
import type { SnapshotRequest } from '../provider.ts';
import { type Chosen, chooseComponents } from './components.ts';
import { type VssJournal, deleteCopies } from './delete.ts';
import type { VssTiming } from './timing.ts';
import type { PlacedSource } from './volumes.ts';
import { failedWriters, retryableFailure } from './writers.ts';

/** What is made, and for whom. */
export interface VssPlan {
  readonly vss: VssCalls;
  readonly sources: readonly PlacedSource[];
  readonly request: SnapshotRequest;
  readonly journal: VssJournal;
  readonly timing: VssTiming;
  /** Whether a path is on a volume that is frozen. */
  readonly isFrozen: (path: string) => boolean;
  readonly progress: (phase: string) => void;
}

/** Shadow copies that exist, with the requester they belong to. */
export interface MadeSet {
  readonly requester: Requester;
  readonly copies: readonly { readonly entry: SnapshotEntry; readonly properties: SnapshotProperties }[];
  readonly writers: readonly WriterMetadata[];
  readonly chosen: readonly Chosen[];
  readonly failed: readonly WriterStatus[];
  /** Backup components document; undefined without writers. */
  readonly document: string | undefined;
}

/**
 * @param acceptFailedWriters takes a set although a writer may do better another time
 * @throws NativeError, Interrupted; nothing is left then
 */
export async function makeSet(plan: VssPlan, patience: Patience, acceptFailedWriters: boolean): Promise<MadeSet> {
  const requester = await plan.vss.open(contextOf(plan.request), patience);
  const attempt = new Attempt(plan, requester, acceptFailedWriters);
  try {
    return await attempt.make();
  } catch (error) {
    await attempt.undo();
    throw error;
  }
}

export function contextOf({ withWriters, persistent }: SnapshotRequest): RequesterContext {
  if (persistent) return withWriters ? 'AppRollback' : 'ClientAccessible';
  return withWriters ? 'Backup' : 'FileShareBackup';
}

class Attempt {
  readonly #plan: VssPlan;
  readonly #requester: Requester;
  readonly #acceptFailedWriters: boolean;
  readonly #entries: SnapshotEntry[] = [];
  /** Others wait for the set, and writers for the backup, until they are told that nothing comes of it. */
  #isStarted = false;

  constructor(plan: VssPlan, requester: Requester, acceptFailedWriters: boolean) {
    this.#plan = plan;
    this.#requester = requester;
    this.#acceptFailedWriters = acceptFailedWriters;
  }

  async make(): Promise<MadeSet> {
    const { sources, request, isFrozen, progress } = this.#plan;
    const requester = this.#requester;
    await requester.setBackupState();
    const writers = request.withWriters ? await this.#gather() : [];
    const chosen = chooseComponents(writers, sources, isFrozen);
    for (const component of chosen) await requester.addComponent(component);
    this.#isStarted = true;
    await requester.startSet();
    const ids = await this.#addVolumes();
    if (request.withWriters) {
      progress('Preparing writers');
      await requester.run('PrepareForBackup');
      this.#judge(await requester.writerStatus(), chosen);
    }
    this.#writeDown(ids);
    progress('Freezing volumes');
    await requester.run('DoSnapshotSet');
    const failed = request.withWriters ? this.#judge(await requester.writerStatus(), chosen) : [];
    const copies = [];
    for (const entry of this.#entries) copies.push({ entry, properties: await this.#look(entry) });
    const document = request.withWriters ? await requester.document() : undefined;
    return { requester, copies, writers, chosen, failed, document };
  }

  /** Whatever there is of it is taken back. Does not throw. */
  async undo(): Promise<void> {
    const { vss, journal, timing, request } = this.#plan;
    const patience = new Patience(timing.cleanupMs, undefined, timing.graceMs);
    if (this.#isStarted)
      await this.#requester
        .with(patience)
        .abort()
        .catch(() => undefined);
    await this.#requester.release(patience);
    // Those that end with their requester are gone now.
    if (request.persistent) await deleteCopies(vss, this.#entries, journal, timing).catch(() => undefined);
    else for (const entry of this.#entries) journal.end(entry);
  }

  async #gather(): Promise<WriterMetadata[]> {
    this.#plan.progress('Asking writers');
    await this.#requester.run('GatherWriterMetadata');
    return this.#requester.writers();
  }

  async #addVolumes(): Promise<Map<string, Guid>> {
    const ids = new Map<string, Guid>();
    for (const { volume, path } of this.#plan.sources) {
      if (ids.has(volume)) continue;
      if (!(await this.#requester.supports(volume)))
        throw new NativeError(
          'IVssBackupComponents::IsVolumeSupported',
          describeHresult(hresult('VSS_E_VOLUME_NOT_SUPPORTED')),
          path,
        );
      ids.set(volume, await this.#requester.addVolume(volume));
    }
    return ids;
  }

  /** Before they exist: whatever ends this process, the next one knows what to look for. */
  #writeDown(ids: ReadonlyMap<string, Guid>): void {
    const { journal, request } = this.#plan;
    for (const [volume, id] of ids)
      this.#entries.push(
        journal.begin({ id, kind: 'Vss', volume, devicePath: '', persistent: request.persistent, facts: {} }),
      );
  }

  async #look(entry: SnapshotEntry): Promise<SnapshotProperties> {
    const properties = await this.#requester.properties(entry.id);
    entry.devicePath = properties.device;
    entry.createdAt = properties.createdAt.toISOString();
    entry.state = 'Made';
    this.#plan.journal.write(entry);
    return properties;
  }

  /** @throws NativeError of a writer that should be tried again */
  #judge(states: readonly WriterStatus[], chosen: readonly Chosen[]): WriterStatus[] {
    const failed = failedWriters(states);
    const again = this.#acceptFailedWriters ? undefined : retryableFailure(failed, chosen);
    if (again) throw new NativeError(`Writer '${again.name}'`, describeHresult(again.failure));
    return failed;
  }
}
