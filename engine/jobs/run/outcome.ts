import type { Generation, JobProblem, JobResult, JobState } from '../../types/protocol.ts';

/** Exit codes of a run, for schedulers. */
export const exitCodes: Readonly<Record<JobState, JobResult['exitCode']>> = {
  Complete: 0,
  Partial: 3,
  Failed: 1,
  Cancelled: 130,
};

/** What decides how a run has ended. */
export interface Facts {
  generation: Pick<Generation, 'state'> | undefined;
  problems: readonly JobProblem[];
  isCancelled: boolean;
}

/** Whatever is lost or went wrong makes it less than Complete; without a generation nothing was backed up. */
export function stateOf({ generation, problems, isCancelled }: Facts): JobState {
  if (isCancelled) return 'Cancelled';
  if (generation === undefined) return 'Failed';
  return problems.length === 0 && generation.state === 'Complete' ? 'Complete' : 'Partial';
}
