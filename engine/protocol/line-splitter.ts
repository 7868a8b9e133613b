/** A line without its end, or the length of one that was dropped because it was too long. */
export type Line =
  { readonly kind: 'line'; readonly bytes: Buffer } | { readonly kind: 'tooLong'; readonly limit: number };

/** A request is some kilobytes; what is longer than this is not meant for us, and must not fill the memory. */
export const defaultMaximumLineLength = 16 * 1024 * 1024;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Splits a stream of bytes into lines: chunks may end anywhere, also inside a character, so this works on bytes and
 * leaves decoding to whoever has the whole line.
 */
export class LineSplitter {
  readonly #limit: number;
  #parts: Buffer[] = [];
  #length = 0;
  #tooLong = false;

  constructor(limit = defaultMaximumLineLength) {
    this.#limit = limit;
  }

  /** Takes in a chunk; returns the lines that it completes. */
  push(chunk: Buffer): Line[] {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      this.#add(chunk.subarray(start, end));
      lines.push(this.#take());
      start = end + 1;
    }
    this.#add(chunk.subarray(start));
    return lines;
  }

  /** The last line, where the input did not end with a line feed. */
  end(): Line[] {
    return this.#length > 0 || this.#tooLong ? [this.#take()] : [];
  }

  #add(part: Buffer): void {
    if (this.#tooLong || part.length === 0) return;
    this.#length += part.length;
    if (this.#length > this.#limit) {
      this.#tooLong = true;
      this.#parts = [];
    } else {
      this.#parts.push(part);
    }
  }

  #take(): Line {
    const line: Line = this.#tooLong ? { kind: 'tooLong', limit: this.#limit } : { kind: 'line', bytes: this.#join() };
    this.#parts = [];
    this.#length = 0;
    this.#tooLong = false;
    return line;
  }

  #join(): Buffer {
    const [first] = this.#parts;
    const bytes = this.#parts.length === 1 && first !== undefined ? first : Buffer.concat(this.#parts);
    return bytes.at(-1) === carriageReturn ? bytes.subarray(0, -1) : bytes;
  }
}
