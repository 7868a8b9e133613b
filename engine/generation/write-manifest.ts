import { lossKinds } from '../fidelity/loss-reasons.ts';
import { finishManifest } from '../manifest/manifest-file.ts';
import type { ManifestSummary } from '../manifest/summary.ts';
import type { MirrorTarget } from '../run/mirror-plan.ts';
import type { MirrorOutcome } from '../run/run-mirror.ts';
import type { Generation } from '../types/protocol.ts';
import { allocatedOf } from './allocated.ts';
import type { BackupSet } from './backup-set.ts';
import type { ChosenBase } from './choose-base.ts';
import type { DestinationTraits } from './probe-destination.ts';
import { renamePatiently } from './rename-patiently.ts';
import type { ResolvedSource } from './resolve-sources.ts';
import type { RunOptions } from './run-options.ts';

/** What a run has mirrored, for its manifest. */
export interface Mirrored {
  generation: Generation;
  sources: readonly ResolvedSource[];
  base: ChosenBase | undefined;
  outcome: MirrorOutcome;
  traits: DestinationTraits;
}

/** Ends the manifest that the threads have written, and puts it where the generation's manifest belongs. */
export function writeManifest(
  { layout, settings }: BackupSet,
  options: RunOptions,
  target: MirrorTarget,
  mirrored: Mirrored,
): void {
  const { generation, outcome } = mirrored;
  const { name } = generation;
  const folderBytes = outcome.totals.folderBytes + allocatedOf(layout.path(layout.staging(name)));
  finishManifest(target.manifest, outcome.end, outcome.index, {
    ...summaryOf(settings.id, options, mirrored),
    folderBytes,
  });
  renamePatiently(layout.path(layout.work(name), 'manifest'), layout.path(layout.manifest(name)));
}

function summaryOf(
  setId: string,
  { hash, selection, crossMount }: RunOptions,
  { generation, sources, base, outcome, traits }: Mirrored,
): Omit<ManifestSummary, 'folderBytes'> {
  return {
    formatVersion: 1,
    setId,
    generation,
    sources: sources.map(({ nameText, pathText, volumeId, mountRoot }, i) => ({
      name: nameText,
      path: pathText,
      volumeId,
      mountRoot,
      items: outcome.entriesPerSource[i],
    })),
    generations: [...(base?.manifest.summary.generations ?? []), generation.name],
    timeGranularityNs: traits.timeGranularityNs,
    kept: lossKinds(traits.kept),
    hash: hash ? 'Sha256' : 'None',
    selection,
    crossMount,
    lossReasons: outcome.lossReasons,
  };
}
