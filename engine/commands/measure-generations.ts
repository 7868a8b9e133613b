import { loadNative } from '../../native/index.ts';
import { measureGenerations } from '../measure/measure-generations.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['measureGenerations'];

/** Tells what generations take on disk and what removing them frees. */
export const run: Command<Method['params'], Method['result']> = async (params, context) => {
  const { setPath, names, top } = params;
  const { links } = await loadNative();
  const maxLinks = Math.min(params.maxLinks ?? links.recommended, links.limit);
  return measureGenerations({ setPath, names, top, maxLinks }, context, context.signal);
};
