/**
 * Folders that nobody else may write to. Everybody may make folders in %ProgramData%, and what is made there inherits that
 * users may add files.
 * https://learn.microsoft.com/windows/win32/secauthz/well-known-sids
 * https://learn.microsoft.com/windows/win32/api/winnt/ns-winnt-access_allowed_ace
 */
import { existsSync, mkdirSync } from 'node:fs';
import { Win32 } from './errors.ts';
import { bind, closeHandle, lastCode } from './library.ts';
import { allocate } from './memory.ts';
import { nativeError } from './native-error.ts';
import { Access, Option } from './open-item.ts';
import { openPath } from './open-path.ts';
import { win32Paths } from './paths.ts';
import { readSecurity, PRIVATE_FOLDER } from './security.ts';
import { tokenInformation, TokenKind } from './token.ts';
import { wideText } from './wide-text.ts';

const createDirectory = bind('kernel32', 'CreateDirectoryW', 'int', ['size_t', 'size_t']);
/** SECURITY_ATTRIBUTES: length, descriptor, whether handles are inherited. */
const SECURITY_ATTRIBUTES = 24;
/** System, administrators, Windows itself; and whoever owns it, as creator or owner: its owner is looked at. */
const TRUSTED = [
  /^S-1-5-18$/,
  /^S-1-5-32-544$/,
  /^S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464$/,
  /^S-1-3-[04]$/,
];
/** To add, rename or delete entries, or to give oneself these rights. */
const WRITING = 0x2 | 0x4 | 0x40 | 0x1_0000 | 0x4_0000 | 0x8_0000 | 0x1000_0000 | 0x4000_0000;
const ALLOWED = 0;
const INHERIT_ONLY = 8;

export function makePrivateFolder(path: string): void {
  const name = win32Paths.toFs(path);
  if (existsSync(name)) return;
  mkdirSync(win32Paths.toFs(win32Paths.parent(path)), { recursive: true });
  const attributes = allocate(SECURITY_ATTRIBUTES);
  attributes.bytes.writeUInt32LE(SECURITY_ATTRIBUTES, 0);
  attributes.bytes.writeBigUInt64LE(BigInt(PRIVATE_FOLDER.address), 8);
  const text = wideText(String(name));
  if (createDirectory(text.address, attributes.address) !== 0) return;
  const code = lastCode();
  if (code !== Win32.ERROR_ALREADY_EXISTS) throw nativeError('CreateDirectoryW', code, path);
}

export function distrust(folder: string): string | undefined {
  if (!existsSync(win32Paths.toFs(folder))) return undefined;
  // The item itself: a link leads where its owner wants.
  const handle = openPath(folder, Access.Read, Option.ReparsePoint);
  try {
    const descriptor = readSecurity({ handle, audit: false });
    if (typeof descriptor === 'number') throw nativeError('GetKernelObjectSecurity', descriptor, folder);
    return problemOf(descriptor, userSid());
  } finally {
    closeHandle(handle);
  }
}

/** @param descriptor self-relative */
export function problemOf(descriptor: Buffer, user: string): string | undefined {
  const isTrusted = (sid: string): boolean => sid === user || TRUSTED.some((pattern) => pattern.test(sid));
  const ownerAt = descriptor.readUInt32LE(4);
  const owner = ownerAt === 0 ? 'nobody' : readSid(descriptor, ownerAt);
  if (!isTrusted(owner) || owner.startsWith('S-1-3-')) return `it belongs to ${owner}`;
  const list = descriptor.readUInt32LE(16);
  if (list === 0) return 'everybody may write to it (it has no access control list)';
  const writer = entriesOf(descriptor, list).find(
    ({ type, flags, mask, sid }) =>
      type === ALLOWED && (flags & INHERIT_ONLY) === 0 && (mask & WRITING) !== 0 && !isTrusted(sid),
  );
  return writer && `${writer.sid} may write to it`;
}

interface Entry {
  type: number;
  flags: number;
  mask: number;
  sid: string;
}

function entriesOf(descriptor: Buffer, list: number): Entry[] {
  const entries: Entry[] = [];
  let at = list + 8;
  for (let left = descriptor.readUInt16LE(list + 4); left > 0; left--) {
    const [type, flags] = descriptor.subarray(at, at + 2);
    // All types of allowing entries that a folder has begin alike.
    entries.push({ type, flags, mask: descriptor.readUInt32LE(at + 4), sid: readSid(descriptor, at + 8) });
    at += descriptor.readUInt16LE(at + 2);
  }
  return entries;
}

/** `S-1-5-18` */
function readSid(bytes: Buffer, at: number): string {
  const parts = Array.from({ length: bytes[at + 1] }, (_, i) => bytes.readUInt32LE(at + 8 + 4 * i));
  return ['S', bytes[at], bytes.readUIntBE(at + 2, 6), ...parts].join('-');
}

let user: string | undefined;

/** The account this process runs as. */
function userSid(): string {
  if (user !== undefined) return user;
  const answer = tokenInformation(TokenKind.User);
  // TOKEN_USER: the address of a SID behind it, and attributes.
  user = readSid(answer.bytes, Number(answer.bytes.readBigUInt64LE(0)) - answer.address);
  return user;
}
