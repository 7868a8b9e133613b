import type { NativeErrorText } from '../../native/index.ts';
import { NativeError } from '../../native/index.ts';
import { EngineError, type EngineErrorOptions } from '../errors/engine-error.ts';
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

export function serializeError(error: unknown): ThreadError {
  if (error instanceof EngineError)
    return { id: error.id, message: error.message, path: error.path, details: error.details && { ...error.details } };
  if (error instanceof NativeError)
    return { message: error.message, path: error.path, native: error.native, stack: error.stack };
  return error instanceof Error ? { message: error.message, stack: error.stack } : { message: String(error) };
}

/** The error again, as this thread's kind of object. */
export function reviveError(error: ThreadError): Error {
  const options: EngineErrorOptions = {
    message: error.message,
    path: error.path,
    native: error.native,
    details: error.details,
  };
  if (error.id) return new EngineError(error.id, options);
  if (error.native) return new EngineError('ItemFailed', options);
  const result = new Error(error.message);
  if (error.stack !== undefined) result.stack = error.stack;
  return result;
}
