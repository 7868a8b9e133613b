import { loadNative } from '../../native/index.ts';
import { compareGenerations } from '../compare/compare-generations.ts';
import { compareWithSources } from '../compare/compare-live.ts';
import { EngineError } from '../errors/engine-error.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['compareGenerations'];

/** Compares a generation with another one, or with the sources as they are now. */
export const run: Command<Method['params'], Method['result']> = async (params, context) => {
  const { setPath, reference, difference, sources = [], comparison } = params;
  if ((difference === undefined) === (params.sources === undefined))
    throw new EngineError('InvalidParameter', {
      message: 'Give either params.difference or params.sources.',
    });
  const summary =
    difference === undefined
      ? await compareWithSources(await loadNative(), setPath, reference, sources, comparison, context, context.signal)
      : await compareGenerations(setPath, reference, difference, context, context.signal);
  return { summary };
};
