import type { BytePath } from '../../native/byte-path.ts';
import { FileType, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { Difference, METADATA_DIFFERENCES, compareRecords, sameDigest, sameFile } from '../plan/compare-records.ts';
import { describeChange, reasonOf } from '../plan/describe-change.ts';
import type { ItemChange } from '../types/protocol.ts';

interface Held {
  path: BytePath;
  record: Uint32Array;
  matched: boolean;
}

/** What must be the same for a removed and an added item to be one that was moved. */
const IDENTITY = Difference.Type | Difference.Size | Difference.WriteTime | Difference.Special;

/** Holds removed and added items until it can be told which of them are the same item under two names. */
export class MoveMatcher {
  readonly #removed = new Map<string, Held[]>();
  readonly #added: Held[] = [];

  removed(entry: { words: Uint32Array; at: number }, path: BytePath): void {
    const held = hold(entry, path);
    const key = keyOf(held.record);
    const others = this.#removed.get(key);
    if (others) others.push(held);
    else this.#removed.set(key, [held]);
  }

  added(entry: { words: Uint32Array; at: number }, path: BytePath): void {
    this.#added.push(hold(entry, path));
  }

  /** The changes; undefined for an item that only moved along with its folder. */
  *results(): Generator<ItemChange | undefined> {
    const folders = new Map<BytePath, BytePath>();
    // Parents before children: a path sorts after every prefix of it.
    for (const { path, record } of this.#added.sort((a, b) => (a.path < b.path ? -1 : 1))) {
      const past = this.#removed.get(keyOf(record))?.find((held) => !held.matched && isSame(record, held.record));
      if (!past) {
        yield describeChange('Added', 'None', path, record, 0, 'new');
        continue;
      }
      past.matched = true;
      if ((record[Word.Mode] & FileType.Mask) === FileType.Directory) folders.set(path, past.path);
      const [parent, name] = split(path);
      const [oldParent, oldName] = split(past.path);
      const movedAlong = name === oldName && folders.get(parent) === oldParent;
      const difference = visibleDifference(record, past.record);
      if (!movedAlong) yield describeChange('Renamed', 'None', path, record, 0, 'moved', past.path);
      else if (difference === Difference.None) yield undefined;
      else yield describeChange('MetadataChanged', 'None', path, record, 0, reasonOf(difference));
    }
    for (const held of this.#removed.values())
      for (const { path, record, matched } of held)
        if (!matched) yield describeChange('Removed', 'None', path, record, 0, 'no longer there');
  }
}

function split(path: BytePath): [parent: BytePath, name: BytePath] {
  const cut = path.lastIndexOf('/');
  return [path.slice(0, Math.max(0, cut)), path.slice(cut + 1)];
}

function visibleDifference(record: Uint32Array, past: Uint32Array): number {
  const difference = compareRecords(record, 0, past, 0) & METADATA_DIFFERENCES;
  return sameDigest(record, 0, past, 0) ? difference : difference | Difference.Metadata;
}

function hold({ words, at }: { words: Uint32Array; at: number }, path: BytePath): Held {
  return { path, record: words.slice(at, at + RECORD_WORDS), matched: false };
}

function keyOf(record: Uint32Array): string {
  return `${record[Word.FileIdHi]}-${record[Word.FileId]}`;
}

function isSame(record: Uint32Array, past: Uint32Array): boolean {
  if (!sameFile(record, 0, past, 0)) return false;
  const difference = compareRecords(record, 0, past, 0);
  const isDirectory = (record[Word.Mode] & FileType.Mask) === FileType.Directory;
  return (difference & (isDirectory ? Difference.Type : IDENTITY)) === 0;
}
