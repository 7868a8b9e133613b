import { loadNative } from '../../native/index.ts';
import { EngineError } from '../errors/engine-error.ts';
import { repairMachine, repairSet } from '../repair/repair.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['repairSet'];

/** Cleans up leftovers of this machine and, if one is named, of a set; heals the set's damage if that is asked for. */
export const run: Command<Method['params'], Method['result']> = async (params, context) => {
  const { setPath, removeStaging, heal, healFrom, whatIf } = params;
  if (heal && setPath === undefined)
    throw new EngineError('InvalidParameter', { message: 'To heal damage, give params.setPath, too.' });
  if (healFrom !== undefined && !heal)
    throw new EngineError('InvalidParameter', { message: 'params.healFrom has a meaning only with params.heal.' });
  const native = await loadNative();
  const actions = await repairMachine(native, whatIf);
  if (setPath !== undefined) {
    const options = { removeStaging, heal: heal ? 'Damage' : 'Nothing', healFrom, whatIf } as const;
    actions.push(...(await repairSet(native, setPath, options, context, context.signal)));
  }
  return { actions };
};
