import { randomUUID } from 'node:crypto';
import { NativeError, type Native } from '../../native/index.ts';
import { paths } from '../../native/paths.ts';
import type { SubvolumeCalls } from '../../native/subvolumes.ts';
import { EngineError } from '../errors/engine-error.ts';
import type { ShadowCopyInfo } from '../types/protocol.ts';
import { makeSnapshotFolder, removeSnapshotFolder, SNAPSHOT_FOLDER } from './btrfs-folder.ts';
import { missingBelow } from './btrfs-missing.ts';
import type { SnapshotEntry, SnapshotJournal } from './journal.ts';
import type { FrozenSource, Snapshot, SnapshotProvider, SnapshotRequest, Unavailability } from './provider.ts';

/** A source and the subvolume it lies in. */
interface Located {
  path: string;
  real: string;
  root: string;
}

/**
 * Read-only snapshots of the subvolumes that hold the sources. Each is of one instant; those of several subvolumes are
 * made one right after the other.
 */
export class BtrfsProvider implements SnapshotProvider {
  readonly kind = 'Btrfs';
  readonly #native: Native;
  readonly #calls: SubvolumeCalls;
  readonly #journal: SnapshotJournal;

  constructor(native: Native, calls: SubvolumeCalls, journal: SnapshotJournal) {
    this.#native = native;
    this.#calls = calls;
    this.#journal = journal;
  }

