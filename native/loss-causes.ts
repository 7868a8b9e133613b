import type { NativeCode } from './types.ts';

/** Why something of an item was lost: the failed call's code, and whose side it was on. Code 0: it is never set. */
export interface LossCause {
  code: NativeCode;
  side: 'source' | 'target';
}

/** By bit of a record's losses, of the item this thread has copied last. */
const causes: LossCause[] = Array.from({ length: 16 }, () => ({ code: 0, side: 'target' }));

/**
 * Remembers the error of the call that has just failed.
 * @param loss one bit of {@link FidelityLoss}
 * @returns the bit
 */
export function noteLoss(loss: number, code: NativeCode, side: LossCause['side'] = 'target'): number {
  const cause = lossCause(loss);
  cause.code = code;
  cause.side = side;
  return loss;
}

/** Why this was lost, as last noted on this thread. The object is reused. */
export function lossCause(loss: number): LossCause {
  return causes[31 - Math.clz32(loss)];
}
