import { EngineError } from '../errors/engine-error.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['compareGenerations'];

/** Not written yet. */
export const run: Command<Method['params'], Method['result']> = () =>
  Promise.reject(new EngineError('InternalError', { message: 'compareGenerations is not implemented yet.' }));
