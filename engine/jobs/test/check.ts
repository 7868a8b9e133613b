import type { EngineError } from '../../errors/engine-error.ts';
import type { JobCheck } from '../../types/protocol.ts';

/** What was looked at. */
export type CheckName = JobCheck['check'];

/** What came of it, before it is known of which job it is. */
export type Finding = Omit<JobCheck, 'job' | 'file' | 'setPath'>;

export function passed(check: CheckName, message: string, path?: string): Finding {
  return { check, status: 'Passed', message, ...(path !== undefined && { path }) };
}

export function warning(
  check: CheckName,
  message: string,
  more: { path?: string; hint?: string | undefined } = {},
): Finding {
  return { check, status: 'Warning', message, ...given(more) };
}

export function failed(
  check: CheckName,
  message: string,
  more: { path?: string; hint?: string | undefined } = {},
): Finding {
  return { check, status: 'Failed', message, ...given(more) };
}

export function failedBy(check: CheckName, error: EngineError, hint = error.hint): Finding {
  return failed(check, error.message, { ...(error.path !== undefined && { path: error.path }), hint });
}

function given({ path, hint }: { path?: string; hint?: string | undefined }): { path?: string; hint?: string } {
  return { ...(path !== undefined && { path }), ...(hint !== undefined && { hint }) };
}
