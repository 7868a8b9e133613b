import { emptyListing, enlargeArrays } from '../listing.ts';
import type { Listing } from '../types.ts';
import { allocate } from './memory.ts';
import { BYTES_PER_UNIT, readName } from './utf16.ts';

const FIRST_SIZE = 64 * 1024;
const DOT = 0x2e;

export function createListing(): Listing {
  return emptyListing(allocate(FIRST_SIZE));
}

export function startListing(listing: Listing): void {
  listing.count = 0;
}

/** Appends a name given as units, unless it is `.` or `..`. */
export function addName(
  units: Uint16Array,
  from: number,
  length: number,
  listing: Listing,
  fileId = 0,
  isFile = false,
): void {
  if (units[from] === DOT && (length === 1 || (length === 2 && units[from + 1] === DOT))) return;
  const { count } = listing;
  if (count === listing.offsets.length) enlargeArrays(listing);
  const at = count === 0 ? 0 : listing.offsets[count - 1] + listing.lengths[count - 1] + 1;
  if (at + length * BYTES_PER_UNIT >= listing.names.bytes.length) enlargeNames(listing, at);
  listing.offsets[count] = at;
  listing.lengths[count] = readName(units, from, length, listing.names.bytes, at) - at;
  listing.fileIds[count] = fileId;
  listing.isFile[count] = isFile ? 1 : 0;
  listing.count = count + 1;
}

function enlargeNames(listing: Listing, filled: number): void {
  const larger = allocate(listing.names.bytes.length * 2);
  listing.names.bytes.copy(larger.bytes, 0, 0, filled);
  listing.names = larger;
}
