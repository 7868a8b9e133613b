/**
 * The manifest file, see docs/manifest.md.
 *
 * header | block* | index | summary | trailer. One block per directory (a large directory takes several, chained), written
 * in any order; the index says where each block is, whose child it is and what its digest is. All numbers little-endian.
 */
export const FORMAT_VERSION = 1;

export const HEADER_BYTES = 64;
export const HEADER_MAGIC = 'MIRBKMAN';
export const TRAILER_BYTES = 64;
export const TRAILER_MAGIC = 'MIRBKEND';

/** Words of a block's header. */
export const BlockWord = {
  Magic: 0,
  Id: 1,
  Count: 2,
  /** Bytes of the NUL-terminated names after the records, padded to 4. */
  NamesBytes: 3,
  /** Id of the block that goes on with the same directory, or NO_BLOCK. */
  Next: 4,
  /** Fidelity losses of the directory itself. */
  Losses: 5,
} as const;
export const BLOCK_HEADER_WORDS = 6;
export const BLOCK_MAGIC = 0x314b4c42;

/** Words of an index entry, by block id. An entry of length 0 is a directory without recorded children. */
export const IndexWord = {
  Offset: 0,
  OffsetHi: 1,
  Length: 2,
  Count: 3,
  Next: 4,
  /** Block and record that describe the directory whose children these are. */
  ParentBlock: 5,
  ParentRecord: 6,
  /** First 12 bytes of the block's SHA-256. */
  Digest: 7,
} as const;
export const INDEX_WORDS = 10;

/** Records in one block before a directory goes on in the next: bounds the memory a huge directory takes. */
export const BLOCK_RECORDS = 8192;

/** Block whose records are the sources. */
export const ROOT_BLOCK = 0;
