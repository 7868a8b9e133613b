import { loadNative } from '../../native/index.ts';
import { EngineError } from '../errors/engine-error.ts';
import { readJobs } from '../jobs/read-jobs.ts';
import { planJob } from '../jobs/run/plan-job.ts';
import { runJob } from '../jobs/run/run-job.ts';
import type { Protocol } from '../types/protocol.ts';
import type { Command } from './context.ts';

type Method = Protocol['requests']['runJob'];

/** Runs a job, or with `whatIf` tells what that would do. */
export const run: Command<Method['params'], Method['result']> = async (params, context) => {
  const { path, name, shell } = params;
  const { jobs, problems } = readJobs([path], [name]);
  const job = jobs.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (!job) throw notReadable(name, path, problems);
  const native = await loadNative();
  if (params.whatIf) return planJob(native, job, params, context, context.signal);
  return runJob(native, job, { ...params, shell }, context, context.signal);
};

function notReadable(name: string, file: string, problems: ReturnType<typeof readJobs>['problems']): EngineError {
  const [first] = problems;
  if (first === undefined)
    return new EngineError('JobNotFound', { message: `There is no job '${name}' in '${file}'.`, path: file });
  const { id, message, path, hint } = first;
  return new EngineError(id, { message, path, hint, details: { problems } });
}
