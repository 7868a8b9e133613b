import { textFromByte, type BytePath } from '../../native/byte-path.ts';
import type { NativeCode } from '../../native/index.ts';
import type { ErrorId } from '../errors/catalogue.ts';
import { Counter } from './counters.ts';
import type { ThreadContext } from './thread-context.ts';

const NO_PERMISSION = new Set(['EACCES', 'EPERM', 'ERROR_ACCESS_DENIED', 'ERROR_PRIVILEGE_NOT_HELD']);

/** Reports an item that could not be mirrored, with the system's reason. */
export function reportFailure(
  context: ThreadContext,
  path: BytePath,
  code: NativeCode,
  what: string,
  id?: ErrorId,
): void {
  const text = textFromByte(path);
  const native = code === 0 ? undefined : context.native.describeError(code);
  context.counters[Counter.failed]++;
  context.reports.failure({
    id: id ?? idOf(context, code, native?.name ?? ''),
    message: `'${text}' ${what}${native ? `: ${native.text} (${native.name})` : ''}.`,
    path: text,
    native,
  });
}

function idOf(context: ThreadContext, code: NativeCode, name: string): ErrorId {
  if (context.native.isMissing(code)) return 'ItemVanished';
  return NO_PERMISSION.has(name) ? 'ItemUnreadable' : 'ItemIOError';
}
