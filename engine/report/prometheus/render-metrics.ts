import type { Report } from '../../types/report.ts';
import { exposition, type Metric } from './exposition.ts';

const STATUSES = ['Good', 'Attention', 'Bad'] as const;
const STATES = ['Complete', 'Partial'] as const;
const CHANGES = ['added', 'modified', 'metadataChanged', 'renamed', 'removed', 'typeChanged'] as const;

/**
 * The report as metrics for the textfile collector. All are of the set and of its newest generation: a label for each
 * generation would make a new time series with every run.
 */
export function renderMetrics(report: Report): string {
  const { set, generations, health, links, retention } = report;
  const labels = { set: set.path };
  const gauge = (name: string, help: string, value: number | undefined): Metric => ({
    name: `mirrorbackup_${name}`,
    help,
    samples: value === undefined ? [] : [{ labels, value }],
  });
  const each = (name: string, help: string, label: string, values: Readonly<Record<string, number>>): Metric => ({
    name: `mirrorbackup_${name}`,
    help,
    samples: Object.entries(values).map(([key, value]) => ({ labels: { ...labels, [label]: key }, value })),
  });
  const newest = generations.at(-1);
  return exposition([
    {
      name: 'mirrorbackup_info',
      help: 'What made these metrics, and the id of the set.',
      samples: [{ labels: { ...labels, set_id: set.id, version: report.engineVersion }, value: 1 }],
    },
    gauge('report_timestamp_seconds', 'When these metrics were made.', seconds(report.createdAt)),
    each('health', 'The state of the set: 1 for the one it is in.', 'status', only(STATUSES, health.status)),
    each('findings', 'Things that are not as they should be, by how bad they are.', 'status', {
      Attention: health.findings.filter(({ status }) => status === 'Attention').length,
      Bad: health.findings.filter(({ status }) => status === 'Bad').length,
    }),
    gauge(
      'last_complete_timestamp_seconds',
      'When the newest complete generation was begun; 0 where there is none.',
      report.lastComplete ? seconds(report.lastComplete.createdAt) : 0,
    ),
    gauge(
      'last_run_timestamp_seconds',
      'When the newest finished generation was begun; 0 where there is none.',
      report.lastRun ? seconds(report.lastRun.createdAt) : 0,
    ),
    each('last_run_state', 'The state of the newest finished generation: 1 for the one it is in.', 'state', {
      ...(newest && only(STATES, newest.state)),
    }),
    gauge('last_run_duration_seconds', 'How long the newest finished run took.', newest?.durationSeconds),
    gauge('run_in_progress', '1 while a run is at work, else 0.', report.running === null ? 0 : 1),
    each('generations', 'Generations in the set, by state.', 'state', {
      Complete: generations.filter(({ state }) => state === 'Complete').length,
      Partial: generations.filter(({ state }) => state === 'Partial').length,
      Incomplete: report.incomplete.length,
      Unreadable: report.unreadable.length,
    }),
    gauge(
      'generations_pinned',
      'Generations that are protected from removal.',
      generations.filter(({ pinned }) => pinned).length,
    ),
    gauge('generation_files', 'Files in the newest generation.', newest?.files),
    gauge('generation_directories', 'Folders in the newest generation.', newest?.directories),
    gauge('generation_bytes', 'Size of all files in the newest generation.', newest?.bytes),
    gauge('generation_new_bytes', 'On disk in the newest generation and in no older one.', newest?.newBytes),
    gauge('generation_unique_bytes', 'On disk in the newest generation and in no other one.', newest?.uniqueBytes),
    gauge('generation_copied_bytes', 'Size of the files that the newest run copied.', newest?.copiedBytes),
    each(
      'generation_changed_items',
      'Items of the newest generation that differ from the one before, by change.',
      'change',
      {
        ...(newest && Object.fromEntries(CHANGES.map((change) => [snake(change), newest[change]]))),
      },
    ),
    gauge('generation_failed_items', 'Items that failed in the newest run and are missing.', newest?.failed),
    gauge(
      'generation_stale_items',
      'Items that failed in the newest run and were kept from the one before.',
      newest?.stale,
    ),
    gauge(
      'generation_lost_items',
      'Items of the newest generation of which something could not be kept.',
      newest?.lostItems,
    ),
    gauge('damaged_items', 'Copies in the set that are known to be damaged.', report.damage.length),
    gauge('set_bytes', 'On disk in all generations, each copy once.', report.space.bytes),
    gauge('volume_free_bytes', 'Free space on the volume of the set.', set.volume?.freeBytes),
    gauge('volume_bytes', 'Size of the volume of the set.', set.volume?.totalBytes),
    gauge(
      'link_limit_ratio',
      'Names of the copy that has most, of those after which it is copied afresh.',
      links.mostLinks / links.maxLinks,
    ),
    gauge(
      'retention_removable_generations',
      'Generations that the policy of the report would remove.',
      retention?.removed,
    ),
  ]);
}

function only<T extends string>(all: readonly T[], current: T): Record<string, number> {
  return Object.fromEntries(all.map((each) => [each, each === current ? 1 : 0]));
}

function seconds(time: string): number {
  return Date.parse(time) / 1000;
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
