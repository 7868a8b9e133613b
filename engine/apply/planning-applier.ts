import type { CopyResult, Directory, NativeCode, PinnedBuffer } from '../../native/index.ts';
import { FileType, Word, readUnsigned64 } from '../../native/item-record.ts';
import { emptyCopyResult, type Applier } from './applier.ts';

/** Changes nothing and lets everything succeed. */
export class PlanningApplier implements Applier {
  readonly writes = false;
  readonly #result = emptyCopyResult();

  enter(): void {
    // Nothing to open.
  }

  leave(): void {
    // Nothing to close.
  }

  makeDirectory(): NativeCode {
    return 0;
  }

  link(): NativeCode {
    return 0;
  }

  copy(_source: Directory, _names: PinnedBuffer, _name: number, record: Uint32Array, at: number): CopyResult {
    const isFile = (record[at + Word.Mode] & FileType.Mask) === FileType.File;
    this.#result.bytes = isFile ? readUnsigned64(record, at + Word.Size) : 0;
    return this.#result;
  }

  finishDirectory(): NativeCode {
    return 0;
  }

  close(): void {
    // Nothing to close.
  }
}
