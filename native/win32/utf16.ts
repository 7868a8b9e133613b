import type { PinnedBuffer } from '../types.ts';

/** A NUL-terminated name (WTF-8) as text; an unpaired surrogate stays one. */
export function textOfName(names: PinnedBuffer, name: number): string {
  const bytes = names.bytes.subarray(name, names.bytes.indexOf(0, name));
  if (bytes.indexOf(0xed) < 0) return bytes.toString('utf8');
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at];
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (lead === 0xed && bytes[at + 1] >= 0xa0)
      text += String.fromCharCode(0xd000 | ((bytes[at + 1] & 0x3f) << 6) | (bytes[at + 2] & 0x3f));
    else text += bytes.toString('utf8', at, at + length);
    at += length;
  }
  return text;
}
