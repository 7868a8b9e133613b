import { hash } from 'node:crypto';
import { ItemFlag, RECORD_WORDS, Word } from '../../native/item-record.ts';

/**
 * What the names of one file of the source have in common: the file, and all that was recorded of it. A file id alone will
 * not do: an item that was carried over from an older generation may have the id of another file.
 * @returns undefined for an item with one name
 */
export function linkKey(words: Uint32Array, at: number): string | undefined {
  if (words[at + Word.Links] < 2 || (words[at + Word.Flags] & (ItemFlag.Stale | ItemFlag.Torn)) !== 0) return undefined;
  const same = words.slice(at, at + RECORD_WORDS);
  for (const word of OTHER) same[word] = 0;
  return hash('sha256', new Uint8Array(same.buffer), 'hex');
}

/** What may differ between two names of a file: counted or found at another moment, or where the name is kept. */
const OTHER = [
  Word.ChangeTime,
  Word.ChangeTimeHi,
  Word.ChangeTimeNs,
  Word.Links,
  Word.Flags,
  Word.Introduced,
  Word.Child,
  Word.Name,
  Word.Losses,
] as const;
