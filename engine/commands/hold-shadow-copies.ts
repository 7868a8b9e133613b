import { once } from 'node:events';
import { loadNative } from '../../native/index.ts';
import { ShadowCopies, type ShadowCopyListener } from '../snapshot/shadow-copies.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command, CommandContext } from './context.ts';

type Method = Protocol['requests']['holdShadowCopies'];

/** Makes shadow copies that live as long as the request: until it is cancelled, or nobody is there any more. */
export const run: Command<Method['params'], Method['result']> = async (params, context) => {
  const copies = await ShadowCopies.of(await loadNative());
  const { snapshot, shadowCopies } = await copies.create(params, false, listenerFor(context), context.signal);
  // Nothing else keeps the process when its input was there all at once.
  const stay = setInterval(() => undefined, 60_000);
  try {
    context.shadowCopies(shadowCopies);
    if (!context.signal.aborted) await once(context.signal, 'abort');
    for (const warning of await snapshot.complete(true)) context.warning(warning);
  } finally {
    clearInterval(stay);
    await copies.release(snapshot);
  }
  throw context.signal.reason;
};

export function listenerFor(context: CommandContext): ShadowCopyListener {
  return {
    progress: (path) => context.progress({ phase: 'Preparing', items: 0, bytes: 0, path }),
    warn: (warning) => context.warning(warning),
  };
}
