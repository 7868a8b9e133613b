import { joinByte, type BytePath } from '../../native/byte-path.ts';
import { NO_BLOCK, Word } from '../../native/item-record.ts';
import { BlockReader } from './block-reader.ts';
import { ROOT_BLOCK } from './format.ts';
import type { ManifestFile } from './manifest-file.ts';

/** In place of the block of a folder's entries, which means nothing across generations: it is a folder. */
export const IS_FOLDER = 0;

/**
 * Entries of one folder in all generations: by generation, the records `from` to `to` (not included) of the block its
 * reader holds. None where the folder is missing. A very large folder comes in several segments, cut at the same names.
 */
export interface Segment {
  readonly path: BytePath;
  readonly readers: readonly BlockReader[];
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** 1 where the entries have the very bytes they have in the generation before. */
  readonly same: Uint8Array;
  /** Records in all generations. */
  readonly records: number;
}

interface Folder {
  path: BytePath;
  /** First block by generation. */
  blocks: Uint32Array;
}

/**
 * Reads the manifests of several generations side by side, folder by folder, each block once. What a segment points to
 * is valid until the next one is asked for.
 * @param manifests oldest first
 * @param wants whether the entries of a folder are asked for; the root has the path ''
 * @throws EngineError ManifestDamaged
 */
export function* mergeGenerations(
  manifests: readonly ManifestFile[],
  wants: (folder: BytePath) => boolean = () => true,
): Generator<Segment> {
  const reading = new Reading(manifests);
  const waiting: Folder[] = [{ path: '', blocks: new Uint32Array(manifests.length).fill(ROOT_BLOCK) }];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    reading.open(folder);
    while (reading.nextSegment()) {
      // Writers take the last folder first, and so does the stack: blocks come in about the order of the file.
      for (const child of reading.takeFolders()) if (wants(child.path)) waiting.push(child);
      yield reading.segment;
    }
  }
}

class Reading {
  readonly segment: Segment & { path: BytePath; records: number };
  readonly #readers: BlockReader[];
  /** By generation: its numbers of generations mean the same as in the one before. */
  readonly #comparable: boolean[];
  readonly #isOpen: Uint8Array;
  #folders: Folder[] = [];

  constructor(manifests: readonly ManifestFile[]) {
    const count = manifests.length;
    this.#readers = manifests.map((manifest) => new BlockReader(manifest, true));
    this.#comparable = manifests.map((manifest, g) => g > 0 && extendsTable(manifest, manifests[g - 1]));
    this.#isOpen = new Uint8Array(count);
    this.segment = {
      path: '',
      readers: this.#readers,
      from: new Int32Array(count),
      to: new Int32Array(count),
      same: new Uint8Array(count),
      records: 0,
    };
  }

  open({ path, blocks }: Folder): void {
    const { from, to } = this.segment;
    this.segment.path = path;
    for (let g = 0; g < blocks.length; g++) {
      from[g] = to[g] = 0;
      this.#isOpen[g] = blocks[g] === NO_BLOCK ? 0 : 1;
      if (blocks[g] !== NO_BLOCK) this.#readers[g].load(blocks[g]);
    }
  }

  nextSegment(): boolean {
    const { segment } = this;
    const { from, to } = segment;
    segment.records = 0;
    this.#advance();
    const bound = this.#bound();
    for (let g = 0; g < from.length; g++) {
      if (this.#isOpen[g] === 0) continue;
      const reader = this.#readers[g];
      to[g] = bound === undefined ? reader.count : firstAfter(reader, from[g], bound);
      segment.records += to[g] - from[g];
    }
    if (segment.records === 0) return false;
    this.#collect();
    return true;
  }

  takeFolders(): readonly Folder[] {
    return this.#folders;
  }

  #advance(): void {
    const { from, to } = this.segment;
    for (let g = 0; g < from.length; g++) {
      if (this.#isOpen[g] === 0) continue;
      const reader = this.#readers[g];
      from[g] = to[g];
      if (from[g] < reader.count || reader.next === NO_BLOCK) continue;
      reader.load(reader.next);
      from[g] = to[g] = 0;
    }
  }

  /** Up to this name all generations have their entries at hand; undefined when that holds for all names. */
  #bound(): BytePath | undefined {
    let bound: BytePath | undefined;
    for (let g = 0; g < this.#readers.length; g++) {
      const reader = this.#readers[g];
      if (this.#isOpen[g] === 0 || reader.next === NO_BLOCK || reader.count === 0) continue;
      const last = reader.name(reader.count - 1);
      if (bound === undefined || last < bound) bound = last;
    }
    return bound;
  }

  #collect(): void {
    const { from, to, same, path } = this.segment;
    const byName = new Map<BytePath, Folder>();
    let before: Folder[] = [];
    for (let g = 0; g < from.length; g++) {
      const reader = this.#readers[g];
      const children = takeChildren(reader, from[g], to[g]);
      same[g] = this.#isSame(g) ? 1 : 0;
      if (same[g] === 0) {
        before = children.map(({ record }) => this.#folderOf(byName, path, reader.name(record)));
      }
      for (let i = 0; i < children.length; i++) before[i].blocks[g] = children[i].block;
    }
    this.#folders = [...byName.values()];
  }

  #folderOf(byName: Map<BytePath, Folder>, parent: BytePath, name: BytePath): Folder {
    const known = byName.get(name);
    if (known) return known;
    const folder = { path: joinByte(parent, name), blocks: new Uint32Array(this.#readers.length).fill(NO_BLOCK) };
    byName.set(name, folder);
    return folder;
  }

  #isSame(g: number): boolean {
    const { from, to } = this.segment;
    if (!this.#comparable[g] || to[g] - from[g] !== to[g - 1] - from[g - 1]) return false;
    return from[g] === to[g] || this.#readers[g].hasSameRecords(from[g], to[g], this.#readers[g - 1], from[g - 1]);
  }
}

/** Takes the blocks of folders out of the records, so that the rest can be compared as bytes. */
function takeChildren(reader: BlockReader, from: number, to: number): { record: number; block: number }[] {
  const children: { record: number; block: number }[] = [];
  const { words } = reader;
  for (let record = from; record < to; record++) {
    const at = reader.at(record) + Word.Child;
    if (words[at] === NO_BLOCK) continue;
    children.push({ record, block: words[at] });
    words[at] = IS_FOLDER;
  }
  return children;
}

function firstAfter(reader: BlockReader, from: number, bound: BytePath): number {
  let low = from;
  let high = reader.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (reader.name(middle) <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function extendsTable({ summary }: ManifestFile, before: ManifestFile): boolean {
  return before.summary.generations.every((name, i) => summary.generations[i] === name);
}
