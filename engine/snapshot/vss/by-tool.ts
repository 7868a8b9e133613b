import { access } from 'node:fs/promises';
import { writeFileSync } from 'node:fs';
import { NativeError } from '../../../native/index.ts';
import { parseGuid } from '../../../native/vss/guid.ts';
import { EngineError } from '../../errors/engine-error.ts';
import type { ShadowCopyInfo, WarningEntry } from '../../types/protocol.ts';
import type { SnapshotEntry } from '../journal.ts';
import type { Snapshot, SnapshotProvider, SnapshotRequest, Unavailability } from '../provider.ts';
import type { VssJournal } from './delete.ts';
import { beginAttempt, filesOf, isAttempt, isSameVolume, resultOf, saidIn } from './tool-attempt.ts';
import { askTool, failureText, runTool, toolFailed, type ToolPrograms } from './tool-run.ts';
import {
  createByDiskshadow,
  createByWmi,
  deleteByWmi,
  diskshadowScript,
  listByWmi,
  readCopies,
  type ToolCall,
  type ToolCopy,
} from './tools.ts';
import { freezeSource, isShare, type PathCalls, type PlacedSource, placeSource } from './volumes.ts';

/** For calls that look or clean up. */
const CLEANUP_MS = 60_000;
const GRACE_MS = 10_000;

export interface ToolOptions {
  readonly programs?: ToolPrograms;
  /** How long a program may go on after a cancellation. */
  readonly graceMs?: number;
  /** Whether the root folder of a device can be reached. */
  readonly isThere?: (device: string) => Promise<boolean>;
}

/**
 * Shadow copies by the programs of Windows, for hosts where COM is refused: by WMI without writers, by diskshadow with
 * them. They persist until they are deleted, so that the journal is all that remembers them.
 */
export class VssByTool implements SnapshotProvider {
  readonly kind = 'Vss';
  readonly #paths: PathCalls;
  readonly #journal: VssJournal;
  readonly #programs: ToolPrograms;
  readonly #graceMs: number;
  readonly #isThere: (device: string) => Promise<boolean>;

  constructor(paths: PathCalls, journal: VssJournal, options: ToolOptions = {}) {
    this.#paths = paths;
    this.#journal = journal;
    this.#programs = options.programs ?? {};
    this.#graceMs = options.graceMs ?? GRACE_MS;
    this.#isThere = options.isThere ?? isThere;
  }

  async unavailable({ sources, crossMount }: SnapshotRequest): Promise<Unavailability | undefined> {
    const share = sources.find(({ path }) => isShare(path));
    if (share) return { reason: `'${share.path}' is on a file server` };
    if (crossMount === true) return { reason: 'volumes mounted inside the sources cannot be frozen with them' };
    try {
      await this.#copies();
      return undefined;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return { reason: error.message.replace(/\.$/, '').replace(/^No/, 'no') };
    }
  }

