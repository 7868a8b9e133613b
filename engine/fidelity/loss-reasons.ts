import { FidelityLoss } from '../../native/item-record.ts';
import type { NativeCode } from '../../native/index.ts';
import type { FidelityLossKind } from '../types/protocol.ts';

/** Why one thing of an item was lost. Code 0: setting it succeeded and had no effect. */
export interface LossReason {
  code: NativeCode;
  side: 'source' | 'target';
}

/** The reasons of a generation, by the number in the high half of an item's losses; number 0 has none. */
export type LossReasons = readonly Partial<Record<FidelityLossKind, LossReason>>[];

/** Names of the kinds of loss, as users see them, and their bits. */
export const KIND_BITS: ReadonlyMap<FidelityLossKind, number> = new Map(
  Object.entries(FidelityLoss) as [FidelityLossKind, number][],
);

export function lossKinds(bits: number): FidelityLossKind[] {
  return [...KIND_BITS].filter(([, bit]) => (bits & bit) !== 0).map(([kind]) => kind);
}

/** The other way round; what is not known has no bit. */
export function lossBits(kinds: readonly FidelityLossKind[] = []): number {
  return kinds.reduce((bits, kind) => bits | (KIND_BITS.get(kind) ?? 0), 0);
}
