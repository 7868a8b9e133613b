import type { EngineError } from '../errors/engine-error.ts';
import type { Generation, GenerationState } from '../types/protocol.ts';
import { openSet } from './backup-set.ts';
import { generationNames, incompleteGeneration, stagedNames, tryReadGeneration } from './list.ts';
import { wildcardToRegExp } from './wildcard.ts';

/** Which generations are asked for. */
export interface ListFilter {
  name?: string | undefined;
  /** Only the newest that passes the other conditions. */
  latest: boolean;
  before?: string | undefined;
  after?: string | undefined;
  /** Without it, all finished ones. */
  states?: readonly GenerationState[] | undefined;
}

/**
 * The generations of a set, oldest first. Takes no lock: a listing never waits for a run.
 * @param onDamaged told of generations whose manifest cannot be read; they are left out
 */
export function listGenerations(
  setPath: string,
  filter: ListFilter,
  onDamaged: (error: EngineError) => void,
): Generation[] {
  const { layout } = openSet(setPath);
  const states = filter.states ?? ['Complete', 'Partial'];
  const pattern = filter.name === undefined ? undefined : wildcardToRegExp(filter.name);
  const isWanted = (name: string): boolean => pattern?.test(name) ?? true;
  const finished = generationNames(layout)
    .filter(isWanted)
    .map((name) => tryReadGeneration(layout, name, onDamaged))
    .filter((generation) => generation !== undefined);
  const staged = states.includes('Incomplete')
    ? stagedNames(layout)
        .filter(isWanted)
        .map((name) => incompleteGeneration(layout, name))
    : [];
  const found = [...finished, ...staged]
    .filter(({ state }) => states.includes(state))
    .filter(({ createdAt }) => filter.before === undefined || Date.parse(createdAt) < Date.parse(filter.before))
    .filter(({ createdAt }) => filter.after === undefined || Date.parse(createdAt) > Date.parse(filter.after))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return filter.latest ? found.slice(-1) : found;
}
