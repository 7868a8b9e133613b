import { joinByte, textFromByte, type BytePath } from '../../native/byte-path.ts';
import { FileType, ItemFlag, RECORD_WORDS, Word } from '../../native/item-record.ts';
import type { BlockReader } from '../manifest/block-reader.ts';
import type { NameFollower } from '../manifest/follow-names.ts';
import { sameContentHash } from '../plan/compare-records.ts';

const NOT_WANTED = -1;

/** One content of a path: its record in the newest generation that has it, and all generations that do, oldest first. */
export interface Version {
  record: Uint32Array;
  generations: number[];
}

export interface FoundItem {
  path: string;
  /** Oldest first. */
  versions: Version[];
}

/** A wanted name in the segment at hand, with the version it has in the generation at hand. */
interface Tracked extends FoundItem {
  current: Version;
  since: number;
}

/** Collects the versions of wanted names, one segment at a time. */
export class VersionCollector implements NameFollower {
  readonly #isWanted: (path: string) => boolean;
  readonly #byName = new Map<BytePath, number>();
  #items: Tracked[] = [];
  #folder: BytePath = '';

  constructor(isWanted: (path: string) => boolean) {
    this.#isWanted = isWanted;
  }

  startSegment(folder: BytePath): void {
    this.#folder = folder;
    this.#items = [];
    this.#byName.clear();
  }

  /** What was found in the segment, in the order of the names. */
  results(): FoundItem[] {
    return [...this.#byName.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, handle]) => this.#items[handle]);
  }

  begin(generation: number, reader: BlockReader, record: number): number {
    const name = reader.name(record);
    const known = this.#byName.get(name);
    if (known !== undefined) {
      this.#enter(this.#items[known], generation, reader, record);
      return known;
    }
    const path = textFromByte(joinByte(this.#folder, name));
    if (!this.#isWanted(path)) return NOT_WANTED;
    const version = { record: copyOf(reader, record), generations: [] };
    this.#items.push({ path, versions: [version], current: version, since: generation });
    this.#byName.set(name, this.#items.length - 1);
    return this.#items.length - 1;
  }

  next(
    handle: number,
    generation: number,
    reader: BlockReader,
    record: number,
    before: BlockReader,
    recordBefore: number,
  ): number {
    if (handle === NOT_WANTED) return handle;
    const at = reader.at(record);
    if (isSameContent(reader.words, at, before.words, before.at(recordBefore))) return handle;
    this.end(handle, generation - 1, before, recordBefore);
    this.#enter(this.#items[handle], generation, reader, record);
    return handle;
  }

  end(handle: number, generation: number, reader: BlockReader, record: number): void {
    if (handle === NOT_WANTED) return;
    const { current, since } = this.#items[handle];
    for (let g = since; g <= generation; g++) current.generations.push(g);
    const at = reader.at(record);
    current.record.set(reader.words.subarray(at, at + RECORD_WORDS));
  }

  /** A content that comes back is the version it was. */
  #enter(item: Tracked, generation: number, reader: BlockReader, record: number): void {
    const known = item.versions.find((version) => isSameContent(reader.words, reader.at(record), version.record, 0));
    item.current = known ?? { record: copyOf(reader, record), generations: [] };
    item.since = generation;
    if (!known) item.versions.push(item.current);
  }
}

function copyOf(reader: BlockReader, record: number): Uint32Array {
  const at = reader.at(record);
  return reader.words.slice(at, at + RECORD_WORDS);
}

const WITHOUT_HASH = [Word.Size, Word.SizeHi, Word.WriteTime, Word.WriteTimeHi, Word.WriteTimeNs] as const;

/** By the hash; where there is none, by size and write time. Folders, pipes and devices have no content. */
function isSameContent(a: Uint32Array, at: number, b: Uint32Array, bt: number): boolean {
  const type = a[at + Word.Mode] & FileType.Mask;
  if (type !== (b[bt + Word.Mode] & FileType.Mask)) return false;
  if (type === FileType.Directory) return true;
  if ((a[at + Word.Flags] & b[bt + Word.Flags] & ItemFlag.Hashed) !== 0)
    return sameContentHash(a, at, b, bt) && (type !== FileType.File || sameSize(a, at, b, bt));
  if (a[at + Word.Special] !== b[bt + Word.Special]) return false;
  if (type !== FileType.File && type !== FileType.SymbolicLink) return true;
  return WITHOUT_HASH.every((word) => a[at + word] === b[bt + word]);
}

function sameSize(a: Uint32Array, at: number, b: Uint32Array, bt: number): boolean {
  return a[at + Word.Size] === b[bt + Word.Size] && a[at + Word.SizeHi] === b[bt + Word.SizeHi];
}
