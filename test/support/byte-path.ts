const ESCAPE = '\u241B';
const SEPARATOR = Buffer.from('/');

/** Paths on Linux are bytes: joining them as text would lose names that are not UTF-8. */
export function joinBytes(...parts: (Buffer | string)[]): Buffer {
  const buffers = parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part));
  return Buffer.concat(buffers.flatMap((part, index) => (index === 0 ? [part] : [SEPARATOR, part])));
}

/**
 * The text form of a name that the protocol documents, written a second time from the specification and not taken from
 * the engine, so that the two check each other: U+241B and two hex digits stand for a byte that is not UTF-8.
 */
export function toWire(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at);
    const sequence = bytes.subarray(at, at + Math.max(length, 1));
    const literal = length > 0 && sequence.toString() !== ESCAPE;
    text += literal ? sequence.toString() : [...sequence].map(escapeByte).join('');
    at += sequence.length;
  }
  return text;
}

/** The reverse of {@link toWire}. */
export function fromWire(text: string): Buffer {
  const pattern = new RegExp(`${ESCAPE}([0-9A-Fa-f]{2})`, 'gu');
  const parts: Buffer[] = [];
  let last = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(Buffer.from(text.slice(last, match.index)), Buffer.from(match[1] ?? '', 'hex'));
    last = match.index + match[0].length;
  }
  return Buffer.concat([...parts, Buffer.from(text.slice(last))]);
}

/** How many bytes from `at` form one valid UTF-8 sequence; 0 when they form none. */
function sequenceLength(bytes: Buffer, at: number): number {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length++) {
    const slice = bytes.subarray(at, at + length);
    if (Buffer.from(slice.toString()).equals(slice) && !slice.toString().includes('\uFFFD')) return length;
    if (slice.equals(Buffer.from('\uFFFD'))) return length;
  }
  return 0;
}

function escapeByte(byte: number): string {
  return ESCAPE + byte.toString(16).toUpperCase().padStart(2, '0');
}
