import { EngineError } from '../errors/engine-error.ts';
import { fromSystemError } from '../errors/from-system-error.ts';
import type { ErrorId } from '../errors/catalogue.ts';
import type { ErrorData } from '../errors/error-data.ts';

/** The `error` member of a JSON-RPC response. */
export interface ErrorObject {
  readonly code: number;
  readonly message: string;
  readonly data: ErrorData;
}

/** @see https://www.jsonrpc.org/specification#error_object; -32800 is what the Language Server Protocol uses. */
const codes: Partial<Record<ErrorId, number>> = {
  ParseError: -32700,
  InvalidRequest: -32600,
  MethodNotFound: -32601,
  InvalidParameter: -32602,
  InternalError: -32603,
  Cancelled: -32800,
};
const ownCode = -32000;

/** Any thrown value as it goes over the wire. */
export function toErrorObject(thrown: unknown): ErrorObject {
  const error = thrown instanceof EngineError ? thrown : (fromSystemError(thrown) ?? asInternalError(thrown));
  return { code: codes[error.id] ?? ownCode, message: error.message, data: error.toErrorData() };
}

/**
 * What nobody foresaw is a defect. Its stack is for us, not for the user: it goes to standard error, and only with
 * `MIRRORBACKUP_DEBUG=1`.
 */
function asInternalError(thrown: unknown): EngineError {
  if (process.env['MIRRORBACKUP_DEBUG'] === '1') console.error(thrown);
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return new EngineError('InternalError', { message: `The engine failed unexpectedly: ${text}`, cause: thrown });
}
