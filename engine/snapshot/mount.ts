import { lstatSync } from 'node:fs';
import { fsPath } from '../../native/fs-path.ts';
import { NativeError, type Native } from '../../native/index.ts';
import { paths } from '../../native/paths.ts';
import { EngineError } from '../errors/engine-error.ts';
import { describeSystemError } from '../errors/system-error.ts';
import type { SnapshotEntry, SnapshotJournal } from './journal.ts';

const LETTER = /^[A-Z]:$/;

/** Links and drive letters that lead to shadow copies. Each is written down before it is made. */
export class Mounts {
  readonly #links: Native['symbolicLinks'];
  readonly #letters: Native['driveLetters'];
  readonly #journal: Pick<SnapshotJournal, 'write'>;

  constructor(native: Pick<Native, 'symbolicLinks' | 'driveLetters'>, journal: Pick<SnapshotJournal, 'write'>) {
    this.#links = native.symbolicLinks;
    this.#letters = native.driveLetters;
    this.#journal = journal;
  }

  /**
   * Makes a link to a shadow copy.
   * @param path absolute, does not exist, in a folder that does
   * @throws EngineError MountFailed
   */
  link(entry: SnapshotEntry, path: string): void {
    // Else a link somebody else made, which is written down below, would be taken for ours.
    if (lstatSync(fsPath(path), { throwIfNoEntry: false })) throw mountFailed(path, 'it exists already');
    this.#make(entry, path, () => this.#links.make(path, rootOf(entry)));
  }

  /** Lets a free letter lead to a shadow copy. @param letter `X:`. @throws EngineError MountFailed */
  letter(entry: SnapshotEntry, letter: string): void {
    const letters = this.#letters;
    if (!letters) throw mountFailed(letter, 'drive letters are for Windows');
    this.#make(entry, letter, () => letters.mount(letter, entry.devicePath));
  }

  /** Removes one, if it still leads there. @throws EngineError MountNotFound, MountFailed */
  remove(entry: SnapshotEntry, mount: string): void {
    const known = entry.mounts.find((each) => paths.key(each) === paths.key(mount));
    if (known === undefined)
      throw new EngineError('MountNotFound', {
        message: `The shadow copy ${entry.id} is not mounted at '${mount}'.`,
        path: mount,
      });
    this.#undo(entry, known);
    this.#journal.write({ ...entry, mounts: entry.mounts.filter((each) => each !== known) });
  }

  /** Removes all that lead to a shadow copy. @throws EngineError MountFailed */
  removeAll(entry: SnapshotEntry): void {
    for (const mount of entry.mounts) this.#undo(entry, mount);
    if (entry.mounts.length > 0) this.#journal.write({ ...entry, mounts: [] });
  }

  #make(entry: SnapshotEntry, mount: string, make: () => void): void {
    this.#journal.write({ ...entry, mounts: [...entry.mounts, mount] });
    try {
      make();
    } catch (error) {
      this.#journal.write(entry);
      const native = causeOf(error);
      throw mountFailed(mount, `${native.text} (${native.name})`, native);
    }
  }

  #undo(entry: SnapshotEntry, mount: string): void {
    try {
      if (LETTER.test(mount)) this.#letters?.unmount(mount, entry.devicePath);
      else this.#links.remove(mount, rootOf(entry));
    } catch (error) {
      const native = causeOf(error);
      throw mountFailed(mount, `it cannot be removed: ${native.text} (${native.name})`, native);
    }
  }
}

/** A shadow copy's device needs a separator at its end to be a folder. */
function rootOf({ kind, devicePath }: SnapshotEntry): string {
  return kind === 'Vss' ? `${devicePath}\\` : devicePath;
}

function causeOf(error: unknown): NonNullable<EngineError['native']> {
  return error instanceof NativeError ? error.native : describeSystemError(error);
}

function mountFailed(path: string, why: string, native?: EngineError['native']): EngineError {
  return new EngineError('MountFailed', {
    message: `The shadow copy cannot be mounted at '${path}': ${why}.`,
    path,
    native,
  });
}
