import type { NativeCode } from './types.ts';

/** Why something of an item was lost: the failed call's code, and whose side it was on. Code 0: it is never set. */
export interface LossCause {
  code: NativeCode;
  side: 'source' | 'target';
}

/** By bit of a record's losses, of the item this thread is copying. */
const causes: (LossCause | undefined)[] = Array.from({ length: 16 }, () => undefined);

/**
 * Remembers why something is lost, such as the error of the call that has just failed.
 * @param loss one bit of {@link FidelityLoss}
 * @returns the bit
 */
export function noteLoss(loss: number, code: NativeCode, side: LossCause['side'] = 'target'): number {
  causes[indexOf(loss)] = { code, side };
  return loss;
}

export function lossCause(loss: number): LossCause | undefined {
  return causes[indexOf(loss)];
}

/** The same, and forgets it: the next item's losses are its own. */
export function takeLossCause(loss: number): LossCause | undefined {
  const cause = lossCause(loss);
  causes[indexOf(loss)] = undefined;
  return cause;
}

function indexOf(loss: number): number {
  return 31 - Math.clz32(loss);
}
