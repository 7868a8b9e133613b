import { ItemFlag, Word } from '../../native/item-record.ts';

/** The recorded SHA-256 of an item in a form that can be a key; undefined where none was recorded. */
export function hashText(words: Uint32Array, at: number): string | undefined {
  if ((words[at + Word.Flags] & ItemFlag.Hashed) === 0) return undefined;
  let text = '';
  for (let i = 0; i < 8; i++) text += `${words[at + Word.ContentHash + i].toString(36)}.`;
  return text;
}
