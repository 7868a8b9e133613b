import { EngineError } from '../../errors/engine-error.ts';
import { fromSystemError } from '../../errors/from-system-error.ts';
import type { JobProblem } from '../../types/protocol.ts';

/** Whatever was thrown, as it stands in a result. */
export function problemOf(thrown: unknown): JobProblem {
  const { id, category, message, path, hint } = errorOf(thrown);
  return { id, category, message, ...(path !== undefined && { path }), ...(hint !== undefined && { hint }) };
}

function errorOf(thrown: unknown): EngineError {
  if (thrown instanceof EngineError) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return (
    fromSystemError(thrown) ?? new EngineError('InternalError', { message: `The job failed unexpectedly: ${text}` })
  );
}
