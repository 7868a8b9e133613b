import type { Native } from '../../native/index.ts';
import { chooseProvider, type SnapshotChoice } from '../snapshot/choose-provider.ts';
import { SnapshotJournal } from '../snapshot/journal.ts';
import type { FreezeListener } from '../snapshot/lifecycle.ts';
import { Mounts } from '../snapshot/mount.ts';
import type { SnapshotRequest } from '../snapshot/provider.ts';
import { createProviders } from '../snapshot/providers.ts';
import { sweepSnapshots } from '../snapshot/sweep.ts';
import type { ResolvedSource } from './resolve-sources.ts';
import type { RunOptions } from './run-options.ts';
import type { RunListener, RunReporter } from './run-reporter.ts';

/** How long the making of a snapshot may take. */
const SNAPSHOT_SECONDS = 900;

/** What a run asks of a snapshot. */
export function snapshotRequest(sources: readonly ResolvedSource[], { crossMount }: RunOptions): SnapshotRequest {
  return {
    sources: sources.map(({ pathText }) => ({ path: pathText })),
    withWriters: true,
    timeoutSeconds: SNAPSHOT_SECONDS,
    persistent: false,
    crossMount,
  };
}

/** Also removes what killed engines have left behind: here, because now one is about to be made. */
export async function chooseSnapshot(
  native: Native,
  options: RunOptions,
  request: SnapshotRequest,
  listener: RunListener,
): Promise<SnapshotChoice> {
  const journal = new SnapshotJournal(native);
  const providers = await createProviders(native, journal);
  if (!options.whatIf)
    await sweepSnapshots(journal, providers, new Mounts(native, journal), ({ entry, error }) =>
      listener.log('info', error?.message ?? `The snapshot ${entry.devicePath}, left by ${entry.owner}, is removed.`),
    );
  return chooseProvider(providers, options.snapshot, options.requireSnapshot, request);
}

export function freezeListener(listener: RunListener, reporter: RunReporter): FreezeListener {
  return {
    progress: (path) => listener.progress({ phase: 'Preparing', items: 0, bytes: 0, path }),
    warn: (warning) => reporter.warn(warning),
    note: (message) => listener.log('info', message),
  };
}
