/**
 * What ntfs-3g shows of a file beside POSIX metadata. None of these is ever listed.
 * https://github.com/tuxera/ntfs-3g/wiki/Using-Extended-Attributes
 */
export const SECURITY = 'system.ntfs_acl';
/** 4 bytes, the highest first. */
export const ATTRIBUTES = 'system.ntfs_attrib_be';
/** 8 bytes, the highest first: units of 100 ns since 1601. */
export const CREATED = 'system.ntfs_crtime_be';
export const EXTENDED = 'system.ntfs_ea';
export const REPARSE_DATA = 'system.ntfs_reparse_data';
/** Names of the named streams, where they are paths of their own (`file:stream`). */
export const STREAMS = 'ntfs.streams.list';
/** What is needed to decrypt a file whose content is read as it is stored. */
export const ENCRYPTION = 'system.ntfs_efsinfo';
