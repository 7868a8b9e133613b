import { loadNative } from '../../native/index.ts';
import { catalogue } from '../errors/catalogue.ts';
import { describeJob } from '../jobs/describe-job.ts';
import { jobPaths } from '../jobs/job-paths.ts';
import { readJobState } from '../jobs/job-state.ts';
import { readJobs } from '../jobs/read-jobs.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['readJobs'];

/** Reads job files, and what this machine remembers of the last runs of their jobs. */
export const run: Command<Method['params'], Method['result']> = async (params) => {
  const native = await loadNative();
  const { jobs, problems } = readJobs(jobPaths(native, params.paths), params.names);
  return {
    jobs: jobs.map((job) => describeJob(job, readJobState(native, job).lastResult)),
    problems: problems.map((problem) => ({ category: catalogue[problem.id].category, ...problem })),
  };
};
