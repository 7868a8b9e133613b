/** Shadow copies by programs that are doubles (test/doubles/vss-tool.mjs), and the journal of a machine. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SnapshotEntry } from '../../engine/snapshot/journal.ts';
import type { Snapshot, SnapshotProvider, SnapshotRequest } from '../../engine/snapshot/provider.ts';
import { VssByTool } from '../../engine/snapshot/vss/by-tool.ts';
import type { VssJournal } from '../../engine/snapshot/vss/delete.ts';
import { NativeError } from '../../native/index.ts';
import type { VolumeOfPath } from '../../native/vss/calls.ts';
import { MemoryJournal } from './win32/memory-journal.ts';

/** Of drive C. */
export const volumeC = '\\\\?\\Volume{00000000-0000-0000-0000-000000000043}\\';
export const volumeD = '\\\\?\\Volume{00000000-0000-0000-0000-000000000044}\\';

export interface Copy {
  id: string;
  volume: string;
  device: string;
  time: string;
}

interface Behaviour {
  exit?: number;
  says?: string;
  hang?: 'before' | 'after';
  mute?: boolean;
  /** How many are made before it ends with `exit`. */
  copies?: number;
}

const double = join(import.meta.dirname, '../doubles/vss-tool.mjs');

export class VssToolSandbox implements Disposable {
  readonly root: string;

  constructor(root = mkdtempSync(join(tmpdir(), 'vss-tool-'))) {
    this.root = root;
  }

  provider(journal: VssJournal, { diskshadow = true, graceMs = 200 } = {}): VssByTool {
    const start = [process.execPath, double, this.root];
    return new VssByTool({ realPath, volumeOf }, journal, {
      programs: {
        'powershell.exe': [...start, 'powershell'],
        'diskshadow.exe': diskshadow ? [...start, 'diskshadow'] : [join(this.root, 'diskshadow.exe')],
      },
      graceMs,
      isThere: (device) => Promise.resolve(this.copies.some((copy) => copy.device === device)),
    });
  }

  behave(behaviour: Partial<Record<'list' | 'create' | 'delete', Behaviour>>): void {
    writeFileSync(join(this.root, 'behave.json'), JSON.stringify(behaviour));
  }

  get copies(): Copy[] {
    const file = join(this.root, 'copies.json');
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Copy[]) : [];
  }

  set copies(copies: readonly Copy[]) {
    writeFileSync(join(this.root, 'copies.json'), JSON.stringify(copies));
  }

  /** Where a journal keeps what belongs to attempts. */
  get attempts(): string {
    return join(this.root, 'attempts');
  }

  /** What was asked of which program, in order. */
  get calls(): string[] {
    return this.#lines('calls.txt');
  }

  /** Whether no program runs, not even one that has yet to say so. */
  get isQuiet(): boolean {
    return !readdirSync('/proc').some((name) => /^\d+$/.test(name) && commandLine(name).includes(this.root));
  }

  /** Folders of attempts that nobody removed. */
  get scratch(): string[] {
    return existsSync(this.attempts) ? readdirSync(this.attempts) : [];
  }

  #lines(name: string): string[] {
    const file = join(this.root, name);
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

export function request(changes: Partial<SnapshotRequest> = {}): SnapshotRequest {
  return { sources: [{ path: 'C:\\data' }], withWriters: false, timeoutSeconds: 20, persistent: false, ...changes };
}

export function create(
  provider: SnapshotProvider,
  changes: Partial<SnapshotRequest> = {},
  signal = new AbortController().signal,
): Promise<Snapshot> {
  return provider.create(request(changes), () => undefined, signal);
}

/** A journal that remembers what was written into it, in order. */
export class WatchedJournal extends MemoryJournal {
  readonly written: { entry: SnapshotEntry; copies: number }[] = [];
  readonly #sandbox: VssToolSandbox;

  constructor(sandbox: VssToolSandbox) {
    super(sandbox.attempts);
    this.#sandbox = sandbox;
  }

  override write(entry: SnapshotEntry): void {
    super.write(entry);
    this.written.push({ entry: { ...entry }, copies: this.#sandbox.copies.length });
  }
}

/** Of a process, which may just have ended. */
function commandLine(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function volumeOf(path: string): VolumeOfPath {
  return { volume: path.startsWith('D:') ? volumeD : volumeC, root: path.slice(0, 3) };
}

function realPath(path: string): string {
  if (path.startsWith('Q:'))
    throw new NativeError('NtCreateFile', { code: 3, name: 'ERROR_PATH_NOT_FOUND', text: 'Path not found' }, path);
  return path;
}
