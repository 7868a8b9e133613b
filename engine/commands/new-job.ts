import { loadNative } from '../../native/index.ts';
import { newJob } from '../jobs/template/new-job.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['newJob'];

/** Writes a job into a file. */
export const run: Command<Method['params'], Method['result']> = async (params) => ({
  ...newJob(await loadNative(), { ...params, settings: { ...params.settings } }),
});
