import type { Native } from '../../../native/index.ts';
import { EngineError } from '../../errors/engine-error.ts';
import { checkOverlap } from '../../generation/check-overlap.ts';
import { resolveSources, type ResolvedSource } from '../../generation/resolve-sources.ts';
import { readRules } from '../../scan/read-rules.ts';
import type { JobSettings } from '../../types/job.ts';
import { failedBy, passed, warning, type Finding } from './check.ts';

/** Whether each source is there and can be read, and lies outside the set; and whether the files with patterns are there. */
export function checkSources(native: Native, settings: JobSettings): Finding[] {
  const sources = settings.sources.map((source) => (typeof source === 'string' ? { path: source } : source));
  const found = sources.flatMap((source) => checkSource(native, source, settings.destination));
  const { exclude, include, excludeFile } = settings;
  const rules = orFailed('Exclude', () => {
    readRules({ exclude, include, excludeFile, excludeCacheDirectories: false });
    return [];
  });
  return [...found, ...rules];
}

function checkSource(native: Native, source: { path: string; name?: string }, destination: string): Finding[] {
  return orFailed('Source', () => {
    const resolved = resolveSources(native, [source]);
    checkOverlap(native, resolved, destination);
    return resolved.map(describe);
  });
}

function describe({ pathText, nameText, isEmpty }: ResolvedSource): Finding {
  if (isEmpty)
    return warning('Source', `'${pathText}' is empty.`, {
      path: pathText,
      hint: 'Check that its file system is mounted.',
    });
  return passed('Source', `'${pathText}' can be read; it is kept as '${nameText}'.`, pathText);
}

function orFailed(check: 'Source' | 'Exclude', look: () => Finding[]): Finding[] {
  try {
    return look();
  } catch (error) {
    if (error instanceof EngineError) return [failedBy(check, error)];
    throw error;
  }
}
