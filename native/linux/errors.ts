import { constants } from 'node:os';
import { getSystemErrorMap } from 'node:util';
import { NativeError, type NativeCode, type NativeErrorText } from '../types.ts';
import { textFromByte, type BytePath } from '../byte-path.ts';
import { errno } from './libc.ts';

export const Errno = constants.errno;

const texts = new Map<number, NativeErrorText>();

/** Symbolic name and text of an errno, as libuv words them. */
export function describeError(code: NativeCode): NativeErrorText {
  if (texts.size === 0) {
    for (const [name, value] of Object.entries(Errno)) texts.set(value, { code: value, name, text: name });
    for (const [value, [name, text]] of getSystemErrorMap()) texts.set(-value, { code: -value, name, text });
  }
  return texts.get(code) ?? { code, name: `E${code}`, text: `error ${code}` };
}

/** The error of the call that just failed on this thread. */
export function lastError(call: string, path?: BytePath): NativeError {
  return new NativeError(call, describeError(errno()), path === undefined ? undefined : textFromByte(path));
}
