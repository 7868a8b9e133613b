import { EngineError } from '../errors/engine-error.ts';
import type { RequestId } from '../types/protocol.ts';
import type { IncomingMessage } from './message.ts';

/** The envelope of a message. Throws an `EngineError` that names the field that is wrong. */
export function readMessage(value: unknown): IncomingMessage {
  if (Array.isArray(value)) {
    throw invalid('Batches are not supported: send each request as an object on a line of its own.');
  }
  if (typeof value !== 'object' || value === null) {
    throw invalid(`A request is a JSON object, not ${nameOf(value)}.`);
  }
  const { jsonrpc, id, method, params } = value as Record<string, unknown>;
  if (jsonrpc !== '2.0') throw fieldError('jsonrpc', jsonrpc, 'the string "2.0"');
  if (id !== undefined && !isRequestId(id)) throw fieldError('id', id, 'a string or an integer');
  if (typeof method !== 'string') throw fieldError('method', method, 'a string');
  return id === undefined ? { kind: 'notification', method, params } : { kind: 'request', id, method, params };
}

/** The id to answer to when the message is not one that can be read; null if there is none either. */
export function idOf(value: unknown): RequestId | null {
  const id: unknown = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  return isRequestId(id) ? id : null;
}

/** JSON numbers beyond 2^53 do not come back as they were sent. */
function isRequestId(id: unknown): id is RequestId {
  return typeof id === 'string' ? id.length <= 1024 : Number.isSafeInteger(id);
}

function fieldError(field: string, actual: unknown, expected: string): EngineError {
  return invalid(
    actual === undefined
      ? `${field} is missing (expected ${expected}).`
      : `${field} is ${nameOf(actual)} (expected ${expected}).`,
    { field, expected },
  );
}

function invalid(message: string, details?: Record<string, unknown>): EngineError {
  return new EngineError('InvalidRequest', { message, details });
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
