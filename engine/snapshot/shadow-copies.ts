import { NativeError, type Native } from '../../native/index.ts';
import { paths } from '../../native/paths.ts';
import { EngineError } from '../errors/engine-error.ts';
import { absolutePath } from '../generation/absolute-path.ts';
import type { ShadowCopyInfo, WarningEntry } from '../types/protocol.ts';
import { firstAvailable } from './choose-provider.ts';
import { SnapshotJournal, type SnapshotEntry } from './journal.ts';
import { Mounts } from './mount.ts';
import type { Snapshot, SnapshotProvider, SnapshotRequest, Unavailability } from './provider.ts';
import { createProviders } from './providers.ts';
import { sweepSnapshots, type SweptSnapshot } from './sweep.ts';

/** What to freeze for {@link ShadowCopies.create}. */
export interface ShadowCopyRequest {
  volumes: readonly string[];
  withWriters: boolean;
  timeoutSeconds: number;
}

/** Who is told while shadow copies are made. */
export interface ShadowCopyListener {
  progress(path: string): void;
  warn(warning: WarningEntry): void;
}

/** The shadow copies of this machine, apart from backups. */
export class ShadowCopies {
  readonly #native: Native;
  readonly #journal: SnapshotJournal;
  readonly #providers: readonly SnapshotProvider[];

  readonly #mounts: Mounts;

  private constructor(native: Native, journal: SnapshotJournal, providers: readonly SnapshotProvider[]) {
    this.#native = native;
    this.#journal = journal;
    this.#providers = providers;
    this.#mounts = new Mounts(native, journal);
  }

  static async of(native: Native): Promise<ShadowCopies> {
    const journal = new SnapshotJournal(native);
    return new ShadowCopies(native, journal, await createProviders(native, journal));
  }

