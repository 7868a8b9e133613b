import type { Native } from '../../native/index.ts';
import { byteFromText, textFromByte } from '../../native/byte-path.ts';
import { openSet } from '../generation/backup-set.ts';
import { openGeneration } from '../generation/open-generation.ts';
import { knownAs, resolveSources } from '../generation/resolve-sources.ts';
import { RunReporter, type RunListener } from '../generation/run-reporter.ts';
import { closeManifest } from '../manifest/manifest-file.ts';
import { runMirror } from '../run/run-mirror.ts';
import { WorkerPool } from '../run/worker-pool.ts';
import type { ChangeSummary, Comparison, Source } from '../types/protocol.ts';
import { emptyChangeSummary } from './compare-generations.ts';

/**
 * Streams what changed in the sources since a generation: the plan of a run that has it as its base, under the selection
 * rules it was made with.
 */
export async function compareWithSources(
  native: Native,
  setPath: string,
  reference: string,
  wanted: readonly Source[],
  comparison: Comparison,
  listener: RunListener,
  signal: AbortSignal,
): Promise<ChangeSummary> {
  const { layout } = openSet(setPath);
  const resolved = resolveSources(native, wanted);
  const manifest = openGeneration(layout, reference);
  const { summary: recorded } = manifest;
  const sources = knownAs(resolved, recorded.sources);
  const reporter = new RunReporter(listener, true);
  const pool = new WorkerPool(1);
  try {
    const outcome = await runMirror(
      native,
      pool,
      {
        set: layout.setBytes,
        sources: sources.map(({ name, path }) => ({ name, path })),
        base: { folder: byteFromText(reference), manifest, damaged: undefined },
        target: undefined,
        introduced: 0,
        options: {
          compareContent: comparison === 'Content',
          hash: recorded.hash === 'Sha256',
          maxLinks: native.links.limit,
          crossMount: recorded.crossMount,
          selection: recorded.selection,
          reportItems: true,
          timeGranularityNs: recorded.timeGranularityNs,
          // The sources are compared, not the copies.
          keptMetadata: 0,
        },
      },
      {
        onReports: (batch) => reporter.batch(batch),
        onProgress: ({ items }, path) =>
          listener.progress({
            phase: 'Comparing',
            items,
            bytes: 0,
            path: path === '' ? undefined : textFromByte(path),
          }),
        freeBytes: () => 0,
        needDrain: () => listener.needDrain(),
        drained: () => listener.drained(),
      },
      signal,
    );
    if (outcome.cancelled) throw signal.reason;
    const { added, modified, metadataChanged, renamed, removed, typeChanged, files, directories, otherItems } =
      outcome.totals;
    const changed = added + modified + metadataChanged + renamed + typeChanged;
    const unchanged = files + directories + otherItems - changed;
    const counts = { added, modified, metadataChanged, renamed, removed, typeChanged, unchanged };
    return { ...emptyChangeSummary(layout.set, reference, null), ...counts };
  } finally {
    closeManifest(manifest);
    await pool.close();
  }
}
