import { loadNative, NativeError, type Native } from '../../native/index.ts';
import { byteFromText } from '../../native/byte-path.ts';
import { paths } from '../../native/paths.ts';
import { EngineError } from '../errors/engine-error.ts';
import { readDamage } from '../damage/damage-record.ts';
import { openSet, type BackupSet } from '../generation/backup-set.ts';
import type { Layout } from '../generation/layout.ts';
import { generationOf, incompleteGeneration, stagedNames } from '../generation/list.ts';
import { generationAtWork } from '../generation/set-lock.ts';
import { openGenerations, type OpenedGenerations } from '../generation/open-generations.ts';
import { policyFacts, timeZoneOf } from '../generation/policy-facts.ts';
import type { RunListener } from '../generation/run-reporter.ts';
import { closeManifest } from '../manifest/manifest-file.ts';
import { measureOpened, type Measured } from '../measure/measure-generations.ts';
import { findClockDoubt } from '../retention/clock-doubt.ts';
import { isEmptyPolicy } from '../retention/policy.ts';
import { clockNotTrusted } from '../retention/refuse-clock.ts';
import type { WarningEntry } from '../types/protocol.ts';
import type { Report, ReportRun, ReportSet, ReportUnreadable, ReportVolume } from '../types/report.ts';
import { engineVersion } from '../types/version.ts';
import { calendarOf } from './calendar.ts';
import { describeRun } from './describe-run.ts';
import { readFailures } from './failures.ts';
import { judgeHealth } from './health.ts';
import type { CollectOptions } from './report-options.ts';
import { tellRetention } from './retention.ts';

const TOP = 10;

/**
 * Gathers what a report tells of a set. Takes no lock and changes nothing: a run may be at work. Every manifest is read
 * once; one that cannot be read is told of and left out.
 * @throws EngineError SetNotFound, PolicyEmpty, TimeZoneUnknown and those of sets
 */
export async function collectReport(
  options: CollectOptions,
  listener: Pick<RunListener, 'progress' | 'warning'>,
  signal: AbortSignal,
): Promise<Report> {
  if (options.policy && isEmptyPolicy(options.policy))
    throw new EngineError('PolicyEmpty', { message: 'The policy has no rule that keeps generations.' });
  const native = await loadNative();
  const set = openSet(options.setPath);
  const { layout } = set;
  const zone = timeZoneOf(set, options.timeZone);
  const unreadable: ReportUnreadable[] = [];
  const notRead = (warning: WarningEntry): void => {
    unreadable.push({ name: paths.leaf(warning.path ?? ''), message: warning.message });
    listener.warning(warning);
  };
  const opened = openGenerations(layout, undefined, notRead);
  try {
    const { limit, recommended } = native.links;
    const request = { top: options.top ?? TOP, maxLinks: Math.min(options.maxLinks ?? recommended, limit) };
    const { generations: spaces, total } = await measureReadable(layout, opened, request, notRead, listener, signal);
    const made = opened.manifests.map(({ summary }, g) => generationOf(summary, layout, opened.names[g]));
    const damage = readDamage(layout);
    const damagedNames = Map.groupBy(
      damage.flatMap(({ names }) => names),
      (each) => each.generation,
    );
    const now = Date.now();
    const facts = made.map(policyFacts);
    const doubt = findClockDoubt(facts, now);
    const generations = made.map((generation, g) =>
      describeRun(generation, spaces[g], damagedNames.get(generation.name)?.length ?? 0),
    );
    const retention = options.policy ? tellRetention(facts, options.policy, zone) : null;
    const { running, interrupted } = unfinishedRuns(native, layout, generations, now);
    const report: Omit<Report, 'health'> = {
      formatVersion: 1,
      createdAt: new Date(now).toISOString(),
      engineVersion,
      set: describeSet(native, set, zone),
      lastComplete: runOf(
        generations.findLast(({ state }) => state === 'Complete'),
        now,
      ),
      lastRun: runOf(generations.at(-1), now),
      generations,
      running,
      incomplete: interrupted,
      unreadable,
      space: {
        bytes: total.bytes,
        apparentBytes: total.apparentBytes,
        files: total.files,
        estimated: total.estimated || opened.isIncomplete,
      },
      growingFolders: total.growingFolders,
      links: total.linkForecast,
      failures: await readFailures(layout, generations, signal),
      damage,
      retention,
      calendar: calendarOf(generations, zone, retention?.decisions),
    };
    const clock = doubt && clockNotTrusted(doubt, layout.set).message;
    return { ...report, health: judgeHealth(report, { maximumAge: options.maximumAge, clock }) };
  } finally {
    for (const manifest of opened.manifests) closeManifest(manifest);
  }
}

