import { loadNative } from '../../native/index.ts';
import { changePins } from '../generation/pin-generations.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['pinGenerations'];

/** Protects generations from removal. */
export const run: Command<Method['params'], Method['result']> = async ({ setPath, names, reason }) => ({
  generations: changePins(await loadNative(), setPath, names, { kind: 'pin', reason }),
});
