import { ItemFlag, Word } from '../../native/item-record.ts';
import { Difference, compareRecords, isMetadataOnly, sameContentHash, sameDigest } from '../plan/compare-records.ts';
import { reasonOf } from '../plan/describe-change.ts';

/** How one recorded item differs from another of the same path. */
export interface Classified {
  change: 'Modified' | 'MetadataChanged' | 'TypeChanged';
  reason: string;
}

/** @returns undefined when they are the same */
export function classifyItem(
  words: Uint32Array,
  at: number,
  past: Uint32Array,
  pastAt: number,
): Classified | undefined {
  let difference = compareRecords(words, at, past, pastAt) & ~Difference.Touched;
  if ((difference & Difference.Type) !== 0) return { change: 'TypeChanged', reason: 'type' };
  if (!sameDigest(words, at, past, pastAt)) difference |= Difference.Metadata;
  const hashed = (words[at + Word.Flags] & past[pastAt + Word.Flags] & ItemFlag.Hashed) !== 0;
  const sameContent = hashed && sameContentHash(words, at, past, pastAt);
  if (hashed && !sameContent) difference |= Difference.Content;
  if (difference === Difference.None) return undefined;
  return {
    change: isMetadataOnly(difference, () => sameContent) ? 'MetadataChanged' : 'Modified',
    reason: reasonOf(difference),
  };
}
