import type { Directory, Listing, Native } from '../../native/index.ts';

/** First bytes of a CACHEDIR.TAG, https://bford.info/cachedir/. */
const SIGNATURE = 'Signature: 8a477f597d28d172789f06886806bc55';
const TAG = Buffer.from('CACHEDIR.TAG\0', 'latin1');

/** Whether the directory says that it holds a cache. */
export function isTaggedAsCache(native: Native, directory: Directory, listing: Listing): boolean {
  for (let i = 0; i < listing.count; i++) {
    if (listing.lengths[i] !== TAG.length - 1) continue;
    const at = listing.offsets[i];
    if (listing.names.bytes.compare(TAG, 0, TAG.length, at, at + TAG.length) !== 0) continue;
    try {
      return native.readSmallFile(directory, listing.names, at, SIGNATURE.length).latin1Slice() === SIGNATURE;
    } catch {
      return false;
    }
  }
  return false;
}
