/**
 * Names as text.
 *
 * A name on disk is a run of bytes (Linux) or of UTF-16 units that need not be valid (Windows, carried as WTF-8).
 * As text, valid UTF-8 stands for itself; every byte outside a valid sequence becomes U+241B (SYMBOL FOR ESCAPE) and two
 * upper-case hex digits. A U+241B in a name is escaped the same way, so the mapping is one to one, and its result is
 * always valid Unicode: it survives JSON, .NET strings and consoles, which lone surrogates do not. Text that holds one
 * all the same is a name as Windows gave it.
 */
import { isUtf8 } from 'node:buffer';

const ESCAPE = '\u241b';
const ESCAPE_BYTES = [0xe2, 0x90, 0x9b] as const;

/** Bytes of a name or path to text. */
export function bytesToText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(buffer) && !holdsEscape(buffer)) return buffer.toString('utf8');
  let text = '';
  for (let at = 0; at < buffer.length;) {
    const length = sequenceLength(buffer, at);
    if (length === 0) {
      text += escapeByte(buffer[at]);
      at += 1;
    } else if (length === 3 && isEscapeAt(buffer, at)) {
      for (const byte of ESCAPE_BYTES) text += escapeByte(byte);
      at += 3;
    } else {
      text += buffer.toString('utf8', at, at + length);
      at += length;
    }
  }
  return text;
}

/** Text to the bytes of a name or path: the inverse of {@link bytesToText}. */
export function textToBytes(text: string): Buffer {
  if (!text.includes(ESCAPE)) return encode(text);
  const parts: Buffer[] = [];
  const pattern = /\u241b([0-9A-Fa-f]{2})/g;
  let from = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    parts.push(encode(text.slice(from, match.index)), Buffer.from([parseInt(match[1], 16)]));
    from = pattern.lastIndex;
  }
  parts.push(encode(text.slice(from)));
  return Buffer.concat(parts);
}

/** WTF-8: an unpaired surrogate has the three bytes its number would have, https://simonsapin.github.io/wtf-8/. */
function encode(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text, 'utf8');
  return Buffer.concat(
    text
      .split(/(\p{Surrogate})/u)
      .map((part, i) => (i % 2 === 0 ? Buffer.from(part, 'utf8') : encodeSurrogate(part.charCodeAt(0)))),
  );
}

function encodeSurrogate(unit: number): Buffer {
  return Buffer.from([0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)]);
}

function escapeByte(byte: number): string {
  return ESCAPE + byte.toString(16).toUpperCase().padStart(2, '0');
}

function holdsEscape(buffer: Buffer): boolean {
  for (let at = buffer.indexOf(0xe2); at >= 0; at = buffer.indexOf(0xe2, at + 1))
    if (isEscapeAt(buffer, at)) return true;
  return false;
}

function isEscapeAt(buffer: Buffer, at: number): boolean {
  return buffer[at] === ESCAPE_BYTES[0] && buffer[at + 1] === ESCAPE_BYTES[1] && buffer[at + 2] === ESCAPE_BYTES[2];
}

/** Length of the valid UTF-8 sequence at `at`, 0 when there is none. */
function sequenceLength(buffer: Buffer, at: number): number {
  const lead = buffer[at];
  const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  return length > 0 && at + length <= buffer.length && isUtf8(buffer.subarray(at, at + length)) ? length : 0;
}
