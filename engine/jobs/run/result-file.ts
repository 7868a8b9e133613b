import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobResult } from '../../types/protocol.ts';

/** A file for hooks with the result so far, which only this account may read and which goes when they have run. */
export class ResultFile {
  readonly #folder = mkdtempSync(join(tmpdir(), 'mirrorbackup-'));
  readonly path = join(this.#folder, 'result.json');

  write(result: JobResult): void {
    writeFileSync(this.path, `${JSON.stringify(result, undefined, 2)}\n`, { mode: 0o600 });
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
