import { listGenerations } from '../generation/list-generations.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['listGenerations'];

/** Lists generations; one whose manifest is damaged is warned about and left out. */
export const run: Command<Method['params'], Method['result']> = (params, context) => {
  const { setPath, name, latest, before, after, state } = params;
  const states = state === undefined || Array.isArray(state) ? state : [state];
  const generations = listGenerations(setPath, { name, latest, before, after, states }, (error) =>
    context.warning({ id: error.id, message: error.message, ...(error.path !== undefined && { path: error.path }) }),
  );
  return Promise.resolve({ generations });
};
