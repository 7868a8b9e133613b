import { joinByte, type BytePath } from '../../native/byte-path.ts';
import { FileType, NO_BLOCK, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { BlockReader } from '../manifest/block-reader.ts';
import { ROOT_BLOCK } from '../manifest/format.ts';
import type { ManifestFile } from '../manifest/manifest-file.ts';
import { newFolder, type Actor, type Folder, type Item } from './folder.ts';
import type { MatchState, PathMatcher } from './path-matcher.ts';

/** Where folders of the generation go: those at this depth go to an anchor, those below it into it. */
export interface Mapping {
  depth: number;
  /** @returns the number of the anchor and whether it is the folder's own original place */
  anchorOf(source: BytePath): { anchor: number; isItself: boolean };
}

/** A folder of the generation that is being restored. */
interface Frame {
  path: BytePath;
  depth: number;
  state: MatchState;
  isSelected: boolean;
  /** Undefined above the anchors. */
  folder: Folder | undefined;
  /** Subfolders to visit; their records, one after the other. */
  names: BytePath[];
  records: Uint32Array[];
  next: number;
}

/**
 * Walks the wanted part of a generation as its manifest has it: in each folder first what is no folder, then the folders
 * one after the other, each with all below it. In memory are the names of subfolders from the root down to the folder at hand.
 */
export class RestoreWalk {
  readonly #reader: BlockReader;
  readonly #matcher: PathMatcher;
  readonly #mapping: Mapping;
  readonly #actor: Actor;
  readonly #goesOn: (path: BytePath) => boolean;
  readonly #item: Item = { path: '', name: '', words: new Uint32Array(0), at: 0 };

  /** @param goesOn asked now and then; after false nothing more is placed */
  constructor(
    manifest: ManifestFile,
    matcher: PathMatcher,
    mapping: Mapping,
    actor: Actor,
    goesOn: (path: BytePath) => boolean,
  ) {
    this.#reader = new BlockReader(manifest);
    this.#matcher = matcher;
    this.#mapping = mapping;
    this.#actor = actor;
    this.#goesOn = goesOn;
  }

  run(): void {
    const stack: Frame[] = [this.#root()];
    for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
      if (frame.next < frame.names.length && this.#goesOn(frame.path)) {
        const child = this.#enter(frame, frame.next++);
        if (child) stack.push(child);
      } else {
        // Also when it is cancelled: folders that were made get their metadata.
        if (frame.folder && frame.folder.kind !== 'Wanted' && frame.folder.kind !== 'Blocked')
          this.#actor.leave(frame.folder);
        stack.pop();
      }
    }
  }

  #root(): Frame {
    const { start } = this.#matcher;
    const frame: Frame = { ...emptyFrame('', 0), state: start };
    if (this.#mapping.depth === 0) frame.folder = newFolder(0, undefined, anchorItem(''));
    this.#readEntries(frame, ROOT_BLOCK);
    return frame;
  }

  #enter(parent: Frame, number: number): Frame | undefined {
    const name = parent.names[number];
    const record = parent.records[number];
    // Not needed any more, and there may be many.
    parent.names[number] = '';
    parent.records[number] = record.subarray(0, 0);
    const step = parent.isSelected ? { isSelected: true, next: [] } : this.#matcher.step(parent.state, name);
    const path = joinByte(parent.path, name);
    const frame: Frame = {
      ...emptyFrame(path, parent.depth + 1),
      state: step.next,
      isSelected: step.isSelected,
      folder: this.#folderOf(parent, path, name, record, step.isSelected),
    };
    if (frame.isSelected && frame.folder && !this.#settle(frame.folder)) return undefined;
    this.#readEntries(frame, record[Word.Child]);
    return frame;
  }

  #folderOf(parent: Frame, source: BytePath, name: BytePath, record: Uint32Array, isItem: boolean): Folder | undefined {
    const depth = parent.depth + 1;
    if (depth < this.#mapping.depth) return undefined;
    if (depth > this.#mapping.depth)
      return newFolder(parent.folder?.anchor ?? 0, parent.folder, { source, name, record, isItem });
    const { anchor, isItself } = this.#mapping.anchorOf(source);
    return newFolder(anchor, undefined, isItself ? { source, name, record, isItem } : anchorItem(source));
  }

  #readEntries(frame: Frame, first: number): void {
    const reader = this.#reader;
    for (let id = first; id !== NO_BLOCK; id = reader.next) {
      reader.load(id);
      for (let record = 0; record < reader.count; record++) {
        if (!this.#goesOn(frame.path)) return;
        this.#readEntry(frame, reader.name(record), reader.at(record));
      }
    }
  }

  #readEntry(frame: Frame, name: BytePath, at: number): void {
    const { words } = this.#reader;
    const isDirectory = (words[at + Word.Mode] & FileType.Mask) === FileType.Directory;
    const step = frame.isSelected ? undefined : this.#matcher.step(frame.state, name);
    const isSelected = step?.isSelected ?? true;
    if (isDirectory) {
      if (!isSelected && step?.next.length === 0) return;
      frame.names.push(name);
      frame.records.push(words.slice(at, at + RECORD_WORDS));
    } else if (isSelected && frame.folder && this.#settle(frame.folder)) {
      const item = this.#item;
      item.path = joinByte(frame.path, name);
      item.name = name;
      item.words = words;
      item.at = at;
      this.#actor.place(frame.folder, item);
    }
  }

  /** @returns whether something can be placed in it */
  #settle(folder: Folder): boolean {
    if (folder.kind === 'Wanted') {
      if (folder.parent && !this.#settle(folder.parent)) folder.kind = 'Blocked';
      else this.#actor.settle(folder);
    }
    return folder.kind === 'New' || folder.kind === 'Merged';
  }
}

function anchorItem(source: BytePath): { source: BytePath; name: BytePath; record: undefined; isItem: false } {
  return { source, name: '', record: undefined, isItem: false };
}

function emptyFrame(path: BytePath, depth: number): Frame {
  return { path, depth, state: [], isSelected: false, folder: undefined, names: [], records: [], next: 0 };
}
