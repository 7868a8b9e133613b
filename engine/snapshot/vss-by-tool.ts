import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { type Native, NativeError } from '../../native/index.ts';
import { parseGuid } from '../../native/win32/vss/guid.ts';
import { volumeOf } from '../../native/win32/vss/volume-of.ts';
import { EngineError } from '../errors/engine-error.ts';
import type { ShadowCopyInfo } from '../types/protocol.ts';
import type { SnapshotEntry } from './journal.ts';
import type { Snapshot, SnapshotProvider, SnapshotRequest, Unavailability } from './provider.ts';
import type { VssJournal } from './vss-delete.ts';
import {
  createByDiskshadow,
  createByWmi,
  deleteByWmi,
  listByWmi,
  readCopies,
  readDiskshadowIds,
  type ToolCall,
  type ToolCopy,
} from './vss-tools.ts';
import { freezeSource, isShare, type PathCalls, type PlacedSource, placeSource } from './vss-volumes.ts';

/** For calls that look or clean up. */
const CLEANUP_MS = 60_000;
const LAST_WORDS = 400;

export interface ToolOptions {
  /** Other programs in the place of those of Windows, each with arguments that come first. */
  readonly programs?: Partial<Record<ToolCall['program'], readonly string[]>>;
  readonly volumeOf?: PathCalls['volumeOf'];
}

/**
 * Shadow copies by the programs of Windows, for hosts where COM is refused: by WMI without writers, by diskshadow with
 * them. They persist until they are deleted, so that the journal is all that remembers them.
 */
export class VssByTool implements SnapshotProvider {
  readonly kind = 'Vss';
  readonly #paths: PathCalls;
  readonly #journal: VssJournal;
  readonly #programs: NonNullable<ToolOptions['programs']>;

  constructor(native: Pick<Native, 'realPath'>, journal: VssJournal, options: ToolOptions = {}) {
    this.#paths = { realPath: (path) => native.realPath(path), volumeOf: options.volumeOf ?? volumeOf };
    this.#journal = journal;
    this.#programs = options.programs ?? {};
  }

  async unavailable({ sources, crossMount }: SnapshotRequest): Promise<Unavailability | undefined> {
    const share = sources.find(({ path }) => isShare(path));
    if (share) return { reason: `'${share.path}' is on a file server` };
    if (crossMount === true) return { reason: 'volumes mounted inside the sources cannot be frozen with them' };
    try {
      await this.list();
      return undefined;
    } catch (error) {
      if (error instanceof EngineError) return { reason: error.message.replace(/\.$/, '') };
      throw error;
    }
  }

  async create(request: SnapshotRequest, progress: (phase: string) => void, signal: AbortSignal): Promise<Snapshot> {
    const sources = this.#place(request);
    const volumes = [...new Set(sources.map(({ volume }) => volume))];
    // A program that is ended half-way may leave a copy nobody knows of: it is let finish, and what it made is deleted.
    const patience = AbortSignal.timeout(request.timeoutSeconds * 1000);
    const made: SnapshotEntry[] = [];
    progress('Freezing volumes');
    try {
      const copies = await this.#make(volumes, request.withWriters, patience);
      for (const copy of copies) made.push(this.#writeDown(copy, request.persistent));
      signal.throwIfAborted();
      const missing = volumes.find((volume) => !copies.some((copy) => copy.volume === volume));
      if (missing !== undefined) throw failed(`no shadow copy of ${missing} was found`);
      return this.#snapshot(sources, copies, made);
    } catch (error) {
      for (const entry of made) await this.#delete(entry).catch(() => undefined);
      if (signal.aborted) throw new EngineError('Cancelled', { message: 'No shadow copy was made: it was cancelled.' });
      throw error;
    }
  }

  async list(): Promise<readonly ShadowCopyInfo[]> {
    return readCopies(await this.#run(listByWmi())).map(({ id, volume, device, createdAt }) => {
      const entry = this.#journal.find(id);
      return {
        id,
        kind: this.kind,
        volume,
        devicePath: device,
        createdAt: createdAt.toISOString(),
        persistent: true,
        mounts: entry?.mounts ?? [],
        owner: entry?.owner ?? 'another program',
      };
    });
  }

