import { hostname } from 'node:os';
import type { Native } from '../../../native/index.ts';
import { EngineError } from '../../errors/engine-error.ts';
import { createGeneration } from '../../generation/create-generation.ts';
import { pruneGenerations } from '../../generation/prune-generations.ts';
import type { JobPlan, JobProblem, Plan, RemovalResult } from '../../types/protocol.ts';
import { readJobState } from '../job-state.ts';
import type { Job } from '../job.ts';
import { backupOptions, type Allowances } from './backup-options.ts';
import { problemOf } from './problem.ts';
import { retentionOf } from './retention-of.ts';
import { commandOf } from './run-hook.ts';
import type { JobListener } from './run-watch.ts';

/** Tells what a run of a job would do, as far as it can be told before its hooks have run; changes nothing. */
export async function planJob(
  native: Native,
  job: Job,
  allowances: Allowances,
  listener: JobListener,
  signal: AbortSignal,
): Promise<JobPlan> {
  const problems: JobProblem[] = [];
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      problems.push(problemOf(error));
      return undefined;
    }
  };
  const quiet: JobListener = { ...listener, removal: () => undefined };
  const plan = await attempt(async () => {
    const remembered = readJobState(native, job).setId;
    const options = { ...backupOptions(job, new Date(), remembered, allowances), whatIf: true };
    return (await createGeneration(native, options, quiet, signal)) as Plan;
  });
  // What would stop a removal is told beside what it would do.
  const strict: JobListener = { ...quiet, itemError: (error) => void problems.push(problemOf(error)) };
  const removals = plan && (await attempt(() => planRetention(native, job, plan, strict, signal)));
  const { before = [], after = [], failure = [] } = job.settings.hooks ?? {};
  return {
    job: job.name,
    file: job.file,
    computer: hostname(),
    destination: job.settings.destination,
    state: 'Planned',
    ...(plan && { plan }),
    removals: removals ?? [],
    hooks: [
      ...before.map((hook) => ({ stage: 'Before' as const, command: commandOf(hook) })),
      ...failure.map((hook) => ({ stage: 'Failure' as const, command: commandOf(hook) })),
      ...after.map((hook) => ({ stage: 'After' as const, command: commandOf(hook) })),
    ],
    reports: job.settings.report.map(({ file }) => file),
    problems,
  };
}

/** As if the planned generation were there: it counts for the rules, and may be the one that lets another go. */
async function planRetention(
  native: Native,
  job: Job,
  { name, createdAt }: Plan,
  listener: JobListener,
  signal: AbortSignal,
): Promise<RemovalResult[]> {
  const retention = retentionOf(job);
  if (!retention) return [];
  const expected = { name, createdAt: Date.parse(createdAt), state: 'Complete' } as const;
  try {
    const request = { ...retention, force: false, whatIf: true, expected };
    const { results } = await pruneGenerations(native, request, listener, signal);
    return results.filter(({ action }) => action === 'Remove');
  } catch (error) {
    // The first run makes the set.
    if (error instanceof EngineError && error.id === 'SetNotFound') return [];
    throw error;
  }
}
