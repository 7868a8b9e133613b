/**
 * Security descriptors by handle. SetKernelObjectSecurity stores what it is given; SetSecurityInfo would compute inherited
 * entries anew from the parent and pass them on to children.
 * https://learn.microsoft.com/windows/win32/api/securitybaseapi/nf-securitybaseapi-setkernelobjectsecurity
 * https://learn.microsoft.com/windows/win32/secauthz/security-information
 */
import type { Hash } from 'node:crypto';
import type { NativeCode, PinnedBuffer } from '../types.ts';
import { FidelityLoss } from '../item-record.ts';
import { noteLoss } from '../loss-causes.ts';
import { bind, lastCode } from './library.ts';
import { isUnknownRequest, Win32 } from './errors.ts';
import { allocate } from './memory.ts';
import type { OpenItem } from './open-item.ts';

const getSecurity = bind('advapi32', 'GetKernelObjectSecurity', 'int', ['int64', 'uint', 'size_t', 'uint', 'size_t']);
const setSecurity = bind('advapi32', 'SetKernelObjectSecurity', 'int', ['int64', 'uint', 'size_t']);

const Part = { Owner: 1, Group: 2, Dacl: 4, Sacl: 8, Label: 0x10, Attribute: 0x20, Scope: 0x40 } as const;
const PLAIN = Part.Owner | Part.Group | Part.Dacl;
/** Parts that need no right to audit, and those that do. */
const OPEN_PARTS = PLAIN | Part.Label | Part.Attribute;
const AUDIT_PARTS = Part.Sacl | Part.Scope;

/** SECURITY_DESCRIPTOR_CONTROL. */
const Control = { DaclPresent: 4, SaclPresent: 0x10, DaclProtected: 0x1000, SaclProtected: 0x2000 } as const;
const AUTO_INHERITED = 0x0c00;
/** AUTO_INHERITED is stored only when AUTO_INHERIT_REQ, two bits below it, asks for that. */
const REQUEST_SHIFT = 2;
const COMPARED = Control.DaclPresent | Control.SaclPresent | Control.DaclProtected | Control.SaclProtected;

/** A descriptor holds two lists of at most 64 KiB each. */
const LIMIT = 160 * 1024;
const memory = allocate(LIMIT);
const needed = allocate(8);
const ACL_HEADER = 8;
/**
 * `D:P(A;;FA;;;OW)(A;;FA;;;SY)(A;;FA;;;BA)`: for what is being written, so that nobody reads it before it has the
 * descriptor of its source.
 */
export const PRIVATE_DESCRIPTOR: PinnedBuffer = privateDescriptor(0);
/** The same for a folder, and what is made in it: OBJECT_INHERIT_ACE | CONTAINER_INHERIT_ACE. */
export const PRIVATE_FOLDER: PinnedBuffer = privateDescriptor(3);

/** The self-relative descriptor, or the error. The buffer is reused by the next call. */
export function readSecurity(item: OpenItem): Buffer | NativeCode {
  let code = read(item.handle, item.audit ? OPEN_PARTS | AUDIT_PARTS : OPEN_PARTS);
  // Older systems and servers know only the four classic parts.
  if (isUnknownRequest(code)) code = read(item.handle, item.audit ? PLAIN | Part.Sacl : PLAIN);
  return code === 0 ? memory.bytes.subarray(0, needed.words[0]) : code;
}

/**
 * Gives the target the descriptor that {@link readSecurity} read last.
 * @returns bits of {@link FidelityLoss} for the parts it did not take
 */
export function writeSecurity(target: OpenItem): number {
  const control = memory.bytes.readUInt16LE(2);
  const hasSacl = (control & Control.SaclPresent) !== 0;
  memory.bytes.writeUInt16LE(control | ((control & AUTO_INHERITED) >> REQUEST_SHIFT), 2);
  const refused = hasSacl && !target.audit ? noteLoss(FidelityLoss.SystemAcl, Win32.ERROR_PRIVILEGE_NOT_HELD) : 0;
  const parts = (hasSacl ? OPEN_PARTS : PLAIN) | (target.audit ? AUDIT_PARTS : 0);
  if (set(target, parts)) return refused;
  return refused | writeParts(target, hasSacl);
}

/** One part after the other, to keep what can be kept and to know what cannot. */
function writeParts(target: OpenItem, hasSacl: boolean): number {
  let losses = 0;
  if (!set(target, Part.Dacl)) losses |= noteLoss(FidelityLoss.AccessControlList, lastCode());
  // A process may give files to its own groups, even where it may not change the owner.
  if (!set(target, Part.Group)) losses |= noteLoss(FidelityLoss.Owner, lastCode());
  if (!set(target, Part.Owner)) losses |= noteLoss(FidelityLoss.Owner, lastCode());
  if (target.audit && !set(target, Part.Sacl)) losses |= noteLoss(FidelityLoss.SystemAcl, lastCode());
  if (hasSacl && !set(target, Part.Label)) losses |= noteLoss(FidelityLoss.SystemAcl, lastCode());
  return losses;
}

/** Puts the parts a reader of the descriptor would notice into a digest. */
export function hashSecurity(descriptor: Buffer, hash: Hash): void {
  hash.update(`security ${descriptor.readUInt16LE(2) & COMPARED}\0`);
  for (const field of [4, 8]) {
    const sid = descriptor.readUInt32LE(field);
    hash.update(sid === 0 ? '-' : descriptor.subarray(sid, sid + 8 + 4 * descriptor[sid + 1]));
  }
  for (const field of [12, 16]) {
    const list = descriptor.readUInt32LE(field);
    hash.update(list === 0 ? '-' : descriptor.subarray(list + ACL_HEADER, endOfEntries(descriptor, list)));
  }
}

function read(handle: number, parts: number): NativeCode {
  return getSecurity(handle, parts, memory.address, LIMIT, needed.address) === 0 ? lastCode() : 0;
}

function set(item: OpenItem, parts: number): boolean {
  return setSecurity(item.handle, parts, memory.address) !== 0;
}

/** A list may have room behind its last entry. */
function endOfEntries(descriptor: Buffer, list: number): number {
  let at = list + ACL_HEADER;
  for (let left = descriptor.readUInt16LE(list + 4); left > 0; left--) at += descriptor.readUInt16LE(at + 2);
  return at;
}

function privateDescriptor(flags: number): PinnedBuffer {
  const owner = [3, 4];
  const system = [5, 18];
  const administrators = [5, 32, 544];
  const entries = [owner, system, administrators].flatMap(([authority, ...parts]) => {
    const sid = [1, parts.length, 0, 0, 0, 0, 0, authority, ...parts.flatMap((part) => [part & 255, part >> 8, 0, 0])];
    return [0, flags, 8 + sid.length, 0, 0xff, 0x01, 0x1f, 0, ...sid];
  });
  const header = [1, 0, Control.DaclPresent, 0x90, ...Array<number>(12).fill(0), 20, 0, 0, 0];
  const descriptor = allocate(128);
  descriptor.bytes.set([...header, 2, 0, ACL_HEADER + entries.length, 0, 3, 0, 0, 0, ...entries]);
  return descriptor;
}
