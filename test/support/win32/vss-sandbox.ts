/** A provider of shadow copies on the double of VSS, with a journal in memory. */
import { realpathSync } from 'node:fs';
import { NativeError } from '../../../native/index.ts';
import type { MachineRegistry, VolumeOfPath } from '../../../native/vss/calls.ts';
import { vss } from '../../../native/win32/vss/calls.ts';
import type { Snapshot, SnapshotRequest } from '../../../engine/snapshot/provider.ts';
import { VssProvider } from '../../../engine/snapshot/vss/provider.ts';
import type { VssTiming } from '../../../engine/snapshot/vss/timing.ts';
import { MemoryJournal } from './memory-journal.ts';
import { VssDouble } from './vss-double.ts';

export const quick: VssTiming = { soonMs: 30, laterMs: 30, writerAttempts: 4, cleanupMs: 5000, graceMs: 300 };

export class VssSandbox implements Disposable {
  readonly double = new VssDouble();
  readonly journal = new MemoryJournal();
  readonly phases: string[] = [];
  /** Keys with their text values. */
  readonly registry: Record<string, Record<string, string[]>> = {};
  readonly provider = this.withTiming(quick);

  /** Folders on which volumes are mounted: the root of the volume each leads to. Wine has drive letters only. */
  readonly mounted = new Map<string, string>();

  withTiming(timing: VssTiming): VssProvider {
    const registry: MachineRegistry = {
      readTextValues: (key) => new Map(Object.entries(this.registry[key] ?? {})),
      readKeyNames: (key) =>
        Object.keys(this.registry)
          .filter((name) => name.startsWith(`${key}\\`))
          .map((name) => name.slice(key.length + 1)),
    };
    return new VssProvider(vss, { realPath, volumeOf: (path) => this.#volumeOf(path) }, this.journal, {
      timing,
      registry,
    });
  }

  #volumeOf(path: string): VolumeOfPath {
    for (const [root, volume] of this.mounted)
      if (path.toLowerCase().startsWith(root.toLowerCase())) return { ...vss.volumeOf(volume), root };
    return vss.volumeOf(path);
  }

  request(changes: Partial<SnapshotRequest> = {}): SnapshotRequest {
    const sources = [{ path: this.double.source }];
    return { sources, withWriters: true, timeoutSeconds: 20, persistent: false, ...changes };
  }

  create(changes: Partial<SnapshotRequest> = {}, signal = new AbortController().signal): Promise<Snapshot> {
    return this.provider.create(this.request(changes), (phase) => this.phases.push(phase), signal);
  }

  /** All that must be empty when a snapshot was given back. */
  leftovers(): unknown {
    const { double, journal } = this;
    return { ...double.left(), journal: journal.entries.size, live: double.live(), misuse: double.misuse() };
  }

  [Symbol.dispose](): void {
    this.double[Symbol.dispose]();
  }
}

export const nothing = { snapshots: [], devices: [], creating: false, journal: 0, live: 0, misuse: [] };

function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    throw new NativeError('NtCreateFile', { code: 3, name: 'ERROR_PATH_NOT_FOUND', text: 'Path not found' }, path);
  }
}
