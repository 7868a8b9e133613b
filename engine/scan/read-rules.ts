import { readFileSync } from 'node:fs';
import ignore from 'ignore';
import { fsPath } from '../../native/fs-path.ts';
import { EngineError } from '../errors/engine-error.ts';
import { describeSystemError } from '../errors/system-error.ts';
import { absolutePath } from '../generation/absolute-path.ts';
import type { SelectionRules } from './selection.ts';

/** The selection as a user states it. */
export interface RuleSources {
  exclude: readonly string[];
  include: readonly string[];
  /** Absolute paths of files with exclude patterns, as the user gave them. */
  excludeFile: readonly string[];
  excludeCacheDirectories: boolean;
  maximumSize?: number;
  olderThan?: string;
  newerThan?: string;
}

/**
 * Reads pattern files and checks the patterns. Files come first, so that a pattern given directly can override them.
 * @throws EngineError PathInvalid, ExcludeFileNotFound, PatternInvalid
 */
export function readRules(sources: RuleSources): SelectionRules {
  const fromFiles = sources.excludeFile.flatMap((path) => readPatterns(path));
  const rules: SelectionRules = {
    exclude: [...fromFiles, ...sources.exclude],
    include: [...sources.include],
    excludeCacheDirectories: sources.excludeCacheDirectories,
  };
  for (const pattern of [...rules.exclude, ...rules.include]) checkPattern(pattern);
  if (sources.maximumSize !== undefined) rules.maximumSize = sources.maximumSize;
  if (sources.olderThan !== undefined) rules.olderThan = Date.parse(sources.olderThan) / 1000;
  if (sources.newerThan !== undefined) rules.newerThan = Date.parse(sources.newerThan) / 1000;
  return rules;
}

function readPatterns(given: string): string[] {
  const path = absolutePath(given);
  try {
    return readFileSync(fsPath(path), 'utf8')
      .replace(/^\ufeff/, '')
      .split(/\r?\n/);
  } catch (error) {
    const native = describeSystemError(error);
    throw new EngineError('ExcludeFileNotFound', {
      message: `The exclude file '${path}' cannot be read: ${native.text} (${native.name}).`,
      path,
      native,
    });
  }
}

/** @throws EngineError PatternInvalid */
export function checkPattern(pattern: string): void {
  try {
    ignore().add(pattern).ignores('probe');
  } catch (error) {
    throw new EngineError('PatternInvalid', {
      message: `The pattern '${pattern}' is not valid: ${(error as Error).message}`,
    });
  }
}
