import { loadNative } from '../../native/index.ts';
import { createGeneration } from '../generation/create-generation.ts';
import { readRules } from '../scan/read-rules.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['createGeneration'];

/** Makes a generation, or with `whatIf` tells what it would be. */
export const run: Command<Method['params'], Method['result']> = async (params, context) =>
  createGeneration(
    await loadNative(),
    {
      setPath: params.setPath,
      setId: params.setId,
      sources: params.sources,
      selection: readRules(params),
      snapshot: params.snapshot,
      requireSnapshot: params.requireSnapshot,
      compareContent: params.comparison === 'Content',
      hash: params.hash === 'Sha256',
      maxLinks: params.maxLinks,
      crossMount: params.crossMount,
      skipUnchanged: params.skipUnchanged,
      allowEmptySource: params.allowEmptySource,
      allowSourceChange: params.allowSourceChange,
      workers: params.workers,
      whatIf: params.whatIf,
      outputItem: params.outputItem,
    },
    context,
    context.signal,
  );