  async create(request: SnapshotRequest, progress: (phase: string) => void, signal: AbortSignal): Promise<Snapshot> {
    const sources = this.#place(request);
    const volumes = [...new Set(sources.map(({ volume }) => volume))];
    const timeoutMs = request.timeoutSeconds * 1000;
    const existing = await this.#copies();
    throwIfCancelled(signal);
    const attempt = beginAttempt(this.#journal, volumes, existing, timeoutMs);
    try {
      progress('Freezing volumes');
      const warnings = await this.#make(attempt, volumes, request.withWriters, timeoutMs, signal);
      throwIfCancelled(signal);
      const copies = resultOf(attempt, saidIn(this.#journal, attempt), await this.#copies()).ours;
      const missing = volumes.find((volume) => !copies.some((copy) => isSameVolume(copy.volume, volume)));
      if (missing !== undefined) throw toolFailed(`no shadow copy of ${missing} was found`);
      const made = copies.map((copy) => this.#writeDown(copy, request.persistent));
      this.#journal.end(attempt);
      return this.#snapshot(sources, copies, made, warnings);
    } catch (error) {
      // What cannot be deleted now, or comes into being yet, stays in the journal for the next start.
      await this.#takeBack(attempt, !(error instanceof Stopped)).catch(() => undefined);
      throwIfCancelled(signal);
      throw error instanceof Stopped ? error.reason : error;
    }
  }

  async list(): Promise<readonly ShadowCopyInfo[]> {
    return (await this.#copies()).map(({ id, volume, device, createdAt }) => {
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
    if (entry) return isAttempt(entry) ? this.#takeBack(entry, false) : this.#delete(entry);
    const exists = (await this.#copies()).some((copy) => copy.id === guid);
    throw exists
      ? new EngineError('ShadowCopyNotOurs', { message: `The shadow copy ${id} was made by another program.` })
      : new EngineError('ShadowCopyNotFound', { message: `There is no shadow copy with the id ${id}.` });
  }

  #snapshot(
    sources: readonly PlacedSource[],
    copies: readonly ToolCopy[],
    made: SnapshotEntry[],
    warnings: readonly WarningEntry[],
  ): Snapshot {
    const frozen = sources.map((source) => {
      const copy = copies.find(({ volume }) => isSameVolume(volume, source.volume));
      if (!copy) throw new Error(`No shadow copy of ${source.volume}`);
      return freezeSource(source, copy.device, copy.id);
    });
    return {
      kind: this.kind,
      sources: frozen,
      createdAt: new Date(Math.min(...copies.map(({ createdAt }) => createdAt.getTime()))),
      warnings,
      exclusions: [],
      documents: [],
      check: async () => {
        for (const { volume, device } of copies)
          if (!(await this.#isThere(device)))
            throw new EngineError('SnapshotLost', {
              message: `The shadow copy of '${volume}' is gone.`,
              path: device,
              hint: 'Windows deletes shadow copies when their storage is full: vssadmin list shadowstorage. Run again.',
            });
      },
      complete: () => Promise.resolve([]),
      release: async () => {
        // What cannot be deleted now stays in the journal for the next start.
        for (const entry of made.splice(0)) await this.#delete(entry).catch(() => undefined);
      },
    };
  }

  /** @returns what people should know of the way it was done. @throws Stopped, EngineError */
  async #make(
    attempt: SnapshotEntry,
    volumes: readonly string[],
    withWriters: boolean,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<WarningEntry[]> {
    const { output, script } = filesOf(this.#journal, attempt);
    const run = async (call: ToolCall): Promise<'Done' | 'Missing'> => {
      const end = await runTool(call, this.#programs, { output, timeoutMs, graceMs: this.#graceMs }, signal);
      if (end === 'Done' || (end === 'Missing' && call.program === 'diskshadow.exe')) return end;
      const reason = toolFailed(failureText(call, end, saidIn(this.#journal, attempt)));
      throw end === 'Stopped' ? new Stopped(reason) : reason;
    };
    if (withWriters) {
      writeFileSync(script, diskshadowScript(volumes));
      if ((await run(createByDiskshadow(script))) === 'Done') return [noCompletion];
    }
    await run(createByWmi(volumes));
    return withWriters ? [noWriters] : [];
  }

  /**
   * Deletes what a program has made.
   * @param isOver it ended by itself: nothing more comes
   * @throws EngineError when something may be left; then it stays in the journal
   */
  async #takeBack(attempt: SnapshotEntry, isOver: boolean): Promise<void> {
    const { ours, doubtful, isWhole, isOpen } = resultOf(attempt, saidIn(this.#journal, attempt), await this.#copies());
    for (const { id } of ours) {
      await this.#ask(deleteByWmi(id));
      const entry = this.#journal.find(id);
      if (entry) this.#journal.end(entry);
    }
    if (!isOver && isOpen)
      throw toolFailed(
        'one that an ended process has begun may still come into being',
        'It is looked for again later.',
      );
    const unsure = isOver || isWhole ? [] : doubtful;
    for (const copy of unsure) this.#leaveToUser(copy);
    // Said once: from now on it is in the lists of shadow copies.
    this.#journal.end(attempt);
    const ids = unsure.map(({ id }) => id);
    if (ids.length > 0)
      throw toolFailed(
        `an ended process may have left ${ids.join(', ')}, or another program has made it`,
        `If nobody needs it: ${ids.map((id) => `Remove-ShadowCopy '${id}'`).join('; ')}`,
      );
  }

  /** Nothing tells whose it is: it is never swept, and a user who knows may remove it. */
  #leaveToUser({ id, volume, device, createdAt }: ToolCopy): void {
    const entry = this.#journal.begin({ id, kind: this.kind, volume, devicePath: device, persistent: true, facts: {} });
    const owner = 'MirrorBackup (an ended process) or another program';
    this.#journal.write({ ...entry, state: 'Made', createdAt: createdAt.toISOString(), owner });
  }

  #writeDown({ id, volume, device, createdAt }: ToolCopy, persistent: boolean): SnapshotEntry {
    const entry = this.#journal.begin({ id, kind: this.kind, volume, devicePath: device, persistent, facts: {} });
    Object.assign(entry, { state: 'Made', createdAt: createdAt.toISOString() });
    this.#journal.write(entry);
    return entry;
  }

  async #delete(entry: SnapshotEntry): Promise<void> {
    await this.#ask(deleteByWmi(entry.id));
    this.#journal.end(entry);
  }

  async #copies(): Promise<ToolCopy[]> {
    return readCopies(await this.#ask(listByWmi()));
  }

  #ask(call: ToolCall): Promise<string> {
    return askTool(call, this.#programs, CLEANUP_MS);
  }

  #place({ sources }: SnapshotRequest): PlacedSource[] {
    try {
      return sources.map(({ path }) => placeSource(path, this.#paths));
    } catch (error) {
      if (error instanceof NativeError) throw toolFailed(`${error.native.text} (${error.native.name}, ${error.call})`);
      throw error;
    }
  }
}

/** A program was ended: the service may go on with what it began. */
class Stopped extends Error {
  readonly reason: EngineError;

  constructor(reason: EngineError) {
    super(reason.message);
    this.reason = reason;
  }
}

const noCompletion: WarningEntry = {
  id: 'SnapshotWritersNotTold',
  message:
    'Writers took part in the shadow copy, and are not told whether the backup was completed: diskshadow made it.',
};

const noWriters: WarningEntry = {
  id: 'SnapshotWithoutWriters',
  message: 'No writer took part in the shadow copy, because there is no diskshadow: files are as after a power cut.',
};

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new EngineError('Cancelled', { message: 'No shadow copy was made: it was cancelled.' });
}

async function isThere(device: string): Promise<boolean> {
  return access(`${device}\\`).then(
    () => true,
    () => false,
  );
}
