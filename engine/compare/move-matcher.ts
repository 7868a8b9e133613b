import { joinByte, type BytePath } from '../../native/byte-path.ts';
import { FileType, RECORD_WORDS, Word } from '../../native/item-record.ts';
import { Difference, IDENTITY_DIFFERENCES, compareRecords, sameFile } from '../plan/compare-records.ts';
import { describeChange } from '../plan/describe-change.ts';
import type { ItemChange } from '../types/protocol.ts';
import { classifyItem } from './classify-item.ts';

interface Held {
  path: BytePath;
  record: Uint32Array;
  matched: boolean;
}

/** Holds removed and added items until it can be told which of them are the same item under two names. */
export class MoveMatcher {
  readonly #removed = new Map<string, Held[]>();
  readonly #byPath = new Map<BytePath, Held>();
  readonly #added: Held[] = [];

  removed(entry: { words: Uint32Array; at: number }, path: BytePath): void {
    const held = hold(entry, path);
    this.#byPath.set(path, held);
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
      const [parent, name] = split(path);
      const oldParent = folders.get(parent);
      const along = oldParent === undefined ? undefined : this.#byPath.get(joinByte(oldParent, name));
      const past = along && !along.matched ? along : this.#sameItem(record);
      if (!past) {
        yield describeChange('Added', 'None', path, record, 0, 'new');
        continue;
      }
      past.matched = true;
      if (isDirectory(record) && isDirectory(past.record)) folders.set(path, past.path);
      if (past !== along) {
        yield describeChange('Renamed', 'None', path, record, 0, 'moved', past.path);
        continue;
      }
      const found = classifyItem(record, 0, past.record, 0);
      yield found && describeChange(found.change, 'None', path, record, 0, found.reason);
    }
    for (const { path, record, matched } of this.#byPath.values())
      if (!matched) yield describeChange('Removed', 'None', path, record, 0, 'no longer there');
  }

  #sameItem(record: Uint32Array): Held | undefined {
    return this.#removed.get(keyOf(record))?.find((held) => !held.matched && isSame(record, held.record));
  }
}

function isDirectory(record: Uint32Array): boolean {
  return (record[Word.Mode] & FileType.Mask) === FileType.Directory;
}

function split(path: BytePath): [parent: BytePath, name: BytePath] {
  const cut = path.lastIndexOf('/');
  return [path.slice(0, Math.max(0, cut)), path.slice(cut + 1)];
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
  return (difference & (isDirectory(record) ? Difference.Type : IDENTITY_DIFFERENCES)) === 0;
}
