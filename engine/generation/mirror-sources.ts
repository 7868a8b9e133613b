import type { Native } from '../../native/index.ts';
import { byteFromText, textFromByte } from '../../native/byte-path.ts';
import { damagedIn } from '../damage/damaged-in.ts';
import { lossBits } from '../fidelity/loss-reasons.ts';
import type { MirrorOptions, MirrorTarget } from '../run/mirror-plan.ts';
import { runMirror, type MirrorOutcome } from '../run/run-mirror.ts';
import type { WorkerPool } from '../run/worker-pool.ts';
import type { ChosenBase } from './choose-base.ts';
import { freeBytesAt } from './free-space.ts';
import { deviceOf } from './imported-trees.ts';
import type { Layout } from './layout.ts';
import { nearestExisting, type DestinationTraits } from './probe-destination.ts';
import type { ResolvedSource } from './resolve-sources.ts';
import type { RunOptions } from './run-options.ts';
import type { RunListener, RunReporter } from './run-reporter.ts';

/** What is mirrored, against what, and where to. */
export interface SourcesToMirror {
  layout: Layout;
  sources: readonly ResolvedSource[];
  base: ChosenBase | undefined;
  /** Undefined when only a plan is made. */
  target: MirrorTarget | undefined;
  how: { traits: DestinationTraits } & Pick<MirrorOptions, 'reportItems' | 'frozenAt'>;
}

/** Lets the threads mirror the sources of a run as its options say. */
export async function mirrorSources(
  native: Native,
  pool: WorkerPool,
  options: RunOptions,
  { layout, sources, base, target, how: { traits, ...how } }: SourcesToMirror,
  { listener, reporter }: { listener: RunListener; reporter: RunReporter },
  signal: AbortSignal,
): Promise<MirrorOutcome> {
  const { compareContent, hash, maxLinks, crossMount, selection, imported } = options;
  const known = base?.manifest.summary.generation;
  const totalItems = known && known.files + known.directories + known.otherItems;
  const folder = nearestExisting(layout.set);
  const phase = target ? 'Copying' : 'Scanning';
  return runMirror(
    native,
    pool,
    {
      set: layout.setBytes,
      sources: sources.map(({ name, reading }) => ({ name, ...reading })),
      base: base && {
        folder: byteFromText(base.name),
        manifest: base.manifest,
        damaged: damagedIn(layout, base.name),
      },
      target,
      introduced: base?.manifest.summary.generations.length ?? 0,
      options: {
        compareContent,
        hash,
        maxLinks: Math.min(maxLinks ?? native.links.recommended, native.links.limit),
        crossMount,
        selection,
        adoption: imported && { device: deviceOf(native, folder) },
        timeGranularityNs: traits.timeGranularityNs,
        keptMetadata: traits.kept & lossBits(base?.manifest.summary.kept),
        ...how,
      },
    },
    {
      onReports: (batch) => reporter.batch(batch),
      onProgress: (totals, path) =>
        listener.progress({
          phase,
          items: totals.items,
          totalItems,
          bytes: totals.copiedBytes,
          path: path === '' ? undefined : textFromByte(path),
        }),
      freeBytes: () => freeBytesAt(native, folder),
      needDrain: () => listener.needDrain(),
      drained: () => listener.drained(),
    },
    signal,
  );
}
