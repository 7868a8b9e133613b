/** Items without content of their own: symbolic links, FIFOs and device nodes. */
import { hash as hashOnce } from 'node:crypto';
import type { CopyRequest, CopyResult, Directory, NativeCode, PinnedBuffer } from '../types.ts';
import { FileType, ItemFlag, Word } from '../item-record.ts';
import { bind, errno } from './libc.ts';
import { Errno } from './errors.ts';
import { allocate } from './memory.ts';
import { applyNodeMetadata } from './metadata.ts';
import { removeFile } from './names.ts';

const readlinkat = bind('readlinkat', 'int64', ['int', 'size_t', 'size_t', 'size_t']);
const symlinkat = bind('symlinkat', 'int', ['size_t', 'int', 'size_t']);
const mknodat = bind('mknodat', 'int', ['int', 'size_t', 'uint', 'size_t']);

const TARGET_LIMIT = 65536;
const target = allocate(TARGET_LIMIT + 8);

export function copyNode(request: CopyRequest, temporaryName: PinnedBuffer, result: CopyResult): void {
  const { record, at } = request;
  const type = record[at + Word.Mode] & FileType.Mask;
  const isLink = type === FileType.SymbolicLink;
  if (isLink) {
    const length = readTarget(request.source, request.names, request.name);
    if (length < 0) {
      result.code = errno();
      result.typeChanged = result.code === Errno.EINVAL;
      return;
    }
    storeTargetHash(length, record, at);
  }
  result.side = 'target';
  result.code = create(request, temporaryName, isLink);
  if (result.code === Errno.EEXIST) {
    removeFile(request.temporary, temporaryName, 0);
    result.code = create(request, temporaryName, isLink);
  }
  if (result.code !== 0) return;
  const from = { directory: request.source, names: request.names, name: request.name };
  const to = { directory: request.temporary, names: temporaryName, name: 0 };
  record[at + Word.Losses] |= applyNodeMetadata(from, to, record, at, isLink);
}

/** SHA-256 of a symbolic link's target into the record. */
export function hashTarget(
  directory: Directory,
  names: PinnedBuffer,
  name: number,
  record: Uint32Array,
  at: number,
): NativeCode {
  const length = readTarget(directory, names, name);
  if (length < 0) return errno();
  storeTargetHash(length, record, at);
  return 0;
}

function create(request: CopyRequest, temporaryName: PinnedBuffer, isLink: boolean): NativeCode {
  const { handle } = request.temporary;
  const { record, at } = request;
  const failed = isLink
    ? symlinkat(target.address, handle, temporaryName.address) < 0
    : mknodat(
        handle,
        temporaryName.address,
        (record[at + Word.Mode] & FileType.Mask) | 0o600,
        userDevice(record[at + Word.Special]),
      ) < 0;
  return failed ? errno() : 0;
}

function readTarget(directory: Directory, names: PinnedBuffer, name: number): number {
  const length = readlinkat(directory.handle, names.address + name, target.address, TARGET_LIMIT);
  if (length >= 0) target.bytes[length] = 0;
  return length;
}

function storeTargetHash(length: number, record: Uint32Array, at: number): void {
  const digest = hashOnce('sha256', target.bytes.subarray(0, length), 'buffer');
  for (let i = 0; i < 8; i++) record[at + Word.ContentHash + i] = digest.readUInt32LE(i * 4);
  record[at + Word.Flags] |= ItemFlag.Hashed;
}

/** The C library's `dev_t` for mknod, from the kernel's 12:20 form; see makedev(3). */
function userDevice(device: number): number {
  const major = device >>> 20;
  const minor = device & 0xfffff;
  return (minor & 0xff) + (major & 0xfff) * 0x100 + (minor >>> 8) * 0x10_0000;
}
