import { pruneGenerations } from '../../../generation/prune-generations.ts';
import { retentionOf } from '../retention-of.ts';
import type { RunContext } from '../run-context.ts';
import type { RunWatch } from '../run-watch.ts';

/** What the steps before it have left: after anything less than a good backup nothing is removed. */
export type BackupQuality = 'Good' | 'Doubtful';

/** Removes the generations that the policy of the job does not keep. */
export async function applyRetention(run: RunContext, quality: BackupQuality): Promise<void> {
  const { native, job, log, watch, record, signal } = run;
  const retention = retentionOf(job);
  if (!retention) return;
  if (quality === 'Doubtful' || record.generation?.state !== 'Complete') {
    log.write('Info', 'retention.skipped', 'No generation is removed after a backup that is not good.');
    return;
  }
  const request = { ...retention, force: false, whatIf: false };
  try {
    const { results } = await pruneGenerations(native, request, removals(run), signal);
    log.write('Info', 'retention.end', `${record.removed.length} of ${results.length} generations removed.`);
  } finally {
    const { count, first } = watch.takeFailures();
    if (first) record.addProblem(first);
    if (count > 1) log.write('Info', 'retention.failed', `${count} items could not be removed.`);
  }
}

/** What went is told as it goes: a removal that is stopped half-way has removed the rest. */
function removals({ watch, record }: RunContext): RunWatch {
  return watch.withRemovals(({ action, name, freedBytes }) => {
    if (action !== 'Remove') return;
    record.removed.push(name);
    record.freedBytes += freedBytes;
  });
}
