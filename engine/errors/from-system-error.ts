import { NativeError, PlatformError } from '../../native/index.ts';
import { EngineError } from './engine-error.ts';
import type { NativeCause } from './native-cause.ts';
import { describeSystemError } from './system-error.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'ERROR_DISK_FULL', 'ERROR_HANDLE_DISK_FULL', 'ERROR_DISK_QUOTA_EXCEEDED']);
const READ_ONLY = new Set(['EROFS', 'ERROR_WRITE_PROTECT']);

/**
 * A failed system call, or a missing system, that nobody gave a meaning, as an error for people. The engine writes to the destination only, so
 * a full or read-only volume is always that one.
 * @returns undefined when the value is neither
 */
export function fromSystemError(thrown: unknown): EngineError | undefined {
  if (thrown instanceof PlatformError)
    return new EngineError('PlatformNotSupported', { message: thrown.message, cause: thrown });
  const failed = failedCall(thrown);
  if (!failed) return undefined;
  const { native, call, path } = failed;
  const id = FULL.has(native.name)
    ? 'DestinationFull'
    : READ_ONLY.has(native.name)
      ? 'DestinationNotWritable'
      : 'SystemCallFailed';
  const where = path === undefined ? '' : ` '${path}'`;
  return new EngineError(id, {
    message: `${call}${where} failed: ${native.text} (${native.name}).`,
    path,
    native,
    cause: thrown,
  });
}

function failedCall(thrown: unknown): { native: NativeCause; call: string; path: string | undefined } | undefined {
  if (thrown instanceof NativeError) return thrown;
  if (!(thrown instanceof Error) || typeof (thrown as NodeJS.ErrnoException).errno !== 'number') return undefined;
  const { syscall, path } = thrown as NodeJS.ErrnoException;
  return { native: describeSystemError(thrown), call: syscall ?? 'A system call', path: path?.toString() };
}
