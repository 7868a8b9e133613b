import type { NativeCode } from '../types.ts';
import { Win32 } from './errors.ts';
import { pause } from '../pause.ts';

/** Waits before the second and third attempt, in milliseconds: scanners and indexers are done by then, or stay. */
const WAITS = [100, 400];
const PASSING: ReadonlySet<NativeCode> = new Set([
  Win32.ERROR_SHARING_VIOLATION,
  Win32.ERROR_LOCK_VIOLATION,
  Win32.ERROR_UNEXP_NET_ERR,
  Win32.ERROR_NETNAME_DELETED,
  Win32.ERROR_SEM_TIMEOUT,
]);

/** Tries again, three times in all and within half a second, while somebody else holds the file or the network hiccups. */
export function retried<T>(attempt: () => T, codeOf: (outcome: T) => NativeCode): T {
  let outcome = attempt();
  for (const wait of WAITS) {
    if (!PASSING.has(codeOf(outcome))) return outcome;
    pause(wait);
    outcome = attempt();
  }
  return outcome;
}

export function retriedCode(attempt: () => NativeCode): NativeCode {
  return retried(attempt, (code) => code);
}
