import type { ItemFidelityLoss } from '../types/protocol.ts';
import type { ItemName, Place } from './damaged-item.ts';

/** What became of a damaged item. */
export interface Healed {
  kind: 'Whole' | 'Healed' | 'NotHealed';
  /** Names that are as damaged as before. */
  left: ItemName[];
  origin: string | undefined;
  reason: string;
  losses: ItemFidelityLoss[];
}

export const REASON: Readonly<Record<Place['root'], string>> = {
  Own: 'Its content is whole; its owner and mode are not.',
  Set: 'Another copy in the set is whole.',
  Source: 'The source still has it.',
  OtherSet: 'The other set has it.',
};

export function notHealed(left: ItemName[], reason: string): Healed {
  return { kind: 'NotHealed', left, origin: undefined, reason, losses: [] };
}
