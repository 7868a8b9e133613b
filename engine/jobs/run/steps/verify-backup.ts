import { EngineError } from '../../../errors/engine-error.ts';
import { testGenerations } from '../../../verify/test-generations.ts';
import type { RunContext } from '../run-context.ts';

/** Tests the new generation, if the job asks for it. */
export async function verifyBackup({ native, job, log, watch, record, signal }: RunContext): Promise<void> {
  const { verify, destination } = job.settings;
  if (!verify || !record.generation) return;
  const { name, path } = record.generation;
  const samplePercent = verify.content ? verify.samplePercent : undefined;
  const request = { setPath: destination, names: [name], samplePercent, workers: undefined };
  const tested = await testGenerations(native, request, watch, signal);
  record.damage = tested.damaged;
  log.write('Info', 'verify.end', `${tested.items} items tested, ${tested.damaged} are damaged.`, tested);
  const { first } = watch.takeFailures();
  if (first) record.addProblem(first);
  if (tested.damaged === 0) return;
  const message = `${tested.damaged} items of the generation ${name} are damaged.`;
  record.addProblem(new EngineError('DamageFound', { message, path }));
}
