import { loadNative } from '../../native/index.ts';
import type { Protocol } from '../types/protocol.ts';
import { testGenerations } from '../verify/test-generations.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['testGenerations'];

/** Tests generations against their manifests. */
export const run: Command<Method['params'], Method['result']> = async (params, context) => {
  const { setPath, names, content, samplePercent, workers } = params;
  const request = { setPath, names, samplePercent: content ? samplePercent : undefined, workers };
  return { summary: await testGenerations(await loadNative(), request, context, context.signal) };
};
