import { loadNative } from '../../native/index.ts';
import { ShadowCopies } from '../snapshot/shadow-copies.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';
import { listenerFor } from './hold-shadow-copies.ts';

type Method = Protocol['requests']['newShadowCopies'];

/** Makes shadow copies that stay. */
export const run: Command<Method['params'], Method['result']> = async (params, context) => {
  const copies = await ShadowCopies.of(await loadNative());
  const { snapshot, shadowCopies } = await copies.create(params, true, listenerFor(context), context.signal);
  for (const warning of await snapshot.complete(true)) context.warning(warning);
  return { shadowCopies };
};
