import { NativeError } from '../../../native/index.ts';
import type { MachineRegistry, VssCalls } from '../../../native/vss/calls.ts';
import { parseGuid } from '../../../native/vss/guid.ts';
import { Interrupted, Patience } from '../../../native/vss/patience.ts';
import { EngineError } from '../../errors/engine-error.ts';
import type { ShadowCopyInfo } from '../../types/protocol.ts';
import type { Snapshot, SnapshotProvider, SnapshotRequest, Unavailability } from '../provider.ts';
import { contextOf, makeSet, type MadeSet, type VssPlan } from './attempt.ts';
import { deleteCopies, type VssJournal, withRequester } from './delete.ts';
import { vssError } from './errors.ts';
import { excludedByRegistry, excludedByWriters, exclusionsOf } from './exclusions.ts';
import { expandVariables } from './paths.ts';
import { VssSnapshot } from './snapshot.ts';
import { laterWait, retryOf, usualTiming, type VssTiming } from './timing.ts';
import { isShare, type PathCalls, type PlacedSource, placeSource } from './volumes.ts';

export interface VssOptions {
  readonly timing?: VssTiming;
  readonly registry?: MachineRegistry;
}

/** Shadow copies by the Volume Shadow Copy Service of this computer, asked through COM. */
export class VssProvider implements SnapshotProvider {
  readonly kind = 'Vss';
  readonly #vss: VssCalls;
  readonly #paths: PathCalls;
  readonly #journal: VssJournal;
  readonly #timing: VssTiming;
  readonly #registry: MachineRegistry;

  constructor(vss: VssCalls, paths: PathCalls, journal: VssJournal, options: VssOptions = {}) {
    this.#vss = vss;
    this.#paths = paths;
    this.#journal = journal;
    this.#timing = options.timing ?? usualTiming;
    this.#registry = options.registry ?? vss.registry;
  }

  async unavailable(request: SnapshotRequest): Promise<Unavailability | undefined> {
    const share = request.sources.find(({ path }) => isShare(path));
    if (share) return { reason: shareReason(share.path) };
    if (request.crossMount === true)
      return {
        reason: 'volumes mounted inside the sources are wanted, too (-CrossMount), and cannot be frozen with them',
      };
    try {
      const sources = this.#place(request);
      return await withRequester(
        this.#vss,
        this.#timing,
        async (requester) => {
          for (const { volume, path } of sources)
            if (!(await requester.supports(volume)))
              return { reason: `no shadow copies can be made of the volume of '${path}'` };
          return undefined;
        },
        contextOf(request),
      );
    } catch (error) {
      if (error instanceof Interrupted)
        return { reason: `the Volume Shadow Copy Service does not answer (${error.call})` };
      if (!(error instanceof NativeError)) throw error;
      const { text, name } = error.native;
      const what =
        error.path === undefined
          ? 'the Volume Shadow Copy Service refuses'
          : `of '${error.path}' the volume is not known`;
      return { reason: `${what}: ${text} (${name}, ${error.call})`, native: error.native };
    }
  }

  async create(request: SnapshotRequest, progress: (phase: string) => void, signal: AbortSignal): Promise<Snapshot> {
    const share = request.sources.find(({ path }) => isShare(path));
    if (share)
      throw new EngineError('SnapshotNotAvailable', {
        message: `No shadow copy was made: ${shareReason(share.path)}.`,
        path: share.path,
      });
    try {
      const sources = this.#place(request);
      const plan = {
        vss: this.#vss,
        sources,
        request,
        journal: this.#journal,
        timing: this.#timing,
        isFrozen: this.#isOn(sources),
        progress,
      };
      const patience = new Patience(request.timeoutSeconds * 1000, signal, this.#timing.graceMs);
      const made = await this.#make(plan, patience);
      const names = made.chosen.map(({ writerName }) => writerName);
      const excluded = [...excludedByRegistry(this.#registry, names), ...excludedByWriters(made.writers)];
      return new VssSnapshot(made, plan, exclusionsOf(excluded, sources));
    } catch (error) {
      throw vssError('SnapshotFailed', 'No shadow copy was made', error);
    }
  }

  async list(): Promise<readonly ShadowCopyInfo[]> {
    try {
      const copies = await withRequester(this.#vss, this.#timing, (requester) => requester.query());
      return copies.map(({ id, volume, device, createdAt, persists }) => {
        const entry = this.#journal.find(id);
        return {
          id,
          kind: this.kind,
          volume,
          devicePath: device,
          createdAt: createdAt.toISOString(),
          persistent: persists,
          mounts: entry?.mounts ?? [],
          owner: entry?.owner ?? 'another program',
        };
      });
    } catch (error) {
      throw vssError('SnapshotFailed', 'Shadow copies could not be listed', error);
    }
  }

  async remove(id: string): Promise<void> {
    const guid = parseGuid(id);
    const entry = guid && this.#journal.find(guid);
    if (entry) {
      await deleteCopies(this.#vss, [entry], this.#journal, this.#timing).catch((error: unknown) => {
        throw vssError('SnapshotFailed', `The shadow copy ${id} was not deleted`, error);
      });
      return;
    }
    const exists = guid !== undefined && (await this.list()).some((copy) => copy.id === guid);
    throw exists
      ? new EngineError('ShadowCopyNotOurs', { message: `The shadow copy ${id} was made by another program.` })
      : new EngineError('ShadowCopyNotFound', { message: `There is no shadow copy with the id ${id}.` });
  }

  /** Tries again where the documentation says so, as long as there is time. @throws NativeError, Interrupted */
  async #make(plan: VssPlan, patience: Patience): Promise<MadeSet> {
    const { soonMs, writerAttempts } = this.#timing;
    const laterMs = laterWait(this.#timing, plan.request.timeoutSeconds * 1000);
    let reason: NativeError | undefined;
    for (let attempt = 1; ;) {
      try {
        // The last time a set is taken as it is: files as after a power cut are better than none.
        return await makeSet(plan, patience, attempt >= writerAttempts || patience.remainingMs <= laterMs);
      } catch (error) {
        // What it was tried again for says more than that the time is up.
        if (reason && error instanceof Interrupted && error.why === 'timedOut') throw reason;
        if (error instanceof NativeError) reason = error;
        const retry = error instanceof NativeError ? retryOf(error.native.code, error.call) : 'never';
        if (retry === 'never' || (retry === 'later' && ++attempt > writerAttempts)) throw error;
        plan.progress(retry === 'soon' ? 'Waiting for another shadow copy' : 'Waiting for writers and volumes');
        if (await patience.sleep(retry === 'soon' ? soonMs : laterMs)) continue;
        if (patience.interruption === 'cancelled') throw new Interrupted('Waiting for VSS', 'cancelled');
        throw error;
      }
    }
  }

  /** @throws NativeError */
  #place({ sources }: SnapshotRequest): PlacedSource[] {
    return sources.map(({ path }) => placeSource(path, this.#paths));
  }

  #isOn(sources: readonly PlacedSource[]): (path: string) => boolean {
    const volumes = new Set(sources.map(({ volume }) => volume));
    return (path) => {
      try {
        return volumes.has(this.#paths.volumeOf(expandVariables(path)).volume);
      } catch (error) {
        if (error instanceof NativeError) return false;
        throw error;
      }
    };
  }
}

function shareReason(path: string): string {
  return (
    `'${path}' is on a file server, and needs the remote VSS agent there; ` +
    'run the backup on that server instead, by PowerShell remoting'
  );
}
