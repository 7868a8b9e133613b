/** https://learn.microsoft.com/previous-versions/windows/desktop/automat/bstr */
import koffi from 'koffi';
import { bind } from '../library.ts';

const sysFreeString = bind('oleaut32', 'SysFreeString', 'void', ['size_t']);
const sysStringLength = bind('oleaut32', 'SysStringLen', 'uint', ['size_t']);

/** The text of a string that the caller owns, which is freed. A null string is empty. */
export function takeBstr(address: number): string {
  const text = readBstr(address);
  sysFreeString(address);
  return text;
}

/** The text of a string that belongs to somebody else. */
export function readBstr(address: number): string {
  if (address === 0) return '';
  const length = sysStringLength(address) * 2;
  return length === 0 ? '' : Buffer.from(koffi.view(BigInt(address), length)).toString('utf16le');
}

/** A NUL-terminated string of UTF-16 units that belongs to somebody else. */
export function readWide(address: number): string {
  return address === 0 ? '' : (koffi.decode(BigInt(address), 'char16_t', -1) as string);
}
