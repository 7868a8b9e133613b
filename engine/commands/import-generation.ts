import { loadNative } from '../../native/index.ts';
import { importGeneration } from '../import/import-generation.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['importGeneration'];

/** Makes a generation of a backup that another program made. */
export const run: Command<Method['params'], Method['result']> = async (params, context) =>
  importGeneration(
    await loadNative(),
    {
      setPath: params.setPath,
      trees: params.trees,
      createdAt: new Date(params.createdAt),
      hash: params.hash === 'Sha256',
      originals: params.originals,
      workers: params.workers,
      whatIf: params.whatIf,
    },
    context,
    context.signal,
  );
