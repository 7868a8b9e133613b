import { hostname } from 'node:os';
import { paths, type PathRules } from '../../native/paths.ts';
import { wildcardToRegExp } from '../generation/wildcard.ts';
import type { Job } from './job.ts';
import { listJobFiles, unreadable } from './list-job-files.ts';
import type { JobFileProblem } from './problem.ts';
import { readJobFile } from './read-job-file.ts';

/** What variables stand for, and how paths look; by default as on this machine. */
export interface ReadJobsOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly computerName?: string;
  readonly rules?: PathRules;
}

/** Jobs that can run, and what is wrong with others. */
export interface JobsRead {
  readonly jobs: Job[];
  readonly problems: JobFileProblem[];
}

/**
 * Reads jobs. What is wrong with one of them, or with one file, does not hide the others. Never throws for what is in the
 * files.
 * @param given absolute paths of job files, or of folders with job files
 * @param names only jobs with these names; wildcards of PowerShell are allowed
 */
export function readJobs(
  given: readonly string[],
  names: readonly string[] = [],
  options: ReadJobsOptions = {},
): JobsRead {
  const context = {
    environment: options.environment ?? process.env,
    computerName: options.computerName ?? hostname(),
    rules: options.rules ?? paths,
  };
  const { files, problems } = listJobFiles(given);
  const all: Job[] = [];
  for (const file of files) {
    try {
      const content = readJobFile(file, context);
      all.push(...content.jobs);
      problems.push(...content.problems);
    } catch (error) {
      problems.push(unreadable(file, error));
    }
  }
  const { unique, repeated } = splitRepeated(all);
  problems.push(...repeated);
  return select(unique, problems, names);
}

/** Names must tell the jobs of a folder apart: of two with one name, none is picked in silence. */
function splitRepeated(all: readonly Job[]): { unique: Job[]; repeated: JobFileProblem[] } {
  const first = new Map<string, Job>();
  const unique: Job[] = [];
  const repeated: JobFileProblem[] = [];
  for (const job of all) {
    // Names of tasks and wildcards know no case.
    const key = `${paths.key(paths.parent(job.file))}\0${job.name.toLowerCase()}`;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, job);
      unique.push(job);
      continue;
    }
    repeated.push({
      id: 'JobInvalid',
      message: `${job.file}:${job.line}:1: the folder has another job with the name '${job.name}', in ${other.file}:${other.line}.`,
      path: job.file,
      line: job.line,
      column: 1,
      job: job.name,
      key: `jobs.${job.name}`,
      hint: 'Give one of them another name.',
    });
  }
  return { unique, repeated };
}

function select(jobs: readonly Job[], problems: readonly JobFileProblem[], names: readonly string[]): JobsRead {
  if (names.length === 0) return { jobs: [...jobs], problems: [...problems] };
  const patterns = names.map((name) => ({ name, expression: wildcardToRegExp(name) }));
  const isWanted = (job: string): boolean => patterns.some(({ expression }) => expression.test(job));
  const selected = jobs.filter(({ name }) => isWanted(name));
  const relevant = problems.filter(({ job }) => job === undefined || isWanted(job));
  for (const { name, expression } of patterns) {
    const isLiteral = !/[*?[]/.test(name);
    const isKnown =
      selected.some((job) => expression.test(job.name)) ||
      relevant.some(({ job }) => job !== undefined && expression.test(job));
    // A file that cannot be read may hold it: what is wrong with the file says enough.
    if (isLiteral && !isKnown && relevant.length === 0) relevant.push(notFound(name, jobs));
  }
  return { jobs: selected, problems: relevant };
}

function notFound(name: string, jobs: readonly Job[]): JobFileProblem {
  const known = jobs.map((job) => job.name);
  return {
    id: 'JobNotFound',
    message: `There is no job '${name}'.`,
    path: name,
    hint: known.length > 0 ? `There are ${known.slice(0, 20).join(', ')}.` : 'There is no job file there.',
  };
}
