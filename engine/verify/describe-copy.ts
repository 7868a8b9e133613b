import { FileType, Word, readSeconds, readUnsigned64 } from '../../native/item-record.ts';

const TYPE_TEXT: Readonly<Record<number, string>> = {
  [FileType.File]: 'file',
  [FileType.Directory]: 'folder',
  [FileType.SymbolicLink]: 'link',
};

/** Type, size and write time of an item, for people. */
export function describeCopy(words: Uint32Array, at: number): string {
  const type = typeText(words, at);
  if ((words[at + Word.Mode] & FileType.Mask) === FileType.Directory) return type;
  return `${type}, ${readUnsigned64(words, at + Word.Size)} bytes, written ${timeText(words, at + Word.WriteTime)}`;
}

export function describeHash(words: Uint32Array, at: number): string {
  const from = words.byteOffset + (at + Word.ContentHash) * 4;
  return `SHA-256 ${Buffer.from(words.buffer, from, 32).toString('hex')}`;
}

function typeText(words: Uint32Array, at: number): string {
  return TYPE_TEXT[words[at + Word.Mode] & FileType.Mask] ?? 'special file';
}

function timeText(words: Uint32Array, at: number): string {
  const time = new Date(readSeconds(words, at) * 1000);
  const fraction = String(words[at + 2]).padStart(9, '0');
  // What no calendar can show is shown as it is stored.
  if (Number.isNaN(time.getTime())) return `at second ${readSeconds(words, at)}.${fraction}`;
  return time.toISOString().replace(/\.\d+Z$/, `.${fraction}Z`);
}
