import type { BytePath } from '../../native/byte-path.ts';
import { Word } from '../../native/item-record.ts';
import { BlockReader } from '../manifest/block-reader.ts';
import { ROOT_BLOCK } from '../manifest/format.ts';
import type { ManifestFile } from '../manifest/manifest-file.ts';

export const KEY_WORDS = 6;

/**
 * What tells the copies of a set apart: the generation that made the copy, and the file of the source it was made of. A
 * file is known by its id, its birth time (ids are used again) and its file system (which numbers its files on its own).
 */
export class CopyKeys {
  readonly #generations = new Map<string, number>();
  readonly #fileSystems = new Map<string, number>();
  /** By generation: number in its own table → number here. */
  readonly #introduced: Uint32Array[];
  /** By generation: device number → number here. */
  readonly #devices: Map<number, number>[];

  constructor(manifests: readonly ManifestFile[]) {
    this.#introduced = manifests.map(({ summary }) =>
      Uint32Array.from(summary.generations, (name) => numberOf(this.#generations, name)),
    );
    this.#devices = manifests.map((manifest) => this.#fileSystemsOf(manifest));
  }

  /** Number of the generation that made the copy; the same in all generations. */
  introduced(generation: number, words: Uint32Array, at: number): number {
    return this.#introduced[generation][words[at + Word.Introduced]];
  }

  write(generation: number, words: Uint32Array, at: number, key: Uint32Array): void {
    const device = words[at + Word.Device];
    const known = this.#devices[generation].get(device);
    key[0] = this.introduced(generation, words, at);
    key[1] = words[at + Word.FileId];
    key[2] = words[at + Word.FileIdHi];
    key[3] = words[at + Word.BirthTime];
    key[4] = words[at + Word.BirthTimeNs];
    key[5] = known ?? numberOf(this.#fileSystems, `#${device}`);
  }

  /** Systems number devices anew at every start: a file system is known by the first source that is on it. */
  #fileSystemsOf(manifest: ManifestFile): Map<number, number> {
    const devices = new Map<number, number>();
    const reader = new BlockReader(manifest);
    reader.load(ROOT_BLOCK);
    for (let record = 0; record < reader.count; record++) {
      const device = reader.words[reader.at(record) + Word.Device];
      const source: BytePath = reader.name(record);
      if (!devices.has(device)) devices.set(device, numberOf(this.#fileSystems, source));
    }
    return devices;
  }
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, numbers.size);
  return numbers.size - 1;
}
