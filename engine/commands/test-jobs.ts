import { loadNative } from '../../native/index.ts';
import { testJobs } from '../jobs/test/test-jobs.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['testJobs'];

/** Tests jobs, or how old the newest generation of sets is, without changing anything. */
export const run: Command<Method['params'], Method['result']> = async (params) => {
  const { checks, storedSecrets, jobs } = await testJobs(await loadNative(), params);
  return { checks: [...checks], storedSecrets: [...storedSecrets], jobs: [...jobs] };
};
