import type { CopyProgress, CopyResult, Directory, NativeCode, PinnedBuffer } from '../../native/index.ts';
import type { BytePath } from '../../native/byte-path.ts';

/**
 * Carries decisions out, one directory at a time: between {@link enter} and {@link leave} all names are in that
 * directory. Two of them: one works in the staging folder, one only pretends (a plan, or a full disk).
 */
export interface Applier {
  readonly writes: boolean;
  enter(path: BytePath): void;
  leave(): void;
  makeDirectory(names: PinnedBuffer, name: number, record: Uint32Array, at: number): NativeCode;
  link(from: Directory, fromNames: PinnedBuffer, fromName: number, names: PinnedBuffer, name: number): NativeCode;
  copy(
    source: Directory,
    names: PinnedBuffer,
    name: number,
    record: Uint32Array,
    at: number,
    progress: CopyProgress,
  ): CopyResult;
  /**
   * Gives the directory its own metadata; losses are noted in the record.
   * @param isPlain it is known to have no ACL, extended attributes or streams
   */
  finishDirectory(source: Directory, record: Uint32Array, at: number, isPlain: boolean): NativeCode;
  close(): void;
}

export function emptyCopyResult(): CopyResult {
  return { code: 0, side: 'source', bytes: 0, torn: false, typeChanged: false, cancelled: false };
}
