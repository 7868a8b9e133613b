import type { NativeErrorText } from '../../native/index.ts';
import { EngineError } from '../errors/engine-error.ts';
import { fromSystemError } from '../errors/from-system-error.ts';
import type { ErrorId } from '../errors/catalogue.ts';

/** An error as it travels from a working thread; classes do not survive the way. */
export interface ThreadError {
  id?: ErrorId;
  message: string;
  path?: string | undefined;
  native?: NativeErrorText | undefined;
  details?: Record<string, unknown> | undefined;
  stack?: string | undefined;
}

export function serializeError(thrown: unknown): ThreadError {
  const error = thrown instanceof EngineError ? thrown : fromSystemError(thrown);
  if (error) {
    const { id, message, path, native, details } = error;
    return { id, message, path, native: native && { ...native }, details: details && { ...details } };
  }
  return thrown instanceof Error ? { message: thrown.message, stack: thrown.stack } : { message: String(thrown) };
}

/** The error again, as this thread's kind of object. */
export function reviveError({ id, message, path, native, details, stack }: ThreadError): Error {
  if (id) return new EngineError(id, { message, path, native, details });
  const result = new Error(message);
  if (stack !== undefined) result.stack = stack;
  return result;
}
