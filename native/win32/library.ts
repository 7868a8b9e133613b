/**
 * Windows' libraries, called with integers only: handles, and addresses as numbers.
 * Each function is bound when it is first used, so that one the system lacks hurts only those who call it.
 *
 * Tests put doubles in place by `MIRRORBACKUP_NATIVE_LIBRARIES`: entries `kernel32=<file>` or `kernel32!BackupRead=<file>`,
 * separated by `;`. What a double does not export comes from the system.
 */
import koffi, { type KoffiFunc, type LibraryHandle } from 'koffi';
import type { NativeCode } from '../types.ts';

type IntegerType = 'int' | 'uint' | 'size_t' | 'int64' | 'void';
type IntegerFunction = (...parameters: number[]) => number;
export type LibraryName = 'kernel32' | 'advapi32' | 'ntdll' | 'ole32' | 'oleaut32' | 'vssapi';

export interface NativeFunction extends IntegerFunction {
  /** The system (or the double) has it. */
  readonly available: boolean;
}

const VARIABLE = 'MIRRORBACKUP_NATIVE_LIBRARIES';
const loaded = new Map<string, LibraryHandle>();

export function bind(
  library: LibraryName,
  name: string,
  result: IntegerType,
  parameters: readonly IntegerType[],
): NativeFunction {
  let bound: IntegerFunction | undefined | null = null;
  const resolve = (): IntegerFunction | undefined => (bound ??= find(library, name, result, parameters) ?? undefined);
  const call = (...values: number[]): number => {
    const target = resolve();
    if (!target) throw new Error(`${library}.dll has no ${name}`);
    return target(...values);
  };
  return Object.defineProperty(call, 'available', { get: () => resolve() !== undefined }) as NativeFunction;
}

/** A function that may take long: it runs on a thread of its own. `undefined` when neither double nor system has it. */
export function bindAsync(
  library: LibraryName,
  name: string,
  result: IntegerType,
  parameters: readonly IntegerType[],
): ((...values: number[]) => Promise<number>) | undefined {
  const target = find(library, name, result, parameters) as KoffiFunc<IntegerFunction> | undefined;
  return target && ((...values) => callAsync(target, values));
}

/** Calls a function on a thread of its own. `GetLastError()` is lost by it. */
export function callAsync<P>(target: KoffiFunc<(...values: P[]) => number>, values: readonly P[]): Promise<number> {
  return new Promise((resolve, reject) => {
    target.async(...values, (error: Error | null, value: number) => (error ? reject(error) : resolve(value)));
  });
}

const getLastError = bind('kernel32', 'GetLastError', 'uint', []);
const close = bind('kernel32', 'CloseHandle', 'int', ['int64']);

/** `GetLastError()` of the call made just before. */
export function lastCode(): NativeCode {
  return getLastError();
}

export function closeHandle(handle: number): NativeCode {
  return close(handle) === 0 ? lastCode() : 0;
}

export function addressOf(memory: Uint8Array): number {
  return Number(koffi.address(memory));
}

function find(
  library: LibraryName,
  name: string,
  result: IntegerType,
  parameters: readonly IntegerType[],
): IntegerFunction | undefined {
  for (const file of [doubleOf(library, name), `${library}.dll`]) {
    if (file === undefined) continue;
    try {
      return load(file).func(name, result, [...parameters]) as IntegerFunction;
    } catch {
      // Not exported there.
    }
  }
  return undefined;
}

function load(file: string): LibraryHandle {
  const existing = loaded.get(file);
  if (existing) return existing;
  const library = koffi.load(file);
  loaded.set(file, library);
  return library;
}

function doubleOf(library: LibraryName, name: string): string | undefined {
  const entries = (process.env[VARIABLE] ?? '').split(';').map((entry) => entry.split('='));
  const found = entries.find(([key]) => key === `${library}!${name}`) ?? entries.find(([key]) => key === library);
  return found?.[1];
}
