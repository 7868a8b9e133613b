import { loadNative } from '../../native/index.ts';
import { pruneGenerations } from '../generation/prune-generations.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['pruneGenerations'];

/** Removes what a policy does not keep, or with `whatIf` tells what that would be and free. */
export const run: Command<Method['params'], Method['result']> = async (params, context) =>
  pruneGenerations(await loadNative(), params, context, context.signal);
