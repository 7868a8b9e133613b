import { NativeError, type Directory, type Entry, type Native, type NativeCode } from '../../native/index.ts';
import { joinByte, textFromByte } from '../../native/byte-path.ts';
import { RECORD_WORDS, Word } from '../../native/item-record.ts';
import { paths } from '../../native/paths.ts';
import type { ItemName, Place } from './damaged-item.ts';
import type { Places } from './places.ts';
import type { Placed, Workshop } from './workshop.ts';

export type Linked = Placed | 'TooManyLinks';

/** A place whose file is good, and which file that is. */
export interface Good {
  place: Place;
  inode: string;
}

/** Gives good files the names of damaged ones; their folders keep the recorded write time. */
export class NamePlacer {
  readonly #native: Native;
  readonly #set: string;
  readonly #places: Places;
  /** Missing for a plan. */
  readonly #workshop: Workshop | undefined;

  constructor(native: Native, set: string, places: Places, workshop: Workshop | undefined) {
    this.#native = native;
    this.#set = set;
    this.#places = places;
    this.#workshop = workshop;
  }

  placeOf({ generation, folder, name }: ItemName): Place {
    return { root: 'Set', rootPath: this.#set, folder: joinByte(generation, folder), name };
  }

  /** @returns what is left, and why; undefined when all was placed */
  linkAll(good: Good, names: readonly ItemName[]): { names: ItemName[]; code: Linked } | undefined {
    return placeAll(names, (name) => this.#linkTo(good, name));
  }

  /** The same with what the workshop has made. */
  placeMade(workshop: Workshop, names: readonly ItemName[]): { names: ItemName[]; code: Linked } | undefined {
    return placeAll(names, (name) => this.#link(workshop, 'Made', undefined, name));
  }

  /** A repair that was killed may have left it at the time of the rename. */
  restoreFolderTime(name: ItemName): void {
    const record = name.folderRecord;
    if (!record || !this.#workshop) return;
    const found = new Uint32Array(RECORD_WORDS);
    try {
      const directory = this.#places.folder(this.#set, this.placeOf(name).folder, 'fill');
      try {
        const isRead = this.#native.statDirectory(directory, found, 0) === 0;
        if (isRead && [0, 1, 2].some((i) => found[Word.WriteTime + i] !== record[Word.WriteTime + i]))
          this.#native.applyWriteTime(directory, record, 0);
      } finally {
        this.#native.closeDirectory(directory);
      }
    } catch (error) {
      if (!(error instanceof NativeError)) throw error;
    }
  }

  text({ rootPath, folder, name }: Place): string {
    return paths.join(rootPath, textFromByte(joinByte(folder, name)));
  }

  why(code: Linked): string {
    if (code === 'TooManyLinks') return 'It can have no name more.';
    if (code === 'Replaced') return 'What is whole was replaced while it was looked at.';
    const { text, name } = this.#native.describeError(code);
    return `${text} (${name}).`;
  }

  #linkTo({ place, inode }: Good, name: ItemName): Linked {
    const workshop = this.#workshop;
    if (!workshop) return 0;
    return this.#places.with(
      place,
      (entry) => this.#link(workshop, entry, inode, name),
      (code) => code,
    );
  }

  #link(workshop: Workshop, from: Entry | 'Made', inode: string | undefined, name: ItemName): Linked {
    const folder = this.placeOf(name).folder;
    let directory: Directory;
    try {
      directory = this.#places.folder(this.#set, folder, 'fill');
    } catch (error) {
      if (!(error instanceof NativeError)) throw error;
      return error.native.code;
    }
    try {
      const code: Placed = workshop.place(from, inode, directory, name.name);
      if (name.folderRecord) this.#native.applyWriteTime(directory, name.folderRecord, 0);
      return typeof code === 'number' && code !== 0 && isLinkLimit(this.#native, code) ? 'TooManyLinks' : code;
    } finally {
      this.#native.closeDirectory(directory);
    }
  }
}

function placeAll(
  names: readonly ItemName[],
  place: (name: ItemName) => Linked,
): { names: ItemName[]; code: Linked } | undefined {
  let failed: Linked = 0;
  const left: ItemName[] = [];
  for (const name of names) {
    const code: Linked = failed === 'TooManyLinks' ? failed : place(name);
    if (code === 0) continue;
    left.push(name);
    failed = code;
  }
  return left.length === 0 ? undefined : { names: left, code: failed };
}

function isLinkLimit(native: Native, code: NativeCode): boolean {
  return ['EMLINK', 'ERROR_TOO_MANY_LINKS'].includes(native.describeError(code).name);
}
