/** https://learn.microsoft.com/windows/win32/api/vss/nn-vss-ivssasync */
import { allocate } from '../memory.ts';
import { comError, type ComObject } from './com-object.ts';
import { Interrupted, Patience } from '../../vss/patience.ts';

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
  for (;;) {
    let status: number;
    try {
      status = await statusAfter(operation, patience);
    } catch (error) {
      await cancel(operation, patience);
      throw error;
    }
    if (status === Status.Finished) return;
    if (status === Status.Cancelled) throw new Interrupted(call, patience.interruption ?? 'cancelled');
    if (status < 0) throw comError(call, status);
    const why = patience.interruption;
    if (why === undefined) continue;
    await cancel(operation, patience);
    throw new Interrupted(call, why);
  }
}

async function statusAfter(operation: ComObject<'IVssAsync'>, { remainingMs, graceMs }: Patience): Promise<number> {
  // An interruption must not keep these from being made: the operation has to be cancelled then.
  const calls = new Patience(Math.max(remainingMs, graceMs) + SLICE_MS, undefined, graceMs);
  await operation.call('Wait', calls, SLICE_MS);
  return statusOf(operation, calls);
}

async function statusOf(operation: ComObject<'IVssAsync'>, patience: Patience): Promise<number> {
  const { bytes, address } = allocate(16);
  await operation.call('QueryStatus', patience, address, address + 8);
  return bytes.readInt32LE(0);
}

/** What it ends with does not matter any more. */
async function cancel(operation: ComObject<'IVssAsync'>, { graceMs }: Patience): Promise<void> {
  const grace = new Patience(graceMs);
  try {
    await operation.call('Cancel', grace);
    while ((await statusOf(operation, grace)) === Status.Pending)
      await operation.call('Wait', grace, Math.min(SLICE_MS, grace.remainingMs));
  } catch {
    // It does not listen.
  }
}
