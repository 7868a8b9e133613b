import type { Directory, Entry, NativeCode } from '../types.ts';
import { RECORD_WORDS, Word, readSeconds } from '../item-record.ts';
import { forgetLosses } from '../loss-causes.ts';
import { applyBasic, attributesIn, newBasic, readBasic, writeAttributes } from './attributes.ts';
import { flushCopy } from './flush.ts';
import { closeHandle } from './library.ts';
import { copyMetadata } from './metadata.ts';
import { Access, closeItem, Disposition, openAudited, openEntry, openRelative, Option } from './open-item.ts';
import { textOfName } from './utf16.ts';

/** Seconds from 1601, where FILETIME begins, to 1970. */
const EPOCH_SECONDS = 11_644_473_600n;
const CREATED = 0;
const WRITTEN = 16;
const CHANGE = Access.Read | Access.Write | Access.ChangeSecurity;

/** READONLY, HIDDEN, SYSTEM and TEMPORARY. */
const RECORDED = 0x1 | 0x2 | 0x4 | 0x100;

const basic = newBasic();
const wanted = new Uint32Array(RECORD_WORDS);

export function applyRecord(item: Entry, donor: Entry | undefined, record: Uint32Array, at: number): NativeCode {
  forgetLosses();
  wanted.set(record.subarray(at, at + RECORD_WORDS));
  allowWriting(item);
  const target = openAudited(item.directory.handle, textOf(item), CHANGE, Disposition.Open, Option.ReparsePoint);
  if (typeof target === 'number') return target;
  let code: NativeCode = 0;
  if (donor) {
    const source = openAudited(
      donor.directory.handle,
      textOf(donor),
      Access.Read,
      Disposition.Open,
      Option.ReparsePoint,
    );
    if (typeof source === 'number') code = source;
    else {
      wanted[Word.Losses] |= copyMetadata(source, target, wanted, 0);
      closeItem(source);
    }
  }
  if (code === 0) code = readBasic(target.handle, basic);
  if (code === 0) {
    basic.bytes.writeBigInt64LE(fileTime(Word.BirthTime), CREATED);
    basic.bytes.writeBigInt64LE(fileTime(Word.WriteTime), WRITTEN);
    wanted[Word.Losses] |= applyBasic(target.handle, basic, wanted[Word.Attributes]);
    code = flushCopy(target.handle, item.directory);
  }
  closeItem(target);
  for (const word of [Word.MetadataDigest, Word.MetadataDigest + 1, Word.Losses]) record[at + word] = wanted[word];
  return code;
}

export function applyWriteTime(directory: Directory, record: Uint32Array, at: number): NativeCode {
  const access = Access.Ask | Access.ChangeAttributes;
  const handle = openRelative(directory.handle, '', access, Disposition.Open, Option.Directory);
  if (handle < 0) return -handle;
  wanted.set(record.subarray(at, at + RECORD_WORDS));
  let code = readBasic(handle, basic);
  if (code === 0) {
    basic.bytes.writeBigInt64LE(fileTime(Word.WriteTime), WRITTEN);
    applyBasic(handle, basic, basic.words[8]);
    code = readBasic(handle, basic);
  }
  closeHandle(handle);
  return code;
}

/** The attributes that are compared with records; the others are storage's affair. */
export function applyToDirectory(directory: Directory, record: Uint32Array, at: number): NativeCode {
  const access = Access.Ask | Access.ChangeAttributes;
  const handle = openRelative(directory.handle, '', access, Disposition.Open, Option.Directory);
  if (handle < 0) return -handle;
  let code = readBasic(handle, basic);
  if (code === 0)
    code = writeAttributes(handle, (attributesIn(basic) & ~RECORDED) | (record[at + Word.Attributes] & RECORDED));
  closeHandle(handle);
  return code;
}

/** What is read-only can be opened to change that, and not for writing. */
function allowWriting({ directory, names, name }: Entry): void {
  const access = Access.Ask | Access.ChangeAttributes;
  const handle = openEntry(directory.handle, names, name, access, Disposition.Open, Option.ReparsePoint);
  if (handle < 0) return;
  writeAttributes(handle, 0);
  closeHandle(handle);
}

function fileTime(word: number): bigint {
  return (BigInt(readSeconds(wanted, word)) + EPOCH_SECONDS) * 10_000_000n + BigInt(Math.floor(wanted[word + 2] / 100));
}

function textOf({ names, name }: Entry): string {
  return textOfName(names, name);
}
