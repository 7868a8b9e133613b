/** Items without content of their own: symbolic links, FIFOs and device nodes. */
import { hash as hashOnce } from 'node:crypto';
import type { CopyRequest, CopyResult, Directory, NativeCode, PinnedBuffer } from '../types.ts';
import { FidelityLoss, FileType, ItemFlag, Word } from '../item-record.ts';
import { forgetLosses, noteLoss } from '../loss-causes.ts';
import { bind, errno } from './libc.ts';
import { Errno } from './errors.ts';
import { allocate } from './memory.ts';
import type { EntryName } from './attribute-calls.ts';
import { applyNodeMetadata } from './metadata.ts';
import { removeFile } from './names.ts';
import { isNtfs } from './ntfs/driver.ts';
import { copyReparsePoint, isFolderLink, reparseKind } from './ntfs/reparse-points.ts';

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
  const from = { directory: request.source, names: request.names, name: request.name };
  const kind = isLink && isNtfs(from, record[at + Word.Device]) ? reparseKind(from) : 'None';
  if (kind === 'Content') {
    result.code = Errno.EOPNOTSUPP;
    return;
  }
  result.side = 'target';
  if (kind === 'Link' && copyAsReparsePoint(request, temporaryName, from)) return;
  result.code = createAnew(request, temporaryName, isLink);
  if (result.code !== 0) return;
  const to = { directory: request.temporary, names: temporaryName, name: 0 };
  record[at + Word.Losses] |= applyNodeMetadata(from, to, record, at, isLink);
}

/** @returns false when the destination has no such links; that is noted, and a symbolic link is what comes next to it */
function copyAsReparsePoint(request: CopyRequest, temporaryName: PinnedBuffer, from: EntryName): boolean {
  const { record, at } = request;
  let losses = 0;
  let code: NativeCode = isFolderLink(from) ? Errno.EOPNOTSUPP : 0;
  if (code === 0) {
    const to = { directory: request.temporary, names: temporaryName, name: 0 };
    const make = (): number => mknodat(to.directory.handle, temporaryName.address, FileType.File | 0o600, 0);
    code = makeAnew(request, make, temporaryName);
    // Before it is a link: the driver finds metadata of a link by what the link leads to.
    if (code === 0) losses = applyNodeMetadata(from, to, record, at, true);
    code ||= copyReparsePoint(from, to);
  }
  if (code !== 0) {
    forgetLosses();
    losses = noteLoss(FidelityLoss.ReparseData, code);
  }
  record[at + Word.Losses] |= losses;
  return code === 0;
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

function createAnew(request: CopyRequest, temporaryName: PinnedBuffer, isLink: boolean): NativeCode {
  const { handle } = request.temporary;
  const { record, at } = request;
  return makeAnew(
    request,
    () =>
      isLink
        ? symlinkat(target.address, handle, temporaryName.address)
        : mknodat(
            handle,
            temporaryName.address,
            (record[at + Word.Mode] & FileType.Mask) | 0o600,
            userDevice(record[at + Word.Special]),
          ),
    temporaryName,
  );
}

/** A leftover of an interrupted copy is replaced. */
function makeAnew(request: CopyRequest, make: () => number, temporaryName: PinnedBuffer): NativeCode {
  if (make() >= 0) return 0;
  const code = errno();
  if (code !== Errno.EEXIST) return code;
  removeFile(request.temporary, temporaryName, 0);
  return make() < 0 ? errno() : 0;
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
