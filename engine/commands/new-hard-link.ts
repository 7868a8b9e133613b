import { loadNative } from '../../native/index.ts';
import { newHardLink } from '../links/new-hard-link.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['newHardLink'];

/** Gives an existing file one more name. */
export const run: Command<Method['params'], Method['result']> = async ({ path, target, force }) => ({
  link: newHardLink(await loadNative(), path, target, force ? 'replace' : 'refuse'),
});
