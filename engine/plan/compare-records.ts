import { FileType, Word } from '../../native/item-record.ts';

/** Bits: in what an item differs from its record in the base. */
export const Difference = {
  None: 0,
  Type: 1,
  Size: 2,
  WriteTime: 4,
  Mode: 8,
  Owner: 16,
  /** Device number or reparse tag. */
  Special: 32,
  /** ACL, extended attributes, streams. */
  Metadata: 64,
  Content: 128,
  /** Nothing visible differs, but the change time or the file id does: attributes must be looked at. */
  Touched: 256,
  /** It was a hard link of another file in the base and no longer is. */
  Partition: 512,
} as const;

/** What only changes how a file is described, not what it holds. */
const METADATA_DIFFERENCES = Difference.Mode | Difference.Owner | Difference.Metadata | Difference.Partition;

/** What must be the same for an item under another name to be the same item. */
export const IDENTITY_DIFFERENCES = Difference.Type | Difference.Size | Difference.WriteTime | Difference.Special;

/**
 * Whether only the description of an item changed. A new write time on the same content is metadata, too.
 * @param hasSameContent asked only where the answer depends on it
 */
export function isMetadataOnly(difference: number, hasSameContent: () => boolean): boolean {
  if ((difference & ~METADATA_DIFFERENCES) === 0) return true;
  return (difference & ~(METADATA_DIFFERENCES | Difference.WriteTime)) === 0 && hasSameContent();
}

/** Compares what a listing's stat tells; costs no system call. */
export function compareRecords(record: Uint32Array, at: number, base: Uint32Array, baseAt: number): number {
  const mode = record[at + Word.Mode];
  const baseMode = base[baseAt + Word.Mode];
  const type = mode & FileType.Mask;
  if (type !== (baseMode & FileType.Mask)) return Difference.Type;
  let difference: number = Difference.None;
  if (mode !== baseMode) difference |= Difference.Mode;
  if (record[at + Word.Owner] !== base[baseAt + Word.Owner] || record[at + Word.Group] !== base[baseAt + Word.Group])
    difference |= Difference.Owner;
  if (record[at + Word.Special] !== base[baseAt + Word.Special]) difference |= Difference.Special;
  // A directory's size and write time follow from its entries.
  if (type !== FileType.Directory) {
    if (record[at + Word.Size] !== base[baseAt + Word.Size] || record[at + Word.SizeHi] !== base[baseAt + Word.SizeHi])
      difference |= Difference.Size;
    if (!sameTime(record, at + Word.WriteTime, base, baseAt + Word.WriteTime)) difference |= Difference.WriteTime;
  }
  if (!sameTime(record, at + Word.ChangeTime, base, baseAt + Word.ChangeTime) || !sameFile(record, at, base, baseAt))
    difference |= Difference.Touched;
  return difference;
}

/** The same file on the source, not one that got its file id later. Device numbers may change at every start. */
export function sameFile(record: Uint32Array, at: number, base: Uint32Array, baseAt: number): boolean {
  return (
    record[at + Word.FileId] === base[baseAt + Word.FileId] &&
    record[at + Word.FileIdHi] === base[baseAt + Word.FileIdHi] &&
    sameTime(record, at + Word.BirthTime, base, baseAt + Word.BirthTime)
  );
}

export function sameDigest(record: Uint32Array, at: number, base: Uint32Array, baseAt: number): boolean {
  return (
    record[at + Word.MetadataDigest] === base[baseAt + Word.MetadataDigest] &&
    record[at + Word.MetadataDigest + 1] === base[baseAt + Word.MetadataDigest + 1]
  );
}

/** What did not change needs no reading. */
export function inheritDigest(record: Uint32Array, at: number, base: Uint32Array, baseAt: number): void {
  record[at + Word.MetadataDigest] = base[baseAt + Word.MetadataDigest];
  record[at + Word.MetadataDigest + 1] = base[baseAt + Word.MetadataDigest + 1];
}

export function sameContentHash(record: Uint32Array, at: number, base: Uint32Array, baseAt: number): boolean {
  for (let i = Word.ContentHash; i < Word.ContentHash + 8; i++) if (record[at + i] !== base[baseAt + i]) return false;
  return true;
}

/** Three words: seconds, their high half, nanoseconds. */
function sameTime(a: Uint32Array, at: number, b: Uint32Array, bt: number): boolean {
  return a[at] === b[bt] && a[at + 1] === b[bt + 1] && a[at + 2] === b[bt + 2];
}
