/** https://learn.microsoft.com/windows/win32/api/vss/nn-vss-ivssasync */
import { allocate } from '../memory.ts';
import { comError, type ComObject } from './com-object.ts';
import { Interrupted, Patience } from './patience.ts';

const SLICE_MS = 250;
/** What VSS_S_ASYNC_… say. */
const Status = { Pending: 0x0004_2309, Finished: 0x0004_230a, Cancelled: 0x0004_230b } as const;

/**
 * Waits in slices until the operation ends, and releases it. An interruption cancels it, and waits for that as long as
 * the grace lasts: the object that started it must not be used while it runs.
 * @param call what started it, for errors
 * @throws NativeError of the operation; Interrupted
 */
export async function finish(operation: ComObject<'IVssAsync'>, call: string, patience: Patience): Promise<void> {
  try {
    await settled(operation, call, patience);
  } finally {
    await operation.release(new Patience(patience.graceMs));
  }
}

async function settled(operation: ComObject<'IVssAsync'>, call: string, patience: Patience): Promise<void> {
  while (!(await hasEnded(operation, call, patience, SLICE_MS))) {
    const why = patience.interruption;
    if (why === undefined) continue;
    await cancel(operation, call, new Patience(patience.graceMs));
    throw new Interrupted(call, why);
  }
}

async function hasEnded(
  operation: ComObject<'IVssAsync'>,
  call: string,
  patience: Patience,
  milliseconds: number,
): Promise<boolean> {
  // Patience may end during these two; the operation still has to be cancelled then.
  const calls = new Patience(Math.max(patience.remainingMs, 1000) + milliseconds, undefined, patience.graceMs);
  await operation.call('Wait', calls, milliseconds);
  const answer = allocate(16);
  await operation.call('QueryStatus', calls, answer.address, answer.address + 8);
  const status = answer.bytes.readInt32LE(0);
  if (status === Status.Pending) return false;
  if (status === Status.Cancelled) throw new Interrupted(call, patience.interruption ?? 'cancelled');
  if (status < 0) throw comError(call, status);
  return true;
}

/** What it ends with does not matter any more. */
async function cancel(operation: ComObject<'IVssAsync'>, call: string, grace: Patience): Promise<void> {
  try {
    await operation.call('Cancel', grace);
    while (!(await hasEnded(operation, call, grace, Math.min(SLICE_MS, grace.remainingMs)))) grace.check(call);
  } catch {
    // Cancelled, failed, or it does not listen.
  }
}
