/** The double of vssapi (test/doubles/vss) as tests see it, and the folder that it freezes. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import koffi from 'koffi';

type Setting =
  | 'TRACE'
  | 'FAIL'
  | 'HANG'
  | 'DIE'
  | 'DELAY_MS'
  | 'BLOCK_MS'
  | 'STORE'
  | 'DEVICES'
  | 'TREES'
  | 'WRITERS'
  | 'WRITER_STATE'
  | 'UNSUPPORTED'
  | 'RESET';

const library = /vssapi=([^;]*)/.exec(process.env['MIRRORBACKUP_NATIVE_LIBRARIES'] ?? '')?.[1];
const prefix = process.env['WINEPREFIX'];

/** Reason for skipping, or undefined. */
export const withoutVssDouble = reasonWithout();

/** Where Wine looks up names below `\\?\GLOBALROOT\Device`. */
const devices = `Z:${(prefix ?? '').replaceAll('/', '\\')}\\dosdevices\\globalroot\\Device`;

export class VssDouble implements Disposable {
  readonly root = mkdtempSync(join(tmpdir(), 'vss-'));
  readonly source = join(this.root, 'source');
  readonly #store = join(this.root, 'store');
  readonly #trace = join(this.root, 'trace.txt');
  readonly #library = koffi.load(library ?? '');
  readonly #live = this.#library.func('VssDoubleLiveObjects', 'int', []);

  constructor() {
    for (const name of Object.keys(process.env))
      if (name.startsWith('VSS_DOUBLE_')) Reflect.deleteProperty(process.env, name);
    for (const folder of [this.source, this.#store, devices]) mkdirSync(folder, { recursive: true });
    this.set('STORE', this.#store);
    this.set('TRACE', this.#trace);
    this.set('DEVICES', devices);
    this.set('TREES', this.source);
    this.set('RESET', '1');
  }

  set(setting: Setting, value: string): void {
    process.env[`VSS_DOUBLE_${setting}`] = value;
  }

  /** Lines of the form that test/doubles/vss/writers.cpp reads. */
  writers(...lines: string[]): void {
    const file = join(this.root, 'writers.txt');
    writeFileSync(file, lines.join('\n'));
    this.set('WRITERS', file);
  }

  trace(): string[] {
    return existsSync(this.#trace) ? readFileSync(this.#trace, 'utf8').split('\n').slice(0, -1) : [];
  }

  clearTrace(): void {
    rmSync(this.#trace, { force: true });
  }

  /** What was done that VSS would have refused or suffered from. */
  misuse(): string[] {
    return this.trace().filter((line) => line.startsWith('MISUSE'));
  }

  /** Objects and structures that nobody gave back. */
  live(): number {
    return this.#live() as number;
  }

  /** Snapshots that exist, and their devices. */
  left(): { snapshots: string[]; devices: string[]; creating: boolean } {
    const store = readdirSync(this.#store);
    return {
      snapshots: store.filter((name) => name.endsWith('.snapshot')),
      devices: readdirSync(devices),
      creating: store.includes('creating'),
    };
  }

  /** Windows deletes shadow copies when their storage is full. */
  loseSnapshots(): void {
    for (const name of this.left().snapshots) rmSync(join(this.#store, name));
    for (const name of readdirSync(devices)) rmSync(join(devices, name), { recursive: true });
  }

  func(name: string, result: string, parameters: string[]): (...values: unknown[]) => unknown {
    return this.#library.func(name, result, parameters);
  }

  [Symbol.dispose](): void {
    for (const name of readdirSync(devices)) rmSync(join(devices, name), { recursive: true, force: true });
    rmSync(this.root, { recursive: true, force: true });
  }
}

function reasonWithout(): string | undefined {
  if (process.platform !== 'win32') return 'runs in Windows programs only (under Wine)';
  if (library !== undefined && prefix !== undefined) return undefined;
  return 'needs the double of VSS, under Wine: MIRRORBACKUP_NATIVE_LIBRARIES=vssapi=…';
}
