import { loadNative } from '../../native/index.ts';
import { ShadowCopies } from '../snapshot/shadow-copies.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['getShadowCopies'];

/** Lists the shadow copies of this machine. */
export const run: Command<Method['params'], Method['result']> = async () => ({
  shadowCopies: await (await ShadowCopies.of(await loadNative())).list(),
});
