import { NativeError, type Directory, type Native } from '../../native/index.ts';
import { byteFromText, joinByte } from '../../native/byte-path.ts';
import { FileType, RECORD_WORDS, Word } from '../../native/item-record.ts';
import type { Layout } from '../generation/layout.ts';
import type { DamagedName } from './damaged-copy.ts';

/** Tells the copies of one set apart. */
export function copyKey(record: Uint32Array): string {
  return `${record[Word.Device]}-${record[Word.FileIdHi]}-${record[Word.FileId]}`;
}

export interface FoundCopy {
  key: string;
  /** Names it has in all. */
  links: number;
}

/** Looks up which copies names lead to. Follows no links. */
export class CopyLookup {
  readonly #native: Native;
  readonly #set: Directory;
  readonly #record = new Uint32Array(RECORD_WORDS);

  constructor(native: Native, layout: Layout) {
    this.#native = native;
    this.#set = native.openRoot(layout.setBytes, 'reference');
  }

  /** @returns undefined when there is no file of that name, or it cannot be looked at */
  find({ generation, path }: DamagedName): FoundCopy | undefined {
    const native = this.#native;
    const whole = joinByte(byteFromText(generation), byteFromText(path));
    const end = whole.lastIndexOf('/');
    const name = Buffer.from(`${whole.slice(end + 1)}\0`, 'latin1');
    const names = native.allocate(name.length);
    name.copy(names.bytes);
    let folder: Directory | undefined;
    try {
      folder = native.openDirectory(this.#set, whole.slice(0, end), 'reference');
      const record = this.#record;
      if (native.stat(folder, names, 0, record, 0) !== 0) return undefined;
      if ((record[Word.Mode] & FileType.Mask) === FileType.Directory) return undefined;
      return { key: copyKey(record), links: record[Word.Links] };
    } catch (error) {
      if (error instanceof NativeError) return undefined;
      throw error;
    } finally {
      if (folder) native.closeDirectory(folder);
    }
  }

  close(): void {
    this.#native.closeDirectory(this.#set);
  }
}