  unavailable(request: SnapshotRequest): Promise<Unavailability | undefined> {
    return Promise.resolve(this.#problem(request));
  }

  async create(request: SnapshotRequest, progress: (phase: string) => void, signal: AbortSignal): Promise<Snapshot> {
    const located = request.sources.map(({ path }) => this.#locate(path));
    const roots = [...new Set(located.map(({ root }) => root))];
    const createdAt = new Date();
    const made: SnapshotEntry[] = [];
    try {
      for (const root of roots) {
        signal.throwIfAborted();
        progress(`Freezing ${root}`);
        made.push(this.#freeze(root, request.persistent));
      }
      const sources = located.map((source) => this.#frozen(source, made[roots.indexOf(source.root)]));
      return {
        kind: 'Btrfs',
        sources,
        createdAt,
        warnings: sources.flatMap(leftOut),
        exclusions: [],
        documents: [],
        check: () => this.#check(made),
        complete: () => Promise.resolve([]),
        release: () => this.#release(made),
      };
    } catch (error) {
      await this.#release(made);
      throw error;
    }
  }

  list(): Promise<readonly ShadowCopyInfo[]> {
    const entries = this.#journal.entries().filter(({ kind, state }) => kind === 'Btrfs' && state === 'Made');
    return Promise.resolve(entries.filter((entry) => this.#isOurs(entry)));
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- what fails is a rejection
  async remove(id: string): Promise<void> {
    const entry = this.#journal.find(id);
    if (entry?.kind === 'Btrfs') return this.#destroy(entry);
    throw new EngineError('ShadowCopyNotFound', { message: `There is no shadow copy with the id ${id}.` });
  }

  #problem(request: SnapshotRequest): Unavailability | undefined {
    for (const { path } of request.sources) {
      const type = this.#calls.typeOf(path);
      if (type !== 'btrfs') return { reason: `the file system of '${path}' (${type}) has no snapshots` };
      const root = this.#calls.rootOf(path);
      if (root === undefined)
        return { reason: `the top of the subvolume that holds '${path}' has no path here (a part of it is mounted)` };
      const problem = this.#calls.problem(root);
      if (problem !== undefined) return { reason: problem };
      const mounted = this.#calls.mountsBelow(this.#native.realPath(path));
      if (request.crossMount === true && mounted.length > 0)
        return { reason: `what is mounted in '${path}' is wanted too (-CrossMount) and cannot be frozen with it` };
    }
    return undefined;
  }

  #locate(path: string): Located {
    const root = this.#calls.rootOf(path);
    if (root === undefined)
      throw new EngineError('SnapshotNotAvailable', { message: `'${path}' is not in a btrfs subvolume.`, path });
    return { path, real: this.#native.realPath(path), root };
  }

  #freeze(root: string, persistent: boolean): SnapshotEntry {
    const id = randomUUID();
    const source = this.#calls.describe(root)?.uuid ?? '';
    const devicePath = paths.join(root, SNAPSHOT_FOLDER, id);
    const entry = this.#journal.begin({
      id,
      kind: 'Btrfs',
      volume: root,
      devicePath,
      persistent,
      facts: { source },
    });
    try {
      this.#calls.snapshot(root, makeSnapshotFolder(this.#calls, root), id);
      entry.facts['uuid'] = this.#calls.describe(devicePath)?.uuid ?? '';
      entry.state = 'Made';
      this.#journal.write(entry);
      return entry;
    } catch (error) {
      this.#destroy(entry);
      throw error instanceof NativeError ? failed(root, error) : error;
    }
  }

  #frozen({ path, real, root }: Located, entry: SnapshotEntry): FrozenSource {
    const below = real === root ? '' : real.slice(root === '/' ? 1 : root.length + 1);
    const readPath = below === '' ? entry.devicePath : paths.join(entry.devicePath, below);
    return { path, readPath, snapshotId: entry.id, missing: missingBelow(this.#calls, root, real) };
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- what fails is a rejection
  async #check(made: readonly SnapshotEntry[]): Promise<void> {
    const lost = made.find((entry) => !this.#isOurs(entry));
    if (!lost) return;
    throw new EngineError('SnapshotLost', {
      message: `The snapshot of '${lost.volume}' is gone: it was deleted while it was read.`,
      path: lost.devicePath,
    });
  }

  #release(made: readonly SnapshotEntry[]): Promise<void> {
    for (const entry of made) {
      try {
        this.#destroy(entry);
      } catch {
        // It stays in the journal: the next start tries again.
      }
    }
    return Promise.resolve();
  }

  /** Deletes what the entry says, if that is what lies there, and forgets it. @throws EngineError SnapshotFailed */
  #destroy(entry: SnapshotEntry): void {
    if (this.#isOurs(entry)) {
      try {
        this.#calls.destroy(paths.parent(entry.devicePath), paths.leaf(entry.devicePath));
      } catch (error) {
        if (error instanceof NativeError && this.#isOurs(entry)) throw notDeleted(entry, error);
      }
    }
    this.#journal.end(entry);
    removeSnapshotFolder(this.#calls, entry.volume);
  }

  #isOurs({ devicePath, facts, volume, id }: SnapshotEntry): boolean {
    if (devicePath !== paths.join(volume, SNAPSHOT_FOLDER, id)) return false;
    const found = this.#calls.describe(devicePath);
    if (!found?.readOnly || found.parentUuid !== facts['source']) return false;
    return facts['uuid'] === undefined || facts['uuid'] === found.uuid;
  }
}

function leftOut({ path, missing = [] }: FrozenSource): Snapshot['warnings'] {
  return missing
    .filter(({ kind }) => kind === 'Subvolume')
    .map((folder) => {
      const whole = paths.join(path, folder.path);
      return {
        id: 'SubvolumeNotInSnapshot',
        message: `'${whole}' is a subvolume of its own: it is not in the snapshot, and what is in it is not backed up.`,
        path: whole,
      };
    });
}

function failed(root: string, error: NativeError): EngineError {
  const { native } = error;
  return new EngineError('SnapshotFailed', {
    message: `No snapshot of '${root}' could be made: ${native.text} (${native.name}).`,
    path: root,
    native,
    cause: error,
  });
}

function notDeleted(entry: SnapshotEntry, error: NativeError): EngineError {
  const { native } = error;
  return new EngineError('SnapshotFailed', {
    message: `The snapshot '${entry.devicePath}' could not be deleted: ${native.text} (${native.name}).`,
    path: entry.devicePath,
    native,
    cause: error,
  });
}
