/**
 * The fixed-width description of one item, as a run of 32-bit words.
 *
 * The platform layer fills the words a file system knows; the manifest stores the same words unchanged, so that
 * comparing an item with its predecessor is a comparison of integers and nothing is allocated per item.
 * 64-bit values take two words, low word first. Times are seconds since 1970 (64-bit, signed) plus nanoseconds.
 */
export const RECORD_WORDS = 35;
export const RECORD_BYTES = RECORD_WORDS * 4;

/** Word offsets inside a record. `Hi` words follow their low word. */
export const Word = {
  FileId: 0,
  FileIdHi: 1,
  Size: 2,
  SizeHi: 3,
  WriteTime: 4,
  WriteTimeHi: 5,
  WriteTimeNs: 6,
  /** POSIX type and permission bits; on Windows the type, and below it the attributes that are compared. */
  Mode: 7,
  Owner: 8,
  Group: 9,
  ChangeTime: 10,
  ChangeTimeHi: 11,
  ChangeTimeNs: 12,
  /** Birth time; tells a reused file id from the file that had it before. Zero where the file system has none. */
  BirthTime: 13,
  BirthTimeHi: 14,
  BirthTimeNs: 15,
  /** Names of the file in the source. */
  Links: 16,
  /** Device number of a device node; reparse tag on Windows. */
  Special: 17,
  /** See {@link ItemFlag}. */
  Flags: 18,
  /** Index into the manifest's table of generations: the one that copied this content. */
  Introduced: 19,
  /** Directories: id of the block that holds the children, or {@link NO_BLOCK}. */
  Child: 20,
  /** Byte offset of the NUL-terminated name in the block's names. */
  Name: 21,
  /** File attributes the platform reports beside the mode (inode flags; Windows attributes). */
  Attributes: 22,
  /** The file system the item lives on, as the platform numbers it. */
  Device: 23,
  /** What could not be kept: see {@link FidelityLoss}; the high half word is the engine's. */
  Losses: 24,
  /** First 8 bytes of the digest of ACLs, extended attributes and streams; zero when there are none. */
  MetadataDigest: 25,
  /** SHA-256 of the content (of the target, for a symbolic link): 8 words. */
  ContentHash: 27,
} as const;

export const NO_BLOCK = 0xffffffff;

/** Bits of {@link Word.Flags}. */
export const ItemFlag = {
  /** How the item got into the generation: 2 bits, see {@link ItemOrigin}. */
  OriginMask: 3,
  /** Written or changed so close to its scan that a later change could have left the same times. */
  Racy: 1 << 2,
  /** Carried from the base because it could not be read this time. */
  Stale: 1 << 3,
  /** Another file system was mounted here. */
  MountRoot: 1 << 4,
  /** {@link Word.ContentHash} is set. */
  Hashed: 1 << 5,
  /** Content may be torn: the file kept changing while it was read. */
  Torn: 1 << 6,
  /** The copy it is linked to is under another name in the base, whatever the base has under this one. */
  Moved: 1 << 7,
} as const;

export const ItemOrigin = { Created: 0, Copied: 1, Linked: 2 } as const;

/** Bits of {@link Word.Losses}: metadata that the destination or the rights of the process could not keep. */
export const FidelityLoss = {
  Owner: 1,
  Permissions: 2,
  Times: 4,
  ExtendedAttributes: 8,
  AccessControlList: 16,
  /** Inode flags (immutable, append-only, …) are reported, never set: they would forbid linking and removal. */
  FileFlags: 32,
  Sparseness: 64,
  /** Windows: named streams. */
  AlternateStreams: 128,
  /** Windows: audit entries or the integrity label; they need SeSecurityPrivilege to be read and set. */
  SystemAcl: 256,
  /** Windows: a file encrypted by EFS is stored as it reads. */
  Encryption: 512,
  Compression: 1024,
  /** Windows: hidden, system, read-only and the like. */
  Attributes: 2048,
  /** Windows: the reparse data of a tag that says nothing to this program. */
  ReparseData: 4096,
} as const;

/** The bits of {@link Word.Losses} that say what was lost. */
export const LOSS_KINDS = 0xffff;

/** POSIX file types as in `st_mode`. */
export const FileType = {
  Mask: 0o170000,
  Fifo: 0o010000,
  CharacterDevice: 0o020000,
  Directory: 0o040000,
  BlockDevice: 0o060000,
  File: 0o100000,
  SymbolicLink: 0o120000,
  Socket: 0o140000,
} as const;

/** 64-bit unsigned value at `at`; exact below 2^53, as every size and most file ids are. */
export function readUnsigned64(words: Uint32Array, at: number): number {
  return words[at] + words[at + 1] * 0x1_0000_0000;
}

/** Signed 64-bit seconds at `at`. */
export function readSeconds(words: Uint32Array, at: number): number {
  return words[at] + (words[at + 1] | 0) * 0x1_0000_0000;
}
