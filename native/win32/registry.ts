/** https://learn.microsoft.com/windows/win32/api/winreg/ */
import { nativeError } from './errors.ts';
import { bind } from './library.ts';
import { allocate } from './memory.ts';
import { textIn, wideText } from './wide-text.ts';

const openKey = bind('advapi32', 'RegOpenKeyExW', 'int', ['int64', 'size_t', 'uint', 'uint', 'size_t']);
const closeKey = bind('advapi32', 'RegCloseKey', 'int', ['int64']);
const enumerateKeys = bind('advapi32', 'RegEnumKeyExW', 'int', [
  'int64',
  'uint',
  'size_t',
  'size_t',
  'size_t',
  'size_t',
  'size_t',
  'size_t',
]);
const enumerateValues = bind('advapi32', 'RegEnumValueW', 'int', [
  'int64',
  'uint',
  'size_t',
  'size_t',
  'size_t',
  'size_t',
  'size_t',
  'size_t',
]);
const createKey = bind('advapi32', 'RegCreateKeyExW', 'int', [
  'int64',
  'size_t',
  'uint',
  'size_t',
  'uint',
  'uint',
  'size_t',
  'size_t',
  'size_t',
]);
const setValue = bind('advapi32', 'RegSetValueExW', 'int', ['int64', 'size_t', 'uint', 'uint', 'size_t', 'uint']);

const HKEY_LOCAL_MACHINE = 0x8000_0002 - 2 ** 32;
/** KEY_READ | KEY_WOW64_64KEY */
const READ = 0x2_0019 | 0x100;
/** KEY_SET_VALUE | KEY_WOW64_64KEY */
const WRITE = 0x2 | 0x100;
const REG_EXPAND_SZ = 2;
const REG_DWORD = 4;
/** REG_SZ, REG_EXPAND_SZ, REG_MULTI_SZ. */
const TEXT_TYPES = [1, 2, 7];
const NAME_UNITS = 16384;
const DATA_BYTES = 1 << 20;

/** Values of a key of the machine that hold text, a list of strings each; none when there is no such key. */
export function readTextValues(key: string): Map<string, string[]> {
  return (
    withKey(key, (handle) => {
      const values = new Map<string, string[]>();
      const name = allocate(NAME_UNITS * 2);
      const data = allocate(DATA_BYTES);
      const sizes = allocate(16);
      for (let i = 0; ; i++) {
        sizes.words.set([NAME_UNITS, 0, DATA_BYTES]);
        const [length, type, size] = [0, 4, 8].map((offset) => sizes.address + offset);
        if (enumerateValues(handle, i, name.address, length, 0, type, data.address, size) !== 0) return values;
        if (!TEXT_TYPES.includes(sizes.words[1])) continue;
        const text = data.bytes.toString('utf16le', 0, sizes.words[2] & ~1);
        values.set(
          textIn(name),
          text.split('\0').filter((part) => part !== ''),
        );
      }
    }) ?? new Map<string, string[]>()
  );
}

/** Names of the keys below a key of the machine; none when there is no such key. */
export function readKeyNames(key: string): string[] {
  return (
    withKey(key, (handle) => {
      const names: string[] = [];
      const name = allocate(NAME_UNITS * 2);
      const size = allocate(8);
      for (let i = 0; ; i++) {
        size.words[0] = NAME_UNITS;
        if (enumerateKeys(handle, i, name.address, size.address, 0, 0, 0, 0) !== 0) return names;
        names.push(textIn(name));
      }
    }) ?? []
  );
}

/**
 * Makes a key of the machine, where it is missing, and gives it values: texts, in which variables are replaced, or numbers.
 * @throws NativeError
 */
export function writeValues(key: string, values: Readonly<Record<string, string | number>>): void {
  const path = wideText(key);
  const opened = allocate(8);
  const code = createKey(HKEY_LOCAL_MACHINE, path.address, 0, 0, 0, WRITE, 0, opened.address, 0);
  if (code !== 0) throw nativeError('RegCreateKeyExW', code, key);
  const handle = Number(opened.bytes.readBigInt64LE(0));
  try {
    for (const [name, value] of Object.entries(values)) writeValue(handle, name, value);
  } finally {
    closeKey(handle);
  }
}

function writeValue(handle: number, name: string, value: string | number): void {
  const nameText = wideText(name);
  const data = typeof value === 'string' ? wideText(value) : allocate(4);
  if (typeof value === 'number') data.words[0] = value;
  const [type, size] = typeof value === 'string' ? [REG_EXPAND_SZ, (value.length + 1) * 2] : [REG_DWORD, 4];
  const code = setValue(handle, nameText.address, 0, type, data.address, size);
  if (code !== 0) throw nativeError('RegSetValueExW', code, name);
}

function withKey<T>(key: string, use: (handle: number) => T): T | undefined {
  const path = wideText(key);
  const opened = allocate(8);
  if (openKey(HKEY_LOCAL_MACHINE, path.address, 0, READ, opened.address) !== 0) return undefined;
  const handle = Number(opened.bytes.readBigInt64LE(0));
  try {
    return use(handle);
  } finally {
    closeKey(handle);
  }
}
