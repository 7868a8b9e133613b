import { accessSync, constants } from 'node:fs';
import { fsPath } from '../../native/fs-path.ts';
import type { Native } from '../../native/index.ts';
import { paths } from '../../native/paths.ts';
import { processRules } from '../../native/process.ts';
import { EngineError } from '../errors/engine-error.ts';

/** Names another folder for the journal; for tests, and for machines whose usual folder is read-only. */
const VARIABLE = 'MIRRORBACKUP_STATE';
const PARTS = ['snapshots', 'processes', 'scratch'] as const;
export type StatePart = (typeof PARTS)[number];
type Trust = Pick<Native, 'distrust' | 'makePrivateFolder' | 'mayKeepMachineState'>;

/**
 * Where a machine's journal lies. Whoever can write there decides what a start removes, with the rights of whoever starts:
 * a folder that somebody else has made, or may write to, is not read.
 */
export class StateFolder {
  readonly #native: Trust;
  readonly #candidates: readonly string[];
  #made: string | undefined;

  constructor(native: Trust, folder = process.env[VARIABLE]) {
    this.#native = native;
    this.#candidates = folder === undefined || folder === '' ? usualFolders(native) : [folder];
  }

  /** The folder in use; undefined when nothing was ever written down, or nobody should believe it. */
  existing(): string | undefined {
    return this.#made ?? this.#candidates.find((folder) => isWritable(folder) && !this.#problemOf(folder));
  }

  /** Why what is written down is not believed. */
  problem(): EngineError | undefined {
    if (this.existing() !== undefined) return undefined;
    for (const folder of this.#candidates) {
      const reason = isWritable(folder) ? this.#problemOf(folder) : undefined;
      if (reason !== undefined) return untrusted(reason);
    }
    return undefined;
  }

  /** The folder, made when it is first needed. @throws EngineError StateFolderUntrusted; errors of the system */
  writable(): string {
    if (this.#made !== undefined) return this.#made;
    let problem: unknown;
    for (const folder of this.#candidates) {
      try {
        const reason = this.#problemOf(folder);
        if (reason !== undefined) throw untrusted(reason);
        for (const path of foldersOf(folder)) this.#native.makePrivateFolder(path);
        if (!isWritable(folder)) continue;
        this.#made = folder;
        return folder;
      } catch (error) {
        // Not the next one instead: what another account sees there would not be what this one writes down.
        if (error instanceof EngineError) throw error;
        problem = error;
      }
    }
    throw problem instanceof Error ? problem : new Error(`None of ${this.#candidates.join(', ')} can be written.`);
  }

  /** Of the folder or of one in it: each may have been there before the others. */
  #problemOf(folder: string): { folder: string; why: string } | undefined {
    for (const path of foldersOf(folder)) {
      const why = this.#native.distrust(path);
      if (why !== undefined) return { folder: path, why };
    }
    return undefined;
  }
}

function usualFolders(native: Trust): string[] {
  const folders = processRules.stateFolders();
  return native.mayKeepMachineState() ? folders : folders.slice(1);
}

function foldersOf(folder: string): string[] {
  return [folder, ...PARTS.map((part) => paths.join(folder, part))];
}

function untrusted({ folder, why }: { folder: string; why: string }): EngineError {
  return new EngineError('StateFolderUntrusted', {
    message: `What '${folder}' says of snapshots is not believed, because ${why}.`,
    path: folder,
  });
}

function isWritable(folder: string): boolean {
  try {
    accessSync(fsPath(paths.join(folder, 'snapshots')), constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
