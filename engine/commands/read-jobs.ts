import { catalogue } from '../errors/catalogue.ts';
import { describeJob } from '../jobs/describe-job.ts';
import { readJobs } from '../jobs/read-jobs.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['readJobs'];

/** Reads job files. */
export const run: Command<Method['params'], Method['result']> = (params) => {
  const { jobs, problems } = readJobs(params.paths, params.names);
  return Promise.resolve({
    jobs: jobs.map(describeJob),
    problems: problems.map((problem) => ({ category: catalogue[problem.id].category, ...problem })),
  });
};
