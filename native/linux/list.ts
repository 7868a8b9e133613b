import { emptyListing, enlargeArrays } from '../listing.ts';
import type { Directory, Listing, NativeCode } from '../types.ts';
import { bind, errno } from './libc.ts';
import { allocate } from './memory.ts';

const getdents64 = bind('getdents64', 'int64', ['int', 'size_t', 'size_t']);

/** Room left before the buffer doubles; one call returns at most this much. */
const READ_SIZE = 64 * 1024;
/** `struct linux_dirent64`: d_ino 8, d_off 8, d_reclen 2, d_type 1, d_name. */
const RECLEN_WORD = 4;
const TYPE_OFFSET = 18;
const NAME_OFFSET = 19;
/** DT_REG; a file system that does not know says DT_UNKNOWN. */
const REGULAR = 8;

export function createListing(): Listing {
  return emptyListing(allocate(4 * READ_SIZE));
}

/** Reads all entries; names stay in the kernel's records, nothing is copied. */
export function list(directory: Directory, listing: Listing): NativeCode {
  let filled = 0;
  for (;;) {
    const got = getdents64(directory.handle, listing.names.address + filled, listing.names.bytes.length - filled);
    if (got < 0) return errno();
    if (got === 0) break;
    filled += got;
    if (listing.names.bytes.length - filled < READ_SIZE) grow(listing, filled);
  }
  index(listing, filled);
  return 0;
}

function grow(listing: Listing, filled: number): void {
  const larger = allocate(listing.names.bytes.length * 2);
  listing.names.bytes.copy(larger.bytes, 0, 0, filled);
  listing.names = larger;
}

function index(listing: Listing, filled: number): void {
  const { bytes, words } = listing.names;
  let count = 0;
  for (let at = 0; at < filled;) {
    const length = words[(at >> 2) + RECLEN_WORD] & 0xffff;
    const name = at + NAME_OFFSET;
    // Records are padded to 8 bytes, so the terminator is among the last 8.
    let end = Math.max(name, at + length - 8);
    while (bytes[end] !== 0) end++;
    const size = end - name;
    const fileId = words[at >> 2];
    const isFile = bytes[at + TYPE_OFFSET] === REGULAR;
    at += length;
    if (bytes[name] === 0x2e && (size === 1 || (size === 2 && bytes[name + 1] === 0x2e))) continue;
    if (count === listing.offsets.length) enlargeArrays(listing);
    listing.offsets[count] = name;
    listing.lengths[count] = size;
    listing.fileIds[count] = fileId;
    listing.isFile[count] = isFile ? 1 : 0;
    count++;
  }
  listing.count = count;
}
