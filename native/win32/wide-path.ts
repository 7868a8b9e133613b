import type { PinnedBuffer } from '../types.ts';
import type { OpenDirectory } from './directory.ts';
import { allocateWide, writeName } from './utf16.ts';

/** https://learn.microsoft.com/windows/win32/fileio/maximum-file-path-limitation, and one name more. */
const LIMIT = 32767;
const LONGEST_NAME = 255;

/** Paths of entries in pinned memory. That of the directory is written when the directory changes. */
export class WidePath {
  readonly #wide = allocateWide(LIMIT + LONGEST_NAME + 2);
  #directory: OpenDirectory | undefined;
  #prefix = 0;

  get address(): number {
    return this.#wide.memory.address;
  }

  /** Writes the NUL-terminated path of an entry. @returns its length in units */
  write(directory: OpenDirectory, names: PinnedBuffer, name: number): number {
    if (directory !== this.#directory) {
      this.#prefix = this.#wide.memory.bytes.write(directory.pathOf(''), 0, LIMIT * 2, 'utf16le') >> 1;
      this.#directory = directory;
    }
    return writeName(names, name, this.#wide, this.#prefix);
  }

  /** The units written last, for structures that hold a path. */
  copyTo(target: PinnedBuffer, at: number, units: number): void {
    target.bytes.set(this.#wide.memory.bytes.subarray(0, units * 2), at);
  }
}
