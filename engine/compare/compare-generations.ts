import { setImmediate as nextTurn } from 'node:timers/promises';
import { closeManifest, type ManifestFile } from '../manifest/manifest-file.ts';
import { openSet } from '../generation/backup-set.ts';
import { openGeneration } from '../generation/open-generation.ts';
import type { RunListener } from '../generation/run-reporter.ts';
import type { ChangeSummary, ItemChange } from '../types/protocol.ts';
import { compareManifests } from './compare-manifests.ts';

const BATCH = 256;
const ITEMS_PER_TURN = 4096;

const COUNT_OF = {
  Added: 'added',
  Modified: 'modified',
  MetadataChanged: 'metadataChanged',
  Renamed: 'renamed',
  Removed: 'removed',
  TypeChanged: 'typeChanged',
} as const;

export function emptyChangeSummary(setPath: string, reference: string, difference: string | null): ChangeSummary {
  const counts = { added: 0, modified: 0, metadataChanged: 0, renamed: 0, removed: 0, typeChanged: 0, unchanged: 0 };
  return { setPath, reference, difference, ...counts };
}

/** Streams what changed between two generations of a set, from their manifests alone. */
export async function compareGenerations(
  setPath: string,
  reference: string,
  difference: string,
  listener: Pick<RunListener, 'items' | 'progress' | 'needDrain' | 'drained'>,
  signal: AbortSignal,
): Promise<ChangeSummary> {
  const { layout } = openSet(setPath);
  const before = openGeneration(layout, reference);
  let after: ManifestFile | undefined;
  try {
    after = openGeneration(layout, difference);
    const summary = emptyChangeSummary(layout.set, reference, difference);
    let batch: ItemChange[] = [];
    let items = 0;
    for (const change of compareManifests(before, after)) {
      if (change) {
        summary[COUNT_OF[change.change]]++;
        batch.push(change);
      } else summary.unchanged++;
      if (batch.length >= BATCH) {
        listener.items(batch);
        batch = [];
        if (listener.needDrain()) await listener.drained();
      }
      if (++items % ITEMS_PER_TURN !== 0) continue;
      listener.progress({ phase: 'Comparing', items, bytes: 0 });
      await nextTurn();
      if (signal.aborted) throw signal.reason;
    }
    if (batch.length > 0) listener.items(batch);
    return summary;
  } finally {
    closeManifest(before);
    if (after) closeManifest(after);
  }
}
