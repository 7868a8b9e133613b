import { FileType, Word, readSeconds } from '../../native/item-record.ts';

/** Whether a copy, whose record `found` is, still has the type, size and write time of the record at `at`. */
export function isIntact(found: Uint32Array, words: Uint32Array, at: number, granularityNs: number): boolean {
  if (((found[Word.Mode] ^ words[at + Word.Mode]) & FileType.Mask) !== 0) return false;
  if (found[Word.Size] !== words[at + Word.Size] || found[Word.SizeHi] !== words[at + Word.SizeHi]) return false;
  if (found[Word.WriteTime] === words[at + Word.WriteTime] && found[Word.WriteTimeNs] === words[at + Word.WriteTimeNs])
    return true;
  return isNear(found, words, at, granularityNs);
}

/** Whether the write times are the same as far as the file system of the copy can tell. */
export function isNear(found: Uint32Array, words: Uint32Array, at: number, granularityNs: number): boolean {
  const seconds = readSeconds(found, Word.WriteTime) - readSeconds(words, at + Word.WriteTime);
  const distance = seconds * 1e9 + (found[Word.WriteTimeNs] - words[at + Word.WriteTimeNs]);
  return distance === 0 || Math.abs(distance) < granularityNs;
}
