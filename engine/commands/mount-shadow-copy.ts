import { loadNative } from '../../native/index.ts';
import { EngineError } from '../errors/engine-error.ts';
import { ShadowCopies } from '../snapshot/shadow-copies.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['mountShadowCopy'];

/** Gives a shadow copy a path or a drive letter. */
export const run: Command<Method['params'], Method['result']> = async ({ id, path, driveLetter }) => {
  if ((path === undefined) === (driveLetter === undefined))
    throw new EngineError('InvalidParameter', { message: 'One of params.path and params.driveLetter is needed.' });
  const copies = await ShadowCopies.of(await loadNative());
  const shadowCopy =
    path === undefined ? await copies.mountLetter(id, driveLetter ?? '') : await copies.mount(id, path);
  return { shadowCopy };
};
