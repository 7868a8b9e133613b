import { loadNative } from '../../native/index.ts';
import { ShadowCopies } from '../snapshot/shadow-copies.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['removeShadowCopy'];

/** Removes a shadow copy and what leads to it. */
export const run: Command<Method['params'], Method['result']> = async ({ id }) => ({
  shadowCopy: await (await ShadowCopies.of(await loadNative())).remove(id),
});
