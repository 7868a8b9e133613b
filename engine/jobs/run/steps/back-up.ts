import { EngineError } from '../../../errors/engine-error.ts';
import { createGeneration } from '../../../generation/create-generation.ts';
import type { Generation } from '../../../types/protocol.ts';
import { readJobState } from '../../job-state.ts';
import { backupOptions } from '../backup-options.ts';
import type { RunContext } from '../run-context.ts';

/** Makes the generation, of the set that this machine remembers. */
export async function backUp({
  native,
  job,
  options,
  startedAt,
  log,
  watch,
  record,
  signal,
}: RunContext): Promise<void> {
  log.write('Info', 'backup.start', `The backup to '${job.settings.destination}' begins.`);
  const remembered = readJobState(native, job).setId;
  const request = { ...backupOptions(job, startedAt, remembered, options), whatIf: false };
  const generation = (await createGeneration(native, request, watch, signal)) as Generation;
  record.generation = generation;
  const { name, state, skipped } = generation;
  const what = skipped ? 'Nothing has changed since' : 'Made';
  log.write('Info', 'backup.end', `${what} the generation ${name} (${state}).`, generation);
  const { count, first } = watch.takeFailures();
  if (state === 'Complete') return;
  const of = first ? `${count} items failed, the first: ${first.message}` : 'some items are missing or stale.';
  record.addProblem(
    new EngineError('BackupPartial', { message: `The backup is not complete: ${of}`, path: first?.path }),
  );
}
