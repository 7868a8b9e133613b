import { Word } from '../../native/item-record.ts';

/** The last part of the range in which files come due, so that not all do in the same run. */
export const REBASE_SPREAD = 1 / 4;

/** Whether {@link isRebaseDue} might be true of a copy before it has as many names more. */
export function isRebaseNear(found: Uint32Array, names: number, maxLinks: number): boolean {
  return found[Word.Links] + names >= maxLinks - Math.floor(maxLinks * REBASE_SPREAD);
}

/**
 * Whether a copy has so many names that the next generation gets a fresh one. The threshold lies between 3/4 of the
 * limit and the limit, by file id: files that were first copied together come due in different runs.
 * @param found record of the copy in the base, as found on disk
 */
export function isRebaseDue(found: Uint32Array, maxLinks: number): boolean {
  const links = found[Word.Links];
  if (links >= maxLinks) return true;
  const spread = Math.floor(maxLinks * REBASE_SPREAD);
  if (links < maxLinks - spread) return false;
  return links >= maxLinks - ((Math.imul(found[Word.FileId], 0x9e3779b1) >>> 0) % (spread + 1));
}
