import type { BytePath } from '../../native/byte-path.ts';

/** A folder that receives items, and whether it is there. */
export interface Folder {
  readonly anchor: number;
  /** The folder that holds it; undefined for an anchor itself. */
  readonly parent: Folder | undefined;
  /** Its path below the generation, and its last name. */
  readonly source: BytePath;
  readonly name: BytePath;
  /** Its record in the manifest, of RECORD_WORDS; undefined for an anchor that is no item. */
  readonly record: Uint32Array | undefined;
  /** It is restored itself, not only to hold what is restored. */
  readonly isItem: boolean;
  /** `Wanted`: not settled yet. `Blocked`: nothing can or shall be restored into it. */
  kind: 'Wanted' | 'New' | 'Merged' | 'Blocked';
  /** Below the anchor, once settled. */
  path: BytePath;
  /** The folder above, or itself, where its file system begins. */
  mount: BytePath;
  /** The file system it is on. */
  device: number;
  /** It replaced something, or got another name. */
  action: 'Created' | 'Overwritten' | 'KeptBoth' | 'Merged';
}

export type FolderItem = Pick<Folder, 'source' | 'name' | 'isItem'> & { record: Uint32Array | undefined };

export function newFolder(anchor: number, parent: Folder | undefined, item: FolderItem): Folder {
  return { anchor, parent, ...item, kind: 'Wanted', path: '', mount: '', device: 0, action: 'Created' };
}

/** An item that is no folder, as the manifest has it. The object is reused for the next one. */
export interface Item {
  path: BytePath;
  name: BytePath;
  words: Uint32Array;
  at: number;
}

/** Does something with what is wanted, or only counts it. */
export interface Actor {
  /** Settles a folder whose parent is settled and not blocked. */
  settle(folder: Folder): void;
  /** @param folder settled, not blocked */
  place(folder: Folder, item: Item): void;
  /** Everything below the folder is done. */
  leave(folder: Folder): void;
}
