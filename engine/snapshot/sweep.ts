import { EngineError } from '../errors/engine-error.ts';
import type { SnapshotEntry, SnapshotJournal } from './journal.ts';
import type { Mounts } from './mount.ts';
import type { SnapshotProvider } from './provider.ts';

/** What became of a leftover. */
export interface SweptSnapshot {
  readonly entry: Pick<SnapshotEntry, 'devicePath' | 'owner'>;
  /** Why it is still there. */
  readonly error?: EngineError;
}

/** Removes the snapshots, and their mounts, that ended processes have left: only what the journal says is ours. */
export async function sweepSnapshots(
  journal: SnapshotJournal,
  providers: readonly SnapshotProvider[],
  mounts: Mounts,
  onSwept: (swept: SweptSnapshot) => void,
  whatIf = false,
): Promise<void> {
  const { problem } = journal;
  if (problem) onSwept({ entry: { devicePath: problem.path ?? '', owner: 'another user' }, error: problem });
  await journal.forEachOrphan(async (entry) => {
    if (whatIf) return onSwept({ entry });
    try {
      mounts.removeAll(entry);
      await providers.find(({ kind }) => kind === entry.kind)?.remove(entry.id);
      journal.end(entry);
      onSwept({ entry });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (error.id === 'ShadowCopyNotFound') {
        journal.end(entry);
        onSwept({ entry });
      } else onSwept({ entry, error });
    }
  });
}
