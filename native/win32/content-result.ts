import type { NativeCode } from '../types.ts';

/** How far the copying of one file's content came. */
export interface ContentResult {
  code: NativeCode;
  side: 'source' | 'target';
  bytes: number;
  cancelled: boolean;
  /** Bits of {@link FidelityLoss}. */
  losses: number;
}

export function newContentResult(): ContentResult {
  return { code: 0, side: 'source', bytes: 0, cancelled: false, losses: 0 };
}

export function fail(result: ContentResult, code: NativeCode, side: 'source' | 'target'): false {
  result.code = code;
  result.side = side;
  return false;
}
