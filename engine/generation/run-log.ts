import { closeSync, openSync, writeSync } from 'node:fs';
import type { Layout } from './layout.ts';

/**
 * The log of a run: one JSON object per line (changes, items of which something could not be kept, failed
 * items, warnings), kept beside the manifest. Losing it does
 * not lose the backup, so a disk that refuses it stops nothing.
 */
export class RunLog {
  #file: number | undefined;

  constructor(layout: Layout, generation: string) {
    this.#file = openSync(layout.path(layout.log(generation)), 'w', 0o600);
  }

  write(kind: 'change' | 'loss' | 'error' | 'warning', entries: readonly object[]): void {
    if (this.#file === undefined || entries.length === 0) return;
    try {
      writeSync(this.#file, entries.map((entry) => `${JSON.stringify({ kind, ...entry })}\n`).join(''));
    } catch {
      this.close();
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}
