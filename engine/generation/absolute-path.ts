import { PathError, paths } from '../../native/paths.ts';
import { EngineError } from '../errors/engine-error.ts';

/**
 * A path a user gave, in the one form the engine works with: what is the same path is the same text.
 * @throws EngineError PathInvalid
 */
export function absolutePath(text: string): string {
  try {
    return paths.normalize(text);
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    throw new EngineError('PathInvalid', {
      message: `The path '${text}' ${error.message}.`,
      path: text,
      hint: error.hint,
    });
  }
}
