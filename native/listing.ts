import type { Listing, PinnedBuffer } from './types.ts';

const FIRST_ENTRIES = 1024;

/** An empty listing, whose names are in the memory given. */
export function emptyListing(names: PinnedBuffer): Listing {
  return {
    count: 0,
    names,
    offsets: new Uint32Array(FIRST_ENTRIES),
    lengths: new Uint16Array(FIRST_ENTRIES),
    fileIds: new Uint32Array(FIRST_ENTRIES),
    isFile: new Uint8Array(FIRST_ENTRIES),
  };
}

/** Makes room for twice as many entries; those that are there stay. */
export function enlargeArrays(listing: Listing): void {
  const { offsets, lengths, fileIds, isFile } = listing;
  listing.offsets = new Uint32Array(offsets.length * 2);
  listing.offsets.set(offsets);
  listing.lengths = new Uint16Array(lengths.length * 2);
  listing.lengths.set(lengths);
  listing.fileIds = new Uint32Array(fileIds.length * 2);
  listing.fileIds.set(fileIds);
  listing.isFile = new Uint8Array(isFile.length * 2);
  listing.isFile.set(isFile);
}
