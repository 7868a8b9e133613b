/** Named streams, where ntfs-3g shows them as `file:stream` (streams_interface=windows). */
import { readlinkSync } from 'node:fs';
import type { Hash } from 'node:crypto';
import type { NativeCode } from '../../types.ts';
import { FidelityLoss, RECORD_WORDS, Word } from '../../item-record.ts';
import { noteLoss } from '../../loss-causes.ts';
import { Errno } from '../errors.ts';
import { Open } from '../flags.ts';
import { bind, errno } from '../libc.ts';
import { allocate } from '../memory.ts';
import { statHandle, stat } from '../stat.ts';
import { getAttribute, value, type AttributeHolder, type EntryName } from '../attribute-calls.ts';
import { STREAMS } from './attribute-names.ts';

const openat = bind('openat', 'int', ['int', 'size_t', 'int', 'uint']);
const close = bind('close', 'int', ['int']);
const read = bind('read', 'int64', ['int', 'size_t', 'size_t']);
const write = bind('write', 'int64', ['int', 'size_t', 'size_t']);

const CHUNK = 1 << 18;
const READ = Open.ReadOnly | Open.NoFollow | Open.CloseOnExec;
const WRITE = Open.WriteOnly | Open.Create | Open.Truncate | Open.NoFollow | Open.CloseOnExec;
/** Of a name and a stream's name: 255 characters of UTF-16 each, and a colon. */
const NAME_LIMIT = 2048;

const memory = allocate(CHUNK);
const streamName = allocate(NAME_LIMIT);
const parentName = allocate(8);
parentName.bytes.write('..\0', 'latin1');
const opened = new Uint32Array(RECORD_WORDS);
const named = new Uint32Array(RECORD_WORDS);

/**
 * Copies all named streams.
 * @returns bits of {@link FidelityLoss}
 */
export function copyStreams(from: AttributeHolder, to: AttributeHolder): number {
  const streams = listStreams(from);
  if (streams.length === 0) return 0;
  // Elsewhere `file:stream` is a file like any other.
  if (getAttribute(to, STREAMS) < 0) return noteLoss(FidelityLoss.AlternateStreams, errno());
  let losses = 0;
  withEntry(from, (source) => {
    withEntry(to, (target) => {
      for (const stream of streams) losses |= copyStream(source, target, stream);
    });
  });
  return losses;
}

/** Puts names and contents into a digest. */
export function digestStreams(holder: AttributeHolder, hash: Hash): NativeCode {
  const streams = listStreams(holder);
  let code = 0;
  if (streams.length > 0)
    withEntry(holder, (entry) => {
      for (const stream of streams) code ||= digestStream(entry, stream, hash);
    });
  return code;
}

/** Names as bytes, in their order. Where the driver shows streams in another way or not at all, there are none. */
function listStreams(holder: AttributeHolder): string[] {
  const size = getAttribute(holder, STREAMS);
  if (size <= 0) return [];
  const names = value.bytes.latin1Slice(0, size).split('\0');
  return names.filter((name) => name !== '').sort();
}

function copyStream(source: EntryName | NativeCode, target: EntryName | NativeCode, stream: string): number {
  const from = openStream(source, stream, READ);
  if (from < 0) return noteLoss(FidelityLoss.AlternateStreams, -from, 'source');
  const to = openStream(target, stream, WRITE);
  let losses = to < 0 ? noteLoss(FidelityLoss.AlternateStreams, -to) : 0;
  while (losses === 0) {
    const got = read(from, memory.address, CHUNK);
    if (got < 0) losses = noteLoss(FidelityLoss.AlternateStreams, errno(), 'source');
    if (got <= 0) break;
    if (!writeAll(to, got)) losses = noteLoss(FidelityLoss.AlternateStreams, errno());
  }
  close(from);
  if (to >= 0 && close(to) < 0) losses = noteLoss(FidelityLoss.AlternateStreams, errno());
  return losses;
}

function writeAll(to: number, length: number): boolean {
  for (let done = 0; done < length;) {
    const put = write(to, memory.address + done, length - done);
    if (put < 0) return false;
    done += put;
  }
  return true;
}

function digestStream(entry: EntryName | NativeCode, stream: string, hash: Hash): NativeCode {
  const from = openStream(entry, stream, READ);
  if (from < 0) return -from;
  hash.update(`stream ${stream}\0`, 'latin1');
  let size = 0;
  let got = read(from, memory.address, CHUNK);
  for (; got > 0; got = read(from, memory.address, CHUNK)) {
    hash.update(memory.bytes.subarray(0, got));
    size += got;
  }
  const code = got < 0 ? errno() : 0;
  hash.update(`\0${size}\0`);
  close(from);
  return code;
}

/** @returns a descriptor, or less than 0: the error code */
function openStream(entry: EntryName | NativeCode, stream: string, flags: number): number {
  if (typeof entry === 'number') return -entry;
  const { directory, names, name } = entry;
  const end = names.bytes.indexOf(0, name);
  const length = names.bytes.copy(streamName.bytes, 0, name, end);
  if (length + stream.length + 2 > NAME_LIMIT) return -Errno.ENAMETOOLONG;
  streamName.bytes[length + streamName.bytes.latin1Write(`:${stream}`, length)] = 0;
  const handle = openat(directory.handle, streamName.address, flags, 0o600);
  return handle < 0 ? -errno() : handle;
}

/**
 * A stream is opened by a name beside its file's. An open folder has that, too: its own, below the folder above.
 * The callback gets an error code where that is not to be had.
 */
function withEntry(holder: AttributeHolder, action: (entry: EntryName | NativeCode) => void): void {
  if (typeof holder !== 'number') return action(holder);
  const parent = openat(holder, parentName.address, Open.Path | Open.Directory | Open.CloseOnExec, 0);
  if (parent < 0) return action(errno());
  action(entryBelow(parent, holder));
  close(parent);
}

function entryBelow(parent: number, folder: number): EntryName | NativeCode {
  const path = readlinkSync(`/proc/self/fd/${folder}`, 'latin1');
  const entry = { directory: { handle: parent }, names: allocate(NAME_LIMIT), name: 0 };
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name.length >= NAME_LIMIT) return Errno.ENAMETOOLONG;
  entry.names.bytes[entry.names.bytes.latin1Write(name, 0)] = 0;
  const code = statHandle(folder, opened, 0) || stat(entry.directory, entry.names, 0, named, 0);
  // It may have been renamed, and something else have its name.
  const isSame = [Word.FileId, Word.FileIdHi, Word.Device].every((word) => opened[word] === named[word]);
  return code || (isSame ? entry : Errno.ENOENT);
}
