import { loadNative } from '../../native/index.ts';
import { getHardLinks } from '../links/get-hard-links.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['getHardLinks'];

/** Finds all names of files. */
export const run: Command<Method['params'], Method['result']> = async ({ paths, roots }, context) =>
  getHardLinks(await loadNative(), paths, roots, context, context.signal);
