import { loadNative } from '../../native/index.ts';
import { catalogue } from '../errors/catalogue.ts';
import { describeJob } from '../jobs/describe-job.ts';
import { readJobState } from '../jobs/job-state.ts';
import { readJobs } from '../jobs/read-jobs.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['readJobs'];

/** Reads job files, and what this machine remembers of the last runs of their jobs. */
export const run: Command<Method['params'], Method['result']> = async (params) => {
  const { jobs, problems } = readJobs(params.paths, params.names);
  const native = await loadNative();
  return {
    jobs: jobs.map((job) => describeJob(job, readJobState(native, job).lastResult)),
    problems: problems.map((problem) => ({ category: catalogue[problem.id].category, ...problem })),
  };
};
