import { loadNative } from '../../native/index.ts';
import { EngineError } from '../errors/engine-error.ts';
import { restoreItems } from '../restore/restore-items.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['restoreItems'];

/** Restores items of a generation, or with `whatIf` tells what that would do. */
export const run: Command<Method['params'], Method['result']> = async (params, context) => {
  const { setPath, generation, paths = [], literalPaths = [], to, toOriginal, conflict } = params;
  if ((to !== undefined) === toOriginal)
    throw new EngineError('InvalidParameter', { message: 'Give either params.to or params.toOriginal.' });
  const summary = await restoreItems(
    await loadNative(),
    {
      setPath,
      generation,
      choices: [
        ...paths.map((text) => ({ text, kind: 'Wildcard' as const })),
        ...literalPaths.map((text) => ({ text, kind: 'Literal' as const })),
      ],
      destination: to === undefined ? { kind: 'Original' } : { kind: 'Folder', path: to },
      conflict,
      damaged: params.allowDamaged ? 'Placed' : 'Refused',
      mode: params.whatIf ? 'Plan' : 'Restore',
    },
    context,
    context.signal,
  );
  return { summary };
};
