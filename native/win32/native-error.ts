import { NativeError, type NativeCode } from '../types.ts';
import { describeError } from './errors.ts';

/** The error of a call that failed with a Win32 code, for throwing. */
export function nativeError(call: string, code: NativeCode, path?: string): NativeError {
  return new NativeError(call, describeError(code), path);
}
