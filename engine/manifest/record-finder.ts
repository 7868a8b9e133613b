import type { BytePath } from '../../native/byte-path.ts';
import { FileType, NO_BLOCK, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { BlockReader } from './block-reader.ts';
import { folderLosses } from './folder-losses.ts';
import { ROOT_BLOCK } from './format.ts';
import type { ManifestFile } from './manifest-file.ts';

/** What a manifest has of an item, a folder's own losses included, and of the folder it is in; none for a source. */
export interface FoundItem {
  record: Uint32Array;
  folder: Uint32Array | undefined;
}

/** Finds single items by their path: a block for each folder on the way is read, more for a folder that has several. */
export class RecordFinder {
  readonly #reader: BlockReader;

  constructor(manifest: ManifestFile) {
    this.#reader = new BlockReader(manifest);
  }

  /** @param path below the generation. @throws EngineError ManifestDamaged */
  find(path: BytePath): FoundItem | undefined {
    let block = ROOT_BLOCK;
    let folder: Uint32Array | undefined;
    let record: Uint32Array | undefined;
    for (const name of path.split('/')) {
      if (block === NO_BLOCK) return undefined;
      folder = record;
      record = this.#findEntry(block, name);
      if (!record) return undefined;
      const isFolder = (record[Word.Mode] & FileType.Mask) === FileType.Directory;
      block = isFolder ? record[Word.Child] : NO_BLOCK;
    }
    if (record && block !== NO_BLOCK) record[Word.Losses] = folderLosses(this.#reader, block);
    return record && { record, folder };
  }

  #findEntry(first: number, name: BytePath): Uint32Array | undefined {
    const reader = this.#reader;
    for (let id = first; id !== NO_BLOCK; id = reader.next) {
      reader.load(id);
      if (reader.count === 0 || reader.name(reader.count - 1) < name) continue;
      let [low, high] = [0, reader.count - 1];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (reader.name(middle) < name) low = middle + 1;
        else high = middle;
      }
      const at = reader.at(low);
      return reader.name(low) === name ? reader.words.slice(at, at + RECORD_WORDS) : undefined;
    }
    return undefined;
  }
}
