import type { Native, NativeCode } from '../../native/index.ts';

const NAMES = new Set(['EEXIST', 'ERROR_FILE_EXISTS', 'ERROR_ALREADY_EXISTS']);

/** Whether an error means: something has the name. */
export function isTaken(native: Native, code: NativeCode): boolean {
  return code !== 0 && NAMES.has(native.describeError(code).name);
}
