/** A line is cut off here: a program may write without end and never begin a new one. */
const LONGEST_LINE = 4096;
/** So much of what one program writes is passed on; the rest is counted. */
const MOST_BYTES = 1024 * 1024;
/** The last lines, for a message. */
const LAST_LINES = 3;
const LONGEST_TAIL = 300;

/**
 * Takes apart what a program writes, in bounded memory, into lines of text. Bytes that are not UTF-8 become U+FFFD.
 * Lines of its two outputs are not mixed: each has a decoder.
 */
export class OutputLines {
  readonly #onLine: (line: string) => void;
  readonly #last: string[] = [];
  #bytes = 0;
  #leftOut = 0;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  /** Takes what one of the outputs writes; `end` gives the rest of it. */
  reader(): { push(chunk: Uint8Array): void; end(): void } {
    const decoder = new TextDecoder();
    let rest = '';
    const push = (text: string): void => {
      const lines = (rest + text).split(/\r\n|\n/);
      rest = (lines.pop() ?? '').slice(0, LONGEST_LINE);
      for (const line of lines) this.#take(line);
    };
    return {
      push: (chunk) => push(decoder.decode(chunk, { stream: true })),
      end: () => {
        push(decoder.decode());
        if (rest !== '') this.#take(rest);
        rest = '';
      },
    };
  }

  /** How many lines were not passed on. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /** The end of what was written, on one line. */
  get tail(): string {
    return this.#last.join(' | ').slice(-LONGEST_TAIL);
  }

  #take(line: string): void {
    const cut = line.slice(0, LONGEST_LINE);
    // eslint-disable-next-line no-control-regex -- colours and bells are for a terminal
    const plain = cut.replaceAll(/\u001b\[[0-9;]*[A-Za-z]|[\u0000-\u0008\u000b-\u001f\u007f]/g, '').trim();
    if (plain !== '') this.#last.push(plain);
    if (this.#last.length > LAST_LINES) this.#last.shift();
    this.#bytes += cut.length;
    if (this.#bytes > MOST_BYTES) this.#leftOut++;
    else this.#onLine(cut);
  }
}