  async remove(id: string): Promise<void> {
    const guid = parseGuid(id);
    const entry = guid && this.#journal.find(guid);
    if (!entry)
      throw new EngineError('ShadowCopyNotFound', { message: `There is no shadow copy of ours with the id ${id}.` });
    await this.#delete(entry);
  }

  #snapshot(sources: readonly PlacedSource[], copies: readonly ToolCopy[], made: SnapshotEntry[]): Snapshot {
    const copyOf = (source: PlacedSource): ToolCopy =>
      copies.find(({ volume }) => volume === source.volume) ?? copies[0];
    return {
      kind: this.kind,
      sources: sources.map((source) => freezeSource(source, copyOf(source).device, copyOf(source).id)),
      createdAt: new Date(Math.min(...copies.map(({ createdAt }) => createdAt.getTime()))),
      warnings: [],
      exclusions: [],
      documents: [],
      check: async () => {
        const ids = new Set((await this.list()).map(({ id }) => id));
        const lost = copies.find(({ id }) => !ids.has(id));
        if (lost)
          throw new EngineError('SnapshotLost', {
            message: `The shadow copy of '${lost.volume}' is gone.`,
            path: lost.device,
          });
      },
      // The program has told the writers already.
      complete: () => Promise.resolve([]),
      release: async () => {
        // What cannot be deleted now stays in the journal for the next start.
        for (const entry of made.splice(0)) await this.#delete(entry).catch(() => undefined);
      },
    } satisfies Snapshot;
  }

  async #make(volumes: readonly string[], withWriters: boolean, signal: AbortSignal): Promise<ToolCopy[]> {
    if (!withWriters) {
      const copies: ToolCopy[] = [];
      for (const volume of volumes) copies.push(...readCopies(await this.#run(createByWmi(volume), signal)));
      return copies;
    }
    const folder = mkdtempSync(join(tmpdir(), 'mirrorbackup-'));
    try {
      const call = createByDiskshadow(volumes, join(folder, 'script.dsh'));
      writeFileSync(join(folder, 'script.dsh'), `${(call.script ?? []).join('\r\n')}\r\n`);
      const ids = new Set(readDiskshadowIds(await this.#run(call, signal)));
      return readCopies(await this.#run(listByWmi())).filter(({ id }) => ids.has(id));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  #writeDown({ id, volume, device, createdAt }: ToolCopy, persistent: boolean): SnapshotEntry {
    const entry = this.#journal.begin({ id, kind: this.kind, volume, devicePath: device, persistent, facts: {} });
    Object.assign(entry, { state: 'Made', createdAt: createdAt.toISOString() });
    this.#journal.write(entry);
    return entry;
  }

  async #delete(entry: SnapshotEntry): Promise<void> {
    await this.#run(deleteByWmi(entry.id));
    this.#journal.end(entry);
  }

  /** @throws EngineError with the last words of the program */
  async #run({ program, args }: ToolCall, signal = AbortSignal.timeout(CLEANUP_MS)): Promise<string> {
    const [file, ...first] = this.#programs[program] ?? [program];
    const result = await execa(file, [...first, ...args], {
      cancelSignal: signal,
      reject: false,
      stdin: 'ignore',
      windowsHide: true,
    });
    if (!result.failed) return result.stdout;
    if (result.isCanceled) throw failed(`${program} was ended: it took too long or was cancelled`);
    const words = `${result.stderr}\n${result.stdout}`.trim().slice(-LAST_WORDS);
    throw failed(
      `${program} ended with ${result.exitCode ?? result.signal ?? result.code}${words === '' ? '' : `: ${words}`}`,
    );
  }

  #place({ sources }: SnapshotRequest): PlacedSource[] {
    try {
      return sources.map(({ path }) => placeSource(path, this.#paths));
    } catch (error) {
      if (error instanceof NativeError) throw failed(`${error.native.text} (${error.native.name}, ${error.call})`);
      throw error;
    }
  }
}

function failed(why: string): EngineError {
  return new EngineError('SnapshotFailed', { message: `No shadow copy by the programs of Windows: ${why}.` });
}