/** A manifest may open well and be damaged further on: then it is closed and left out as well, and the others are read again. */
async function measureReadable(
  layout: Layout,
  opened: OpenedGenerations,
  request: { top: number; maxLinks: number },
  notRead: (warning: WarningEntry) => void,
  listener: Pick<RunListener, 'progress'>,
  signal: AbortSignal,
): Promise<Measured> {
  for (;;) {
    try {
      return await measureOpened(layout, opened, request, listener, signal);
    } catch (error) {
      const damaged = opened.manifests.findIndex(
        ({ path }) => error instanceof EngineError && error.id === 'ManifestDamaged' && error.path === path,
      );
      if (damaged < 0) throw error;
      const [name] = opened.names.splice(damaged, 1);
      opened.manifests.splice(damaged, 1).forEach(closeManifest);
      opened.isIncomplete = true;
      notRead({
        id: 'GenerationNotRead',
        message: `The generation ${name} is left out: ${(error as EngineError).message}`,
        path: layout.text(name),
      });
    }
  }
}

function describeSet(native: Native, { layout, settings }: BackupSet, timeZone: string): ReportSet {
  return {
    path: layout.set,
    id: settings.id,
    createdAt: timeFrom(settings.createdAt),
    timeZone,
    sources: settings.sources.map(({ name, path }) => ({ name, path })),
    volume: volumeAt(native, layout.set),
  };
}

/** It may have been edited by hand: then it is left out. */
function timeFrom(text: unknown): string | null {
  const time = typeof text === 'string' ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function volumeAt(native: Native, folder: string): ReportVolume | null {
  try {
    const directory = native.openRoot(byteFromText(folder), 'reference');
    try {
      const { type, totalBytes, freeBytes } = native.volumeOf(directory);
      return { fileSystem: type, totalBytes, freeBytes };
    } finally {
      native.closeDirectory(directory);
    }
  } catch (error) {
    if (error instanceof NativeError) return null;
    throw error;
  }
}

/** Whoever may read generations may not look at what is at work. */
function unfinishedRuns(
  native: Native,
  layout: Layout,
  finished: readonly { readonly name: string }[],
  now: number,
): { running: ReportRun | null; interrupted: ReportRun[] } {
  try {
    const atWork = generationAtWork(native, layout);
    const staged = stagedNames(layout).flatMap((name) => runOf(incompleteGeneration(layout, name), now) ?? []);
    // One that has been committed has only to tidy up.
    const isFinished = finished.some(({ name }) => name === atWork);
    return {
      running: atWork === undefined || isFinished ? null : runOf(incompleteGeneration(layout, atWork), now),
      interrupted: staged.filter(({ name }) => name !== atWork),
    };
  } catch (error) {
    if (['ENOENT', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return { running: null, interrupted: [] };
    throw error;
  }
}

function runOf(generation: { name: string; createdAt: string } | undefined, now: number): ReportRun | null {
  if (!generation) return null;
  const { name, createdAt } = generation;
  return { name, createdAt, ageSeconds: Math.max(0, (now - Date.parse(createdAt)) / 1000) };
}
