import type { Listing } from '../../native/index.ts';

const INDEX_BITS = 24;
/** A run of names alike in their first bytes up to this long is sorted in place by insertion. */
const SHORT_RUN = 16;

/**
 * Sorts the entries of a listing by the unsigned bytes of their names.
 *
 * The first 5 bytes after the prefix common to all names and the entry's number make one 64-bit key, sorted natively
 * without a call per comparison; only names that agree in those bytes are compared further.
 */
export class NameSorter {
  #keys = new BigUint64Array(1024);
  #words = new Uint32Array(this.#keys.buffer);
  /** Entry numbers in order; valid up to the listing's count. */
  order = new Uint32Array(1024);

  sort(listing: Listing): Uint32Array {
    const { count, offsets, lengths } = listing;
    const bytes = listing.names.bytes;
    if (count > this.order.length) this.#grow(count);
    const skip = commonPrefix(listing);
    const words = this.#words;
    for (let i = 0; i < count; i++) {
      const at = offsets[i] + skip;
      // A name ends in NUL, the smallest byte: bytes after it are masked out.
      const length = lengths[i] - skip;
      const b0 = bytes[at];
      const b1 = length > 0 ? bytes[at + 1] : 0;
      const b2 = length > 1 ? bytes[at + 2] : 0;
      const b3 = length > 2 ? bytes[at + 3] : 0;
      const b4 = length > 3 ? bytes[at + 4] : 0;
      words[2 * i] = (b4 << INDEX_BITS) | i;
      words[2 * i + 1] = (b0 << 24) | (b1 << 16) | (b2 << 8) | b3;
    }
    this.#keys.subarray(0, count).sort();
    const order = this.order;
    for (let i = 0; i < count; i++) order[i] = words[2 * i] & 0xffffff;
    this.#settleTies(listing, skip);
    return order;
  }

  #settleTies(listing: Listing, skip: number): void {
    const { count } = listing;
    const words = this.#words;
    for (let from = 0; from < count;) {
      let to = from + 1;
      while (
        to < count &&
        words[2 * to + 1] === words[2 * from + 1] &&
        words[2 * to] >>> INDEX_BITS === words[2 * from] >>> INDEX_BITS
      )
        to++;
      if (to - from > 1) this.#sortRun(listing, from, to, skip);
      from = to;
    }
  }

  #sortRun(listing: Listing, from: number, to: number, skip: number): void {
    const order = this.order;
    if (to - from > SHORT_RUN) {
      order.subarray(from, to).sort((a, b) => compareNames(listing, a, b, skip));
      return;
    }
    for (let i = from + 1; i < to; i++) {
      const entry = order[i];
      let j = i - 1;
      for (; j >= from && compareNames(listing, order[j], entry, skip) > 0; j--) order[j + 1] = order[j];
      order[j + 1] = entry;
    }
  }

  #grow(count: number): void {
    const size = count + (count >> 1);
    this.#keys = new BigUint64Array(size);
    this.#words = new Uint32Array(this.#keys.buffer);
    this.order = new Uint32Array(size);
  }
}

function compareNames(listing: Listing, a: number, b: number, skip: number): number {
  const bytes = listing.names.bytes;
  let x = listing.offsets[a] + skip;
  let y = listing.offsets[b] + skip;
  while (bytes[x] === bytes[y] && bytes[x] !== 0) {
    x++;
    y++;
  }
  return bytes[x] - bytes[y];
}

function commonPrefix(listing: Listing): number {
  const { count, offsets, lengths } = listing;
  if (count < 2) return 0;
  const bytes = listing.names.bytes;
  const first = offsets[0];
  let length = lengths[0];
  for (let i = 1; i < count && length > 0; i++) {
    const at = offsets[i];
    let same = 0;
    while (same < length && bytes[at + same] === bytes[first + same]) same++;
    length = same;
  }
  return length;
}
