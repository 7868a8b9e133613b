import type { Native } from '../../native/index.ts';
import { Word, readUnsigned64 } from '../../native/item-record.ts';
import type { HardLink } from '../types/protocol.ts';
import type { LocatedFile } from './locate-file.ts';

/** The object a user sees for a file and its names. */
export function describeHardLink(native: Native, file: LocatedFile, names: readonly string[]): HardLink {
  const { path, record } = file;
  const linkCount = record[Word.Links];
  return {
    path,
    linkCount,
    ...native.identify(record, 0),
    names: [...names],
    length: readUnsigned64(record, Word.Size),
    complete: names.length === linkCount,
  };
}
