import type { NativeCode } from './types.ts';

/** Why something of an item was lost: the failed call's code, or 0 where it succeeded and had no effect; on whose side. */
export interface LossCause {
  code: NativeCode;
  side: 'source' | 'target';
}

/** By bit of a record's losses, of the item this thread is copying. */
const causes: (LossCause | undefined)[] = Array.from({ length: 16 }, () => undefined);

/** To be called before an item is copied: what it loses is its own. */
export function forgetLosses(): void {
  causes.fill(undefined);
}

/**
 * Remembers why something is lost, such as the error of the call that has just failed.
 * @param loss one bit of {@link FidelityLoss}
 * @returns the bit
 */
export function noteLoss(loss: number, code: NativeCode, side: LossCause['side'] = 'target'): number {
  causes[indexOf(loss)] = { code, side };
  return loss;
}

/** The same where the target turns out to be without it, unless a failed call was noted that explains it. */
export function noteMissing(loss: number): number {
  return lossCause(loss) ? loss : noteLoss(loss, 0);
}

export function lossCause(loss: number): LossCause | undefined {
  return causes[indexOf(loss)];
}

function indexOf(loss: number): number {
  return 31 - Math.clz32(loss);
}
