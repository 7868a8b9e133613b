import type { JobSettings } from '../../engine/types/job.ts';

/** What a job has where its file says nothing. */
export const DEFAULT_SETTINGS: Omit<JobSettings, 'sources' | 'destination'> = {
  enabled: true,
  exclude: [],
  include: [],
  excludeFile: [],
  excludeCacheDirectory: false,
  snapshot: 'Auto',
  requireSnapshot: false,
  comparison: 'Metadata',
  hash: 'Sha256',
  crossMount: false,
  skipUnchanged: false,
  report: [],
};
