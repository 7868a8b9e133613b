import { FidelityLoss, FileType, Word, readSeconds, readUnsigned64 } from '../../native/item-record.ts';

const TYPE_TEXT: Readonly<Record<number, string>> = {
  [FileType.File]: 'file',
  [FileType.Directory]: 'folder',
  [FileType.SymbolicLink]: 'link',
};

const PERMISSIONS = 0o7777;
/** By bit of a mode, on Windows; an empty name for those that are not compared. */
const ATTRIBUTES = ['ReadOnly', 'Hidden', 'System', '', 'Temporary'];

/** Type, size and write time of an item, for people. */
export function describeCopy(words: Uint32Array, at: number): string {
  const type = typeText(words, at);
  if ((words[at + Word.Mode] & FileType.Mask) === FileType.Directory) return type;
  return `${type}, ${readUnsigned64(words, at + Word.Size)} bytes, written ${timeText(words, at + Word.WriteTime)}`;
}

/**
 * Owner, group and mode of an item, for people.
 * @param changed which of them: bits of {@link FidelityLoss}
 */
export function describeMetadata(words: Uint32Array, at: number, changed: number): string {
  const parts: string[] = [];
  const mode = words[at + Word.Mode];
  if ((changed & FidelityLoss.Permissions) !== 0)
    parts.push(`mode ${(mode & PERMISSIONS).toString(8).padStart(4, '0')}`);
  if ((changed & FidelityLoss.Owner) !== 0)
    parts.push(`owner ${words[at + Word.Owner]}`, `group ${words[at + Word.Group]}`);
  if ((changed & FidelityLoss.Attributes) !== 0) parts.push(`attributes ${attributesText(mode)}`);
  return parts.join(', ');
}

export function describeHash(words: Uint32Array, at: number): string {
  const from = words.byteOffset + (at + Word.ContentHash) * 4;
  return `SHA-256 ${Buffer.from(words.buffer, from, 32).toString('hex')}`;
}

function attributesText(mode: number): string {
  const names = ATTRIBUTES.filter((name, bit) => name !== '' && (mode & (1 << bit)) !== 0);
  return names.length === 0 ? 'none' : names.join(' and ');
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
