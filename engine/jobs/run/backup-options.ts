import type { RunOptions } from '../../generation/run-options.ts';
import { readRules } from '../../scan/read-rules.ts';
import { bytesOf } from '../byte-size.ts';
import { secondsOf } from '../duration.ts';
import type { Job } from '../job.ts';

/** What whoever starts a run may say is meant; nobody is there to say so when a scheduler does. */
export interface Allowances {
  readonly allowSetChange: boolean;
  readonly allowSourceChange: boolean;
  readonly allowEmptySource: boolean;
}

/**
 * What a job asks of its backup.
 * @throws EngineError ExcludeFileNotFound, PatternInvalid
 */
export function backupOptions(
  { settings }: Job,
  now: Date,
  rememberedSet: string | undefined,
  { allowSetChange, allowSourceChange, allowEmptySource }: Allowances,
): Omit<RunOptions, 'whatIf'> {
  const { maximumSize, olderThan, newerThan } = settings;
  return {
    setPath: settings.destination,
    // A disk that is mistaken for another one gets no backup.
    setId: settings.setId ?? (allowSetChange ? undefined : rememberedSet),
    sources: settings.sources.map((source) => (typeof source === 'string' ? { path: source } : source)),
    selection: readRules({
      exclude: settings.exclude,
      include: settings.include,
      excludeFile: settings.excludeFile,
      excludeCacheDirectories: settings.excludeCacheDirectory,
      ...(maximumSize !== undefined && { maximumSize: bytesOf(maximumSize) }),
      ...(olderThan !== undefined && { olderThan: timeOf(olderThan, now) }),
      ...(newerThan !== undefined && { newerThan: timeOf(newerThan, now) }),
    }),
    snapshot: settings.snapshot,
    requireSnapshot: settings.requireSnapshot,
    compareContent: settings.comparison === 'Content',
    hash: settings.hash === 'Sha256',
    maxLinks: settings.maxLinks,
    crossMount: settings.crossMount,
    skipUnchanged: settings.skipUnchanged,
    allowEmptySource,
    allowSourceChange,
    workers: undefined,
    outputItem: false,
  };
}

/** A day without a time begins at midnight of the machine; a duration counts back from the start of the run. */
function timeOf(age: string, now: Date): string {
  if (!/^\d{4}-/.test(age)) return new Date(now.getTime() - secondsOf(age) * 1000).toISOString();
  return new Date(age.includes('T') ? age : `${age}T00:00`).toISOString();
}
