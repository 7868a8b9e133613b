import { textFromByte, type BytePath } from '../../native/byte-path.ts';
import type { GrowingFolder } from '../types/protocol.ts';

/** Keeps the few folders in which most was copied; the others are forgotten as soon as they are done. */
export class GrowingFolders {
  readonly #most: number;
  readonly #found: { path: BytePath; bytes: number; files: number }[] = [];
  #path: BytePath = '';
  #bytes = 0;
  #files = 0;

  constructor(most: number) {
    this.#most = most;
  }

  enter(path: BytePath): void {
    if (path === this.#path) return;
    this.#close();
    this.#path = path;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
    this.#files++;
  }

  results(): GrowingFolder[] {
    this.#close();
    this.#trim();
    return this.#found.map(({ path, bytes, files }) => ({ path: textFromByte(path), bytes, files }));
  }

  #close(): void {
    if (this.#bytes > 0 && this.#most > 0)
      this.#found.push({ path: this.#path, bytes: this.#bytes, files: this.#files });
    this.#bytes = 0;
    this.#files = 0;
    if (this.#found.length > this.#most * 2 + 64) this.#trim();
  }

  #trim(): void {
    this.#found.sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1));
    this.#found.length = Math.min(this.#found.length, this.#most);
  }
}
