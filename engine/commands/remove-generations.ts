import { loadNative } from '../../native/index.ts';
import { removeGenerations } from '../generation/remove-generations.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['removeGenerations'];

/** Removes generations by name, or with `whatIf` tells what that would free. */
export const run: Command<Method['params'], Method['result']> = async (params, context) => ({
  results: await removeGenerations(await loadNative(), params, context, context.signal),
});
