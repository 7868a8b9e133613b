import { NO_BLOCK, Word } from '../../native/item-record.ts';
import { INDEX_WORDS, IndexWord } from './format.ts';
import { BlockReader } from './block-reader.ts';
import type { ManifestFile } from './manifest-file.ts';

const State = { Missing: 0, Building: 1, Ready: 2 } as const;

/** Memory of an index, shared by the threads of a run; it takes pages only once it is built. */
export interface FileIdIndexMemory {
  state: Int32Array;
  table: Uint32Array;
}

/** Four to eight bytes per recorded item, and only when something unknown turns up. */
export function createFileIdIndexMemory(manifest: ManifestFile): FileIdIndexMemory {
  let items = 1;
  for (let id = 0; id < manifest.blocks; id++) items += manifest.index[id * INDEX_WORDS + IndexWord.Count];
  const slots = 2 ** Math.ceil(Math.log2(items * 1.5));
  return {
    state: new Int32Array(new SharedArrayBuffer(4)),
    table: new Uint32Array(new SharedArrayBuffer(slots * 4)),
  };
}

/** A recorded item found by its file id. */
export interface FoundRecord {
  block: number;
  record: number;
}

/** Finds recorded items by file id: a hash table from file id to block, built by the first thread that asks. */
export class FileIdIndex {
  readonly reader: BlockReader;
  readonly #memory: FileIdIndexMemory;
  readonly #blocks: number;

  constructor(manifest: ManifestFile, memory: FileIdIndexMemory) {
    this.reader = new BlockReader(manifest);
    this.#memory = memory;
    this.#blocks = manifest.blocks;
  }

  /**
   * First recorded item with this file id that `accept` takes. Its block stays loaded in {@link reader}.
   * @param accept gets the word offset of a candidate in `reader.words`
   */
  find(low: number, high: number, accept: (at: number) => boolean): FoundRecord | undefined {
    this.#ready();
    const { table } = this.#memory;
    const mask = table.length - 1;
    for (let slot = slotOf(low, high) & mask; table[slot] !== 0; slot = (slot + 1) & mask) {
      const block = table[slot] - 1;
      if (this.reader.id !== block) this.reader.load(block);
      const { words, count } = this.reader;
      for (let record = 0; record < count; record++) {
        const at = this.reader.at(record);
        if (words[at + Word.FileId] === low && words[at + Word.FileIdHi] === high && accept(at))
          return { block, record };
      }
    }
    return undefined;
  }

  #ready(): void {
    const { state } = this.#memory;
    if (Atomics.load(state, 0) === State.Ready) return;
    if (Atomics.compareExchange(state, 0, State.Missing, State.Building) === State.Missing) {
      try {
        this.#build();
      } catch (error) {
        this.#memory.table.fill(0);
        Atomics.store(state, 0, State.Missing);
        Atomics.notify(state, 0);
        throw error;
      }
      Atomics.store(state, 0, State.Ready);
      Atomics.notify(state, 0);
    } else {
      Atomics.wait(state, 0, State.Building);
      this.#ready();
    }
  }

  #build(): void {
    const { table } = this.#memory;
    const mask = table.length - 1;
    this.reader.id = NO_BLOCK;
    for (let id = 0; id < this.#blocks; id++) {
      this.reader.load(id);
      const { words, count } = this.reader;
      for (let record = 0; record < count; record++) {
        const at = this.reader.at(record);
        let slot = slotOf(words[at + Word.FileId], words[at + Word.FileIdHi]) & mask;
        while (table[slot] !== 0 && table[slot] !== id + 1) slot = (slot + 1) & mask;
        table[slot] = id + 1;
      }
    }
  }
}

/** File ids are often consecutive: mix the bits (the finalizer of MurmurHash3). */
function slotOf(low: number, high: number): number {
  let h = low ^ Math.imul(high, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
