import { loadNative } from '../../native/index.ts';
import { ShadowCopies } from '../snapshot/shadow-copies.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['dismountShadowCopy'];

/** Takes one path or drive letter, or all, from a shadow copy. */
export const run: Command<Method['params'], Method['result']> = async ({ id, mount }) => ({
  shadowCopy: await (await ShadowCopies.of(await loadNative())).dismount(id, mount),
});