  /**
   * Freezes volumes.
   * @param persistent they outlive the process; else they are to be released, or the next start does it
   * @throws EngineError PathInvalid, FolderNotFound, SnapshotNotAvailable, SnapshotFailed
   */
  async create(
    { volumes, ...how }: ShadowCopyRequest,
    persistent: boolean,
    listener: ShadowCopyListener,
    signal: AbortSignal,
  ): Promise<{ snapshot: Snapshot; shadowCopies: ShadowCopyInfo[] }> {
    await this.sweep(() => undefined);
    const request: SnapshotRequest = {
      ...how,
      persistent,
      sources: volumes.map((path) => ({ path: absolutePath(path) })),
    };
    try {
      const found = await firstAvailable(this.#providers, request);
      if (!('provider' in found))
        throw (
          this.#missingAmong(request, found) ??
          new EngineError('SnapshotNotAvailable', {
            message: `No shadow copy can be made: ${found.reason}.`,
            native: found.native,
            hint: 'Run elevated, on a file system with snapshots; docs/shadow-copies.md says which have them.',
          })
        );
      const { provider } = found;
      const snapshot = await provider.create(request, (phase) => listener.progress(phase), signal);
      for (const warning of snapshot.warnings) listener.warn(warning);
      const ids = [...new Set(snapshot.sources.map(({ snapshotId }) => snapshotId))];
      const all = await provider.list();
      return { snapshot, shadowCopies: all.filter(({ id }) => ids.includes(id)).map((copy) => this.#describe(copy)) };
    } catch (error) {
      throw missingVolume(error);
    }
  }

  /** All of them, oldest first. */
  async list(): Promise<ShadowCopyInfo[]> {
    const lists = await Promise.all(this.#providers.map((provider) => provider.list()));
    return lists.flat().map((copy) => this.#describe(copy));
  }

  /** Removes it, after what leads to it. @throws EngineError ShadowCopyNotFound, SnapshotFailed */
  async remove(id: string): Promise<ShadowCopyInfo> {
    const found = await this.#find(id);
    const entry = this.#journal.find(found.id);
    if (entry) this.#mounts.removeAll(entry);
    await this.#providers.find(({ kind }) => kind === found.kind)?.remove(found.id);
    return { ...found, mounts: [] };
  }

  /** @throws EngineError ShadowCopyNotFound, PathInvalid, MountFailed */
  async mount(id: string, path: string): Promise<ShadowCopyInfo> {
    this.#mounts.link(await this.#entry(id), absolutePath(path));
    return this.#find(id);
  }

  /** @throws EngineError ShadowCopyNotFound, MountFailed */
  async mountLetter(id: string, letter: string): Promise<ShadowCopyInfo> {
    this.#mounts.letter(await this.#entry(id), letterOf(letter));
    return this.#find(id);
  }

  /** Gives back what {@link create} made for this process, after what leads to it. */
  async release(snapshot: Snapshot): Promise<void> {
    for (const id of new Set(snapshot.sources.map(({ snapshotId }) => snapshotId))) {
      const entry = this.#journal.find(id);
      if (entry) this.#mounts.removeAll(entry);
    }
    await snapshot.release();
  }

  /** @param mount default: all. @throws EngineError ShadowCopyNotFound, MountNotFound, MountFailed */
  async dismount(id: string, mount?: string): Promise<ShadowCopyInfo> {
    const entry = await this.#entry(id);
    if (mount === undefined) this.#mounts.removeAll(entry);
    else this.#mounts.remove(entry, /^[A-Za-z]:\\?$/.test(mount) ? letterOf(mount) : absolutePath(mount));
    return this.#find(id);
  }

  /** Removes what ended processes have left. */
  sweep(onSwept: (swept: SweptSnapshot) => void, whatIf = false): Promise<void> {
    return sweepSnapshots(this.#journal, this.#providers, this.#mounts, onSwept, whatIf);
  }

  async #find(id: string): Promise<ShadowCopyInfo> {
    const found = (await this.list()).find((each) => each.id.toLowerCase() === id.toLowerCase());
    if (found) return found;
    throw new EngineError('ShadowCopyNotFound', { message: `There is no shadow copy with the id ${id}.` });
  }

  /** Without what only the journal needs; the volume as users name it, where it has such a name. */
  #describe(info: ShadowCopyInfo): ShadowCopyInfo {
    const { id, kind, devicePath, createdAt, persistent, mounts, owner } = info;
    const volume = this.#native.vss?.rootOf(info.volume) ?? info.volume;
    return { id, kind, volume, devicePath, createdAt, persistent, mounts: [...mounts], owner };
  }

  /** The volume that is not there, where that is why nothing can be frozen. */
  #missingAmong({ sources }: SnapshotRequest, { native }: Unavailability): EngineError | undefined {
    if (native === undefined || !this.#native.isMissing(native.code)) return undefined;
    const missing = sources.find(({ path }) => this.#isMissing(path));
    return missing && noSuchVolume(missing.path);
  }

  #isMissing(path: string): boolean {
    try {
      this.#native.realPath(path);
      return false;
    } catch (error) {
      return error instanceof NativeError && this.#native.isMissing(error.native.code);
    }
  }

  /** What leads to a shadow copy is written down in its entry. */
  async #entry(id: string): Promise<SnapshotEntry> {
    const found = await this.#find(id);
    const entry = this.#journal.find(found.id);
    if (entry) return entry;
    throw new EngineError('MountFailed', {
      message: `The shadow copy ${found.id} was made by another program; only those of MirrorBackup are mounted.`,
      path: found.devicePath,
      hint: 'Make one with New-ShadowCopy.',
    });
  }
}

/** As it is written down: `X:`. */
function letterOf(text: string): string {
  return `${text[0].toUpperCase()}:`;
}

function missingVolume(error: unknown): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  if (error instanceof EngineError || error instanceof NativeError || code !== 'ENOENT') return error;
  return noSuchVolume(paths.normalize(path ?? '/'), error);
}

function noSuchVolume(path: string, cause?: unknown): EngineError {
  return new EngineError('FolderNotFound', { message: `The volume '${path}' does not exist.`, path, cause });
}
