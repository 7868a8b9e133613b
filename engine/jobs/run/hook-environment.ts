import type { JobResult } from '../../types/protocol.ts';
import type { Job } from '../job.ts';

export type HookStage = JobResult['hooks'][number]['stage'];

/**
 * The variables that a hook finds. All of them are always set, those without a value to nothing: a job that a hook of
 * another job starts must not find that one's.
 */
export function hookEnvironment(
  job: Job,
  stage: HookStage,
  result?: { readonly summary: JobResult; readonly file: string },
): Record<string, string> {
  const { state, exitCode, generation } = result?.summary ?? {};
  const values = {
    '': job.name,
    _FILE: job.file,
    _DESTINATION: job.settings.destination,
    _SOURCES: JSON.stringify(job.settings.sources),
    _STAGE: stage,
    _STATE: state,
    _EXIT_CODE: exitCode === undefined ? undefined : String(exitCode),
    _GENERATION: generation?.name,
    _GENERATION_PATH: generation?.path,
    _RESULT_FILE: result?.file,
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`MIRRORBACKUP_JOB${name}`, value ?? '']));
}
