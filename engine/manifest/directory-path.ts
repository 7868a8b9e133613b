import { NO_BLOCK } from '../../native/item-record.ts';
import { joinByte, type BytePath } from '../../native/byte-path.ts';
import { INDEX_WORDS, IndexWord, ROOT_BLOCK } from './format.ts';
import { BlockReader } from './block-reader.ts';
import type { ManifestFile } from './manifest-file.ts';

/** Finds the paths of recorded directories by going up from child to parent; remembers what it found. */
export class DirectoryPaths {
  readonly #manifest: ManifestFile;
  readonly #reader: BlockReader;
  readonly #known = new Map<number, BytePath>();

  constructor(manifest: ManifestFile) {
    this.#manifest = manifest;
    this.#reader = new BlockReader(manifest);
  }

  /** Path, below the generation, of the directory whose children block `id` holds; '' for the root. */
  of(id: number): BytePath {
    if (id === ROOT_BLOCK || id === NO_BLOCK) return '';
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const entry = id * INDEX_WORDS;
    const parent = this.#manifest.index[entry + IndexWord.ParentBlock];
    const record = this.#manifest.index[entry + IndexWord.ParentRecord];
    const above = this.of(parent);
    this.#reader.load(parent);
    const path = joinByte(above, this.#reader.name(record));
    // Bounded: an unusual tree must not turn the cache into a copy of all its paths.
    if (this.#known.size > 50_000) this.#known.clear();
    this.#known.set(id, path);
    return path;
  }
}
