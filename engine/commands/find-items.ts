import { EngineError } from '../errors/engine-error.ts';
import { findItems } from '../find/find-items.ts';
import { literalPattern, parsePattern } from '../find/path-pattern.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['findItems'];

/** Finds the versions of items over the generations of a set. */
export const run: Command<Method['params'], Method['result']> = async (params, context) => {
  const { setPath, paths = [], literalPaths = [], names } = params;
  const patterns = [...paths.map(parsePattern), ...literalPaths.map(literalPattern)];
  if (patterns.length === 0)
    throw new EngineError('InvalidParameter', { message: 'Give params.paths or params.literalPaths.' });
  return findItems({ setPath, patterns, names }, context, context.signal);
};
