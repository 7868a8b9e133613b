/** https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-formatmessagew */
import { NativeError, type NativeCode, type NativeErrorText } from '../types.ts';
import { Win32 } from './error-codes.ts';
import { bind } from './library.ts';
import { allocate } from './memory.ts';

export { Win32 } from './error-codes.ts';

const toWin32 = bind('ntdll', 'RtlNtStatusToDosError', 'uint', ['int']);
const formatMessage = bind('kernel32', 'FormatMessageW', 'uint', [
  'uint',
  'size_t',
  'uint',
  'uint',
  'size_t',
  'uint',
  'size_t',
]);

/** FROM_SYSTEM | IGNORE_INSERTS | MAX_WIDTH_MASK: the system's own text, on one line. */
const FORMAT = 0x1000 | 0x200 | 0xff;
const LONGEST_TEXT = 2048;
/** Removed, but still open somewhere; the system's own table makes "access denied" of it. */
const STATUS_DELETE_PENDING = 0xc000_0056 | 0;

const names = new Map<NativeCode, string>(Object.entries(Win32).map(([name, code]) => [code, name]));
const texts = new Map<NativeCode, NativeErrorText>();

/** The symbolic name of a code, and its text in the language of the system. */
export function describeError(code: NativeCode): NativeErrorText {
  const known = texts.get(code);
  if (known) return known;
  const described = { code, name: names.get(code) ?? `ERROR_${code}`, text: systemText(code) };
  texts.set(code, described);
  return described;
}

/** The error of a call that failed with this code, for throwing. */
export function nativeError(call: string, code: NativeCode, path?: string): NativeError {
  return new NativeError(call, describeError(code), path);
}

export function codeOfStatus(status: number): NativeCode {
  return status === STATUS_DELETE_PENDING ? Win32.ERROR_DELETE_PENDING : toWin32(status);
}

export function isFull(code: NativeCode): boolean {
  return (
    code === Win32.ERROR_DISK_FULL || code === Win32.ERROR_HANDLE_DISK_FULL || code === Win32.ERROR_DISK_QUOTA_EXCEEDED
  );
}

/** Not so a share or disk that has gone: what is on it still exists. */
export function isMissing(code: NativeCode): boolean {
  return (
    code === Win32.ERROR_FILE_NOT_FOUND ||
    code === Win32.ERROR_PATH_NOT_FOUND ||
    code === Win32.ERROR_DIRECTORY ||
    code === Win32.ERROR_DELETE_PENDING
  );
}

/** What calls answer that know a structure or a flag of a newer system only by refusing it. */
export function isUnknownRequest(code: NativeCode): boolean {
  return (
    code === Win32.ERROR_INVALID_PARAMETER ||
    code === Win32.ERROR_INVALID_FUNCTION ||
    code === Win32.ERROR_NOT_SUPPORTED ||
    code === Win32.ERROR_CALL_NOT_IMPLEMENTED ||
    code === Win32.ERROR_INVALID_LEVEL
  );
}

function systemText(code: NativeCode): string {
  const memory = allocate(LONGEST_TEXT * 2);
  const length = formatMessage(FORMAT, 0, code, 0, memory.address, LONGEST_TEXT, 0);
  const text = memory.bytes.toString('utf16le', 0, length * 2).trim();
  return text === '' ? `error ${code}` : text;
}
