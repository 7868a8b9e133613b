import { NativeError } from '../../../native/index.ts';
import type { Requester, RequesterContext, VssCalls } from '../../../native/vss/calls.ts';
import { hresult } from '../../../native/vss/hresults.ts';
import { Patience } from '../../../native/vss/patience.ts';
import type { SnapshotEntry, SnapshotJournal } from '../journal.ts';
import type { VssTiming } from './timing.ts';

/** What is needed of the journal. */
export type VssJournal = Pick<SnapshotJournal, 'begin' | 'write' | 'end' | 'find' | 'scratch'>;

/**
 * Deletes shadow copies, whoever made them, and strikes them out of the journal; what is gone already is no error.
 * @throws NativeError, Interrupted; what is left stays in the journal
 */
export async function deleteCopies(
  vss: VssCalls,
  entries: readonly SnapshotEntry[],
  journal: VssJournal,
  timing: VssTiming,
): Promise<void> {
  await withRequester(vss, timing, async (requester) => {
    for (const entry of entries) {
      await requester.delete(entry.id, 'snapshot').catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
      journal.end(entry);
    }
  });
}

/** Runs `use` with a requester that sees all shadow copies of the computer. @throws NativeError, Interrupted */
export async function withRequester<T>(
  vss: VssCalls,
  timing: VssTiming,
  use: (requester: Requester) => Promise<T>,
  context: RequesterContext = 'All',
): Promise<T> {
  const patience = new Patience(timing.cleanupMs, undefined, timing.graceMs);
  const requester = await vss.open(context, patience);
  try {
    return await use(requester);
  } finally {
    await requester.release(patience);
  }
}

export function isGone(error: unknown): boolean {
  return error instanceof NativeError && error.native.code === hresult('VSS_E_OBJECT_NOT_FOUND');
}
