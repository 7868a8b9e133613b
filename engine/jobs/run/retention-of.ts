import type { PruneRequest } from '../../generation/prune-generations.ts';
import { secondsOf } from '../duration.ts';
import type { Job } from '../job.ts';

/** What a job asks of retention; undefined where it keeps everything. */
export function retentionOf({ settings }: Job): Omit<PruneRequest, 'whatIf' | 'force'> | undefined {
  if (settings.retention === undefined) return undefined;
  const { timeZone, maximumRemovals, keepWithin, ...counts } = settings.retention;
  return {
    setPath: settings.destination,
    policy: { ...counts, ...(keepWithin !== undefined && { keepWithin: secondsOf(keepWithin) }) },
    timeZone,
    maximumRemovals,
  };
}
