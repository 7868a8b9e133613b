import { findSet } from '../../../generation/backup-set.ts';
import type { JobResult } from '../../../types/protocol.ts';
import { updateJobState } from '../../job-state.ts';
import { warnNotWritten, type RunContext } from '../run-context.ts';

/** What this machine is to know of the job from now on: its last result, and the set it has met. */
export function remember(run: RunContext, lastResult: JobResult): void {
  const { native, job, record } = run;
  try {
    const setId = record.generation && findSet(job.settings.destination)?.settings.id;
    updateJobState(native, job, { lastResult, ...(setId !== undefined && { setId }) });
  } catch (error) {
    warnNotWritten(run, 'JobStateNotWritable', 'The result of the job', error);
  }
}
