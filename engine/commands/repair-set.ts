import { loadNative } from '../../native/index.ts';
import { repairMachine, repairSet } from '../repair/repair.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['repairSet'];

/** Cleans up leftovers of this machine and, if one is named, of a set. */
export const run: Command<Method['params'], Method['result']> = async ({ setPath, removeStaging, whatIf }, context) => {
  const native = await loadNative();
  const actions = await repairMachine(native, whatIf);
  if (setPath !== undefined)
    actions.push(...(await repairSet(native, setPath, { removeStaging, whatIf }, context.signal)));
  return { actions };
};
