/** The double of NTFS (test/doubles/ntfs), as tests see it: settings, injected errors, what is on a file, call traces. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import koffi, { type LibraryHandle } from 'koffi';

type Setting =
  | 'STORE'
  | 'TRACE'
  | 'FAIL'
  | 'PRIVILEGES'
  | 'EFS'
  | 'STREAMS'
  | 'SECURITY'
  | 'EA'
  | 'REPARSE'
  | 'SPARSE'
  | 'COMPRESSION';

const SETTINGS: readonly Setting[] = [
  'FAIL',
  'PRIVILEGES',
  'EFS',
  'STREAMS',
  'SECURITY',
  'EA',
  'REPARSE',
  'SPARSE',
  'COMPRESSION',
];

/** Reason for skipping, or undefined: the double takes the place of the system's functions in this process. */
export const withoutDouble = reasonWithout();

export class NtfsDouble {
  readonly #library: LibraryHandle = koffi.load(doublePath() ?? '');
  readonly #configure = this.#library.func('DoubleConfigure', 'void', ['str16', 'str16']);
  readonly #put = this.#library.func('DoublePutItem', 'int', ['str16', 'str16', 'uint8_t *', 'uint']);
  readonly #get = this.#library.func('DoubleGetItem', 'int', ['str16', 'str16', 'uint8_t *', 'uint']);
  readonly #setAttributes = this.#library.func('DoubleSetAttributes', 'int', ['str16', 'uint', 'uint']);
  readonly #attributes = this.#library.func('DoubleGetAttributes', 'uint', ['str16']);
  readonly #setTimes = this.#library.func('DoubleSetTimes', 'int', ['str16', 'int64', 'int64']);
  readonly #open = ['DoubleOpenReads', 'DoubleOpenWrites', 'DoubleOpenEncrypted'].map((name) =>
    this.#library.func(name, 'int', []),
  );
  readonly #trace: string;

  /** Begins with every setting at its default, and with empty memory and trace in a folder. */
  constructor(folder: string) {
    this.#trace = join(folder, 'trace.txt');
    for (const setting of SETTINGS) this.set(setting, '');
    this.set('STORE', join(folder, 'store'));
    this.set('TRACE', this.#trace);
  }

  set(setting: Setting, value: string): void {
    this.#configure(setting, value);
  }

  /** `function:nth:code` or `function:nth+:code`, separated by commas. */
  fail(rules: string): void {
    this.set('FAIL', rules);
  }

  put(path: string, item: string, data: Uint8Array): void {
    if (this.#put(path, item, data, data.length) === 0) throw new Error(`No ${item} for ${path}`);
  }

  get(path: string, item: string): Buffer | undefined {
    const buffer = Buffer.alloc(1 << 22);
    const length = this.#get(path, item, buffer, buffer.length) as number;
    return length < 0 ? undefined : buffer.subarray(0, length);
  }

  addAttributes(path: string, attributes: number): void {
    this.#setAttributes(path, attributes, 0);
  }

  /** Creation and write time, in units of 100 ns since 1601. */
  setTimes(path: string, created: bigint, written: bigint): void {
    if (this.#setTimes(path, created, written) === 0) throw new Error(`No times for ${path}`);
  }

  attributes(path: string): number {
    return this.#attributes(path) as number;
  }

  trace(): string[] {
    return existsSync(this.#trace) ? readFileSync(this.#trace, 'utf8').split('\n').slice(0, -1) : [];
  }

  clearTrace(): void {
    rmSync(this.#trace, { force: true });
  }

  /** Contexts of BackupRead, BackupWrite and raw encryption that nobody released. */
  leaked(): number {
    return this.#open.reduce((sum, count) => sum + (count() as number), 0);
  }
}

function doublePath(): string | undefined {
  return /kernel32=([^;]*)/.exec(process.env['MIRRORBACKUP_NATIVE_LIBRARIES'] ?? '')?.[1];
}

function reasonWithout(): string | undefined {
  if (process.platform !== 'win32') return 'runs in Windows programs only (under Wine: scripts/test)';
  return doublePath() === undefined ? 'needs the double of NTFS: MIRRORBACKUP_NATIVE_LIBRARIES' : undefined;
}
