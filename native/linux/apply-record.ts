import { chmodSync } from 'node:fs';
import type { Directory, Entry, NativeCode } from '../types.ts';
import { FileType, RECORD_WORDS, Word } from '../item-record.ts';
import { forgetLosses } from '../loss-causes.ts';
import { listAttributes, listedNames, removeAttribute } from './attribute-calls.ts';
import { openForReading } from './copy.ts';
import { At } from './flags.ts';
import { Errno } from './errors.ts';
import { bind, errno } from './libc.ts';
import { applyMetadata, applyNodeMetadata } from './metadata.ts';
import { allocate } from './memory.ts';

const close = bind('close', 'int', ['int']);
const fsync = bind('fsync', 'int', ['int']);
const fchown = bind('fchown', 'int', ['int', 'uint', 'uint']);
const fchmodat = bind('fchmodat', 'int', ['int', 'size_t', 'uint', 'int']);
const fchownat = bind('fchownat', 'int', ['int', 'size_t', 'uint', 'uint', 'int']);
const futimens = bind('futimens', 'int', ['int', 'size_t']);

/** UTIME_OMIT: leave the access time as it is. */
const OMIT = (1 << 30) - 2;
const times = allocate(32);
const PERMISSIONS = 0o7777;
const empty = allocate(8);
const wanted = new Uint32Array(RECORD_WORDS);

export function applyRecord(item: Entry, donor: Entry | undefined, record: Uint32Array, at: number): NativeCode {
  forgetLosses();
  // What is on which device decides how it is read: that is the donor's affair, not the record's.
  wanted.set(record.subarray(at, at + RECORD_WORDS));
  const type = wanted[Word.Mode] & FileType.Mask;
  const code = type === FileType.File ? applyToFile(item, donor) : applyToNode(item, donor, type);
  for (const word of [Word.MetadataDigest, Word.MetadataDigest + 1, Word.Losses]) record[at + word] = wanted[word];
  return code;
}

export function applyWriteTime(directory: Directory, record: Uint32Array, at: number): NativeCode {
  const w = times.words;
  w[2] = OMIT;
  w[4] = record[at + Word.WriteTime];
  w[5] = record[at + Word.WriteTimeHi];
  w[6] = record[at + Word.WriteTimeNs];
  return futimens(directory.handle, times.address) < 0 ? errno() : 0;
}

/** Also where nobody may open it for reading: by its descriptor's name, which is no link that could lead elsewhere. */
export function applyToDirectory({ handle }: Directory, record: Uint32Array, at: number): NativeCode {
  const owner = record[at + Word.Owner];
  const group = record[at + Word.Group];
  if (fchownat(handle, empty.address, owner, group, At.EmptyPath) < 0) return errno();
  try {
    chmodSync(`/proc/self/fd/${handle}`, record[at + Word.Mode] & PERMISSIONS);
    return 0;
  } catch (error) {
    return Math.abs((error as NodeJS.ErrnoException).errno ?? 0) || Errno.EIO;
  }
}

function applyToFile(item: Entry, donor: Entry | undefined): NativeCode {
  // Its mode may be that of a file its owner cannot read.
  fchmodat(item.directory.handle, item.names.address + item.name, 0o600, 0);
  const target = openForReading(item.directory.handle, item.names.address + item.name);
  if (target < 0) return errno();
  // Losses of ownership are noted below, by those who set it once more.
  fchown(target, wanted[Word.Owner], wanted[Word.Group]);
  let code: NativeCode = 0;
  if (donor) {
    const source = openForReading(donor.directory.handle, donor.names.address + donor.name);
    if (source < 0) code = errno();
    else {
      clearAttributes(target);
      wanted[Word.Losses] |= applyMetadata(
        { handle: source, entry: donor },
        { handle: target, entry: item },
        wanted,
        0,
      );
      close(source);
    }
  } else {
    clearAttributes(target);
    wanted[Word.Losses] |= applyMetadata({ handle: target, entry: item }, { handle: target, entry: item }, wanted, 0);
  }
  if (code === 0 && fsync(target) < 0) code = errno();
  close(target);
  return code;
}

function applyToNode(item: Entry, donor: Entry | undefined, type: number): NativeCode {
  const address = item.names.address + item.name;
  fchownat(item.directory.handle, address, wanted[Word.Owner], wanted[Word.Group], At.SymlinkNoFollow);
  wanted[Word.Losses] |= applyNodeMetadata(donor ?? item, item, wanted, 0, type === FileType.SymbolicLink);
  return 0;
}

function clearAttributes(handle: number): void {
  const size = listAttributes(handle);
  if (size > 0) for (const name of listedNames(size)) removeAttribute(handle, name);
}
