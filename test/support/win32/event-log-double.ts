/** The double of the event log (test/doubles/event-log), as tests see it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import koffi, { type LibraryHandle } from 'koffi';

const VARIABLE = 'MIRRORBACKUP_NATIVE_LIBRARIES';
const FUNCTIONS = ['RegisterEventSourceW', 'ReportEventW', 'DeregisterEventSource'] as const;
const library = join(import.meta.dirname, '..', '..', '..', 'build', 'doubles', 'event-log.dll');
const SHOWN = 'source|type|category|id|strings|data'.split('|').length;

/** Reason for skipping, or undefined. */
export const withoutEventLogDouble =
  process.platform !== 'win32'
    ? 'runs in Windows programs only (under Wine: scripts/test)'
    : existsSync(library)
      ? undefined
      : 'needs the double of the event log: test/doubles/build.ts';

/** An event as ReportEventW got it. */
export interface ReportedEvent {
  readonly source: string;
  readonly type: number;
  readonly category: number;
  readonly id: number;
  readonly strings: number;
  readonly text: string;
}

export class EventLogDouble implements Disposable {
  readonly #library: LibraryHandle = koffi.load(library);
  readonly #configure = this.#library.func('DoubleConfigure', 'void', ['str', 'uint']);
  readonly #last = this.#library.func('DoubleLastEvent', 'int', ['uint8_t *', 'int']);
  readonly #open = this.#library.func('DoubleOpenSources', 'int', []);
  readonly #before = process.env[VARIABLE];

  /** Takes the place of the system's functions in this process, if none of them was called before. */
  constructor() {
    const entries = FUNCTIONS.map((name) => `advapi32!${name}=${library}`);
    process.env[VARIABLE] = [...entries, ...(this.#before === undefined ? [] : [this.#before])].join(';');
    this.fail('', 0);
  }

  fail(name: (typeof FUNCTIONS)[number] | '', code: number): void {
    this.#configure(name, code);
  }

  get last(): ReportedEvent | undefined {
    const memory = Buffer.alloc(1 << 18);
    const length = this.#last(memory, memory.length / 2) as number;
    if (length <= 0) return undefined;
    const fields = memory.toString('utf16le', 0, length * 2).split('|');
    const [source = '', type, category, id, strings] = fields;
    const text = fields.slice(SHOWN).join('|');
    return { source, text, type: Number(type), category: Number(category), id: Number(id), strings: Number(strings) };
  }

  /** Handles that nobody gave back. */
  get open(): number {
    return this.#open() as number;
  }

  [Symbol.dispose](): void {
    if (this.#before === undefined) delete process.env[VARIABLE];
    else process.env[VARIABLE] = this.#before;
  }
}
