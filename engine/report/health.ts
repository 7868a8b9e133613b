import { max, median, pairs, quantile } from 'd3-array';
import { plural } from '../text/counts.ts';
import { describeSeconds } from '../text/durations.ts';
import type { FindingId, Report, ReportFinding, ReportHealth } from '../types/report.ts';
import { formatBytes } from './format-bytes.ts';

/** What is judged beside what the report tells. */
export interface Expectations {
  /** Seconds after which the newest complete generation is too old. */
  maximumAge?: number | undefined;
  /** Why the times cannot be trusted. */
  clock?: string | undefined;
}

type Facts = Omit<Report, 'health'>;

/** Says whether all is well, and what is not. Knows no clock: the report has the time. */
export function judgeHealth(report: Facts, expectations: Expectations): ReportHealth {
  const findings = [
    noComplete(report),
    tooOld(report, expectations.maximumAge),
    damaged(report),
    expectations.maximumAge === undefined ? overdue(report) : undefined,
    lastRunPartial(report),
    lastRunIncomplete(report),
    notRead(report),
    spaceLow(report),
    expectations.clock === undefined ? undefined : attention('ClockNotTrusted', expectations.clock),
  ].filter((finding) => finding !== undefined);
  const isBad = findings.some(({ status }) => status === 'Bad');
  return { status: isBad ? 'Bad' : findings.length > 0 ? 'Attention' : 'Good', findings };
}

function noComplete({ lastComplete, generations }: Facts): ReportFinding | undefined {
  if (lastComplete) return undefined;
  if (generations.length === 0) return bad('NoCompleteGeneration', 'There is no generation yet.');
  return bad('NoCompleteGeneration', 'No generation is complete: items failed in every run.');
}

function tooOld({ lastComplete }: Facts, maximumAge: number | undefined): ReportFinding | undefined {
  if (!lastComplete || maximumAge === undefined || lastComplete.ageSeconds <= maximumAge) return undefined;
  return bad(
    'TooOld',
    `The newest complete generation is ${roughly(lastComplete.ageSeconds)} old; at most ${roughly(maximumAge)} is wanted.`,
  );
}

function damaged({ damage, generations }: Facts): ReportFinding | undefined {
  if (damage.length === 0) return undefined;
  const hit = generations.filter(({ damagedItems }) => damagedItems > 0).length;
  return bad(
    'Damaged',
    `${plural(damage.length, 'copy is', 'copies are')} known to be damaged, in ${plural(hit, 'generation', 'generations')}.`,
  );
}

/** Pauses that make a habit, and how many of the newest count. */
const HABIT = 4;
const RECENT = 30;

/** Most pauses of late were at most this long: a weekend without backups is usual where every week has one. */
function overdue({ generations, lastComplete }: Facts): ReportFinding | undefined {
  const times = generations.map(({ createdAt }) => Date.parse(createdAt) / 1000);
  const pauses = pairs(times, (before, after) => Math.max(0, after - before)).slice(-RECENT);
  if (pauses.length < HABIT || !lastComplete) return undefined;
  const usual = quantile(pauses, 0.9) ?? 0;
  if (lastComplete.ageSeconds <= Math.max(usual * 2, 3600)) return undefined;
  return attention(
    'Overdue',
    `The newest complete generation is ${roughly(lastComplete.ageSeconds)} old; usually there is one every ${roughly(median(pauses) ?? 0)}.`,
  );
}

function lastRunPartial({ generations }: Facts): ReportFinding | undefined {
  const last = generations.at(-1);
  if (last?.state !== 'Partial') return undefined;
  const parts = [last.failed > 0 && `${last.failed} failed`, last.stale > 0 && `${last.stale} kept from before`];
  return attention('LastRunPartial', `The newest generation misses items: ${parts.filter(Boolean).join(', ')}.`);
}

function lastRunIncomplete({ incomplete, running, lastRun }: Facts): ReportFinding | undefined {
  const newest = incomplete.at(-1);
  if (!newest || [lastRun, running].some((later) => later !== null && newest.name < later.name)) return undefined;
  return attention('LastRunIncomplete', `The newest run, ${newest.name}, was interrupted. The next one continues it.`);
}

function notRead({ unreadable }: Facts): ReportFinding | undefined {
  if (unreadable.length === 0) return undefined;
  return attention(
    'GenerationNotRead',
    `The ${plural(unreadable.length, 'manifest', 'manifests')} of ${unreadable.map(({ name }) => name).join(', ')} cannot be read.`,
  );
}

const LOW_SHARE = 0.03;
const RUNS = 10;

function spaceLow({ set, generations }: Facts): ReportFinding | undefined {
  if (!set.volume) return undefined;
  const { freeBytes, totalBytes } = set.volume;
  const biggest = max(generations.filter(({ base }) => base !== null).slice(-RUNS), ({ newBytes }) => newBytes);
  const isLow = freeBytes < totalBytes * LOW_SHARE || freeBytes < (biggest ?? 0);
  if (!isLow) return undefined;
  const needs = biggest === undefined ? '' : `; the biggest of the last runs took ${formatBytes(biggest)}`;
  return attention('SpaceLow', `Only ${formatBytes(freeBytes)} of ${formatBytes(totalBytes)} are free${needs}.`);
}

function bad(id: FindingId, message: string): ReportFinding {
  return { id, status: 'Bad', message };
}

function attention(id: FindingId, message: string): ReportFinding {
  return { id, status: 'Attention', message };
}

/** Two units are enough to know how long. */
function roughly(seconds: number): string {
  const step = seconds >= 86_400 ? 3600 : seconds >= 3600 ? 60 : 1;
  return describeSeconds(Math.max(1, Math.round(seconds / step) * step));
}
