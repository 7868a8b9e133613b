import { textFromByte, type BytePath } from '../../native/byte-path.ts';
import { FileType, Word, readSeconds, readUnsigned64 } from '../../native/item-record.ts';
import type { ItemChange } from '../types/protocol.ts';
import { Difference } from './compare-records.ts';

const ITEM_TYPES: Readonly<Record<number, ItemChange['itemType']>> = {
  [FileType.File]: 'File',
  [FileType.Directory]: 'Directory',
  [FileType.SymbolicLink]: 'SymbolicLink',
  [FileType.Fifo]: 'Fifo',
  [FileType.CharacterDevice]: 'CharacterDevice',
  [FileType.BlockDevice]: 'BlockDevice',
  [FileType.Socket]: 'Socket',
};

export function itemTypeOf(record: Uint32Array, at: number): ItemChange['itemType'] {
  return ITEM_TYPES[record[at + Word.Mode] & FileType.Mask] ?? 'File';
}

/** The object a user sees for one changed item. */
export function describeChange(
  change: ItemChange['change'],
  action: ItemChange['action'],
  path: BytePath,
  record: Uint32Array,
  at: number,
  reason: string,
  oldPath?: BytePath,
): ItemChange {
  const isFile = (record[at + Word.Mode] & FileType.Mask) === FileType.File;
  return {
    change,
    action,
    itemType: itemTypeOf(record, at),
    path: textFromByte(path),
    oldPath: oldPath === undefined ? null : textFromByte(oldPath),
    length: isFile ? readUnsigned64(record, at + Word.Size) : 0,
    lastWriteTime: timeText(record, at + Word.WriteTime),
    reason,
  };
}

/** RFC 3339 with nanoseconds; null for what lies outside the years 0 to 9999. */
export function timeText(record: Uint32Array, at: number): string | null {
  const seconds = readSeconds(record, at);
  if (seconds < -62_167_219_200 || seconds > 253_402_300_799) return null;
  const date = new Date(seconds * 1000).toISOString();
  return `${date.slice(0, 19)}.${record[at + 2].toString().padStart(9, '0')}Z`;
}

const WORDS: readonly [number, string][] = [
  [Difference.Type, 'type'],
  [Difference.Size, 'size'],
  [Difference.WriteTime, 'write time'],
  [Difference.Mode, 'mode'],
  [Difference.Owner, 'owner'],
  [Difference.Special, 'device number'],
  [Difference.Metadata, 'ACL or extended attributes'],
  [Difference.Content, 'content'],
  [Difference.Partition, 'hard links'],
];

export function reasonOf(difference: number): string {
  return WORDS.filter(([bit]) => (difference & bit) !== 0)
    .map(([, word]) => word)
    .join(', ');
}
