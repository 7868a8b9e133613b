/** What a run did, in words: the one place from which mails, webhooks and logs take their text. */
import { DateTime } from 'luxon';
import { inUnits } from '../generation/free-space.ts';
import { countText, plural } from '../text/counts.ts';
import { durationText } from '../text/durations.ts';
import type { Job } from '../jobs/job.ts';
import type { JobProblem, JobResult, JobState } from '../types/protocol.ts';
import { oneLine } from './one-line.ts';

export interface ResultDescription {
  readonly state: JobState;
  /** Such as `FAILED: nightly on SRV1 (2026-11-26 02:31)`. */
  readonly title: string;
  /** What happened, in a sentence or two. */
  readonly summary: string;
  /** The first ones. */
  readonly problems: readonly JobProblem[];
  readonly furtherProblems: number;
  readonly facts: readonly Fact[];
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

const MOST_PROBLEMS = 10;
const MOST_NAMES = 10;
const WORDS: Readonly<Record<JobState, string>> = {
  Complete: 'Complete',
  Partial: 'PARTIAL',
  Failed: 'FAILED',
  Cancelled: 'CANCELLED',
};

/** Every text in the description is a single line. */
export function describeResult(job: Job, result: JobResult): ResultDescription {
  const { state, problems } = result;
  return {
    state,
    title: oneLine(`${WORDS[state]}: ${result.job} on ${result.computer} (${localTime(result.startedAt)})`),
    summary: oneLine(summaryOf(result)),
    problems: problems.slice(0, MOST_PROBLEMS).map(inOneLine),
    furtherProblems: Math.max(problems.length - MOST_PROBLEMS, 0),
    facts: factsOf(job, result)
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([label, value = '']) => ({ label, value: oneLine(value) })),
  };
}

function summaryOf({ state, generation, problems, damage }: JobResult): string {
  const made =
    generation &&
    (generation.skipped === true
      ? `Nothing has changed since generation ${generation.name}, so no new one was made.`
      : `Generation ${generation.name} was made: ${plural(generation.files, 'file')}, ${inUnits(generation.bytes)}, ` +
        `of which ${plural(generation.copiedFiles, 'file')} (${inUnits(generation.copiedBytes)}) were copied.`);
  const trouble = damage > 0 ? `${plural(damage, 'item')} in the backup ${damage === 1 ? 'is' : 'are'} damaged.` : '';
  switch (state) {
    case 'Complete':
      return made ?? 'Every step succeeded.';
    case 'Partial':
      return `${made ?? ''} ${trouble || `There ${problems.length === 1 ? 'was' : 'were'} ${plural(problems.length, 'problem')}.`}`;
    case 'Failed':
      return `${made === undefined ? 'There is no new backup.' : `The job failed. ${made}`} ${trouble}`;
    case 'Cancelled':
      return `The run was stopped before it had ended. ${made ?? 'There is no new backup.'}`;
  }
}

function factsOf(job: Job, result: JobResult): [label: string, value: string | undefined][] {
  const { generation, removed, hooks } = result;
  const failedHooks = hooks.filter(({ exitCode }) => exitCode !== 0);
  return [
    ['Job', result.job],
    ['Description', job.settings.description],
    ['Computer', result.computer],
    ['Destination', result.destination],
    ['Started', `${localTime(result.startedAt)} ${offsetOf(result.startedAt)}`],
    [
      'Ended',
      `${localTime(result.endedAt)} ${offsetOf(result.endedAt)}, after ${elapsed(result.startedAt, result.endedAt)}`,
    ],
    ['Generation', generation?.path],
    ...(generation && generation.skipped !== true ? countsOf(generation) : []),
    ['Damaged', result.damage > 0 ? plural(result.damage, 'item') : undefined],
    [
      'Removed generations',
      removed.length > 0 ? `${named(removed)}, which freed ${inUnits(result.freedBytes)}` : undefined,
    ],
    ['Hooks', hooks.length > 0 ? hooksText(hooks.length, failedHooks) : undefined],
    ['Reports', named(result.reports)],
    ['Log', result.logFile],
    ['Job file', result.file],
  ];
}

function countsOf(generation: NonNullable<JobResult['generation']>): [string, string | undefined][] {
  const changes = (['added', 'modified', 'metadataChanged', 'renamed', 'removed'] as const)
    .filter((kind) => generation[kind] > 0)
    .map((kind) => `${countText(generation[kind])} ${kind === 'metadataChanged' ? 'with other metadata' : kind}`);
  return [
    ['Files', `${countText(generation.files)} in ${plural(generation.directories, 'folder')}`],
    ['Size', inUnits(generation.bytes)],
    ['Copied', `${plural(generation.copiedFiles, 'file')}, ${inUnits(generation.copiedBytes)}`],
    ['Changes', changes.length > 0 ? changes.join(', ') : 'none'],
    ['Failed items', generation.failed > 0 ? countText(generation.failed) : undefined],
    ['Stale items', generation.stale > 0 ? countText(generation.stale) : undefined],
  ];
}

function hooksText(all: number, failed: JobResult['hooks']): string {
  const names = failed.map(({ stage, command, exitCode }) => `${command} (${stage}, exit code ${exitCode ?? 'none'})`);
  return failed.length === 0
    ? `${countText(all)} ran`
    : `${countText(all)} ran, ${countText(failed.length)} failed: ${named(names)}`;
}

function named(names: readonly string[]): string {
  const rest = names.length - MOST_NAMES;
  return names.slice(0, MOST_NAMES).join(', ') + (rest > 0 ? ` and ${countText(rest)} more` : '');
}

function inOneLine(problem: JobProblem): JobProblem {
  return {
    id: oneLine(problem.id),
    message: oneLine(problem.message),
    ...(problem.path !== undefined && { path: oneLine(problem.path) }),
    ...(problem.hint !== undefined && { hint: oneLine(problem.hint) }),
  };
}

/** In the time zone of the machine, as its log and its schedule have it. */
function localTime(time: string): string {
  return DateTime.fromISO(time).toFormat('yyyy-MM-dd HH:mm');
}

/** Those who read of many machines may be in other time zones. */
function offsetOf(time: string): string {
  return DateTime.fromISO(time).toFormat("'UTC'ZZ");
}

function elapsed(from: string, to: string): string {
  return durationText(Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000));
}
