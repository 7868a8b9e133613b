import { getSystemErrorMap } from 'node:util';
import type { NativeCause } from './native-cause.ts';

/** Code, name and text of an error thrown by `node:fs`. */
export function describeSystemError(error: unknown): NativeCause {
  const { errno, code, message } = error as NodeJS.ErrnoException;
  if (errno === undefined || code === undefined) return { code: 0, name: 'UNKNOWN', text: message };
  const known = getSystemErrorMap().get(errno);
  return { code: Math.abs(errno), name: code, text: known?.[1] ?? message };
}
