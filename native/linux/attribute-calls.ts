/**
 * The calls for extended attributes, of a descriptor or of a name.
 * A name is addressed as `/proc/self/fd/<directory>/<name>`: the l*xattr calls take no directory handle before Linux 6.13,
 * and a file may forbid being opened.
 */
import type { Directory, PinnedBuffer } from '../types.ts';
import { bind } from './libc.ts';
import { allocate } from './memory.ts';

const llistxattr = bind('llistxattr', 'int64', ['size_t', 'size_t', 'size_t']);
const flistxattr = bind('flistxattr', 'int64', ['int', 'size_t', 'size_t']);
const lgetxattr = bind('lgetxattr', 'int64', ['size_t', 'size_t', 'size_t', 'size_t']);
const fgetxattr = bind('fgetxattr', 'int64', ['int', 'size_t', 'size_t', 'size_t']);
const lsetxattr = bind('lsetxattr', 'int', ['size_t', 'size_t', 'size_t', 'size_t', 'int']);
const fsetxattr = bind('fsetxattr', 'int', ['int', 'size_t', 'size_t', 'size_t', 'int']);
const fremovexattr = bind('fremovexattr', 'int', ['int', 'size_t']);

/** XATTR_LIST_MAX and XATTR_SIZE_MAX of the kernel. */
const LIMIT = 65536;
const list = allocate(LIMIT);
const attributeName = allocate(512);
const path = allocate(512);

/** What {@link getAttribute} has read and {@link setAttribute} writes. */
export const value = allocate(LIMIT);

/** An entry that is not opened, by its name in a directory. */
export interface EntryName {
  directory: Directory;
  names: PinnedBuffer;
  name: number;
}

/** Where attributes are read from or written to: an open descriptor, or a name in a directory. */
export type AttributeHolder = number | EntryName;

/** @returns the length of the names, NUL-terminated, or less than 0 with the error in `errno` */
export function listAttributes(holder: AttributeHolder): number {
  return typeof holder === 'number'
    ? flistxattr(holder, list.address, LIMIT)
    : llistxattr(writePath(holder), list.address, LIMIT);
}

/** @param size as {@link listAttributes} gave it */
export function listedNames(size: number): string[] {
  return list.bytes.latin1Slice(0, size - 1).split('\0');
}

/** @returns the size of what is now in {@link value}, or less than 0 with the error in `errno` */
export function getAttribute(holder: AttributeHolder, name: string): number {
  writeName(name);
  return typeof holder === 'number'
    ? fgetxattr(holder, attributeName.address, value.address, LIMIT)
    : lgetxattr(writePath(holder), attributeName.address, value.address, LIMIT);
}

/** Writes the first bytes of {@link value}. @returns less than 0 with the error in `errno` */
export function setAttribute(holder: AttributeHolder, name: string, size: number): number {
  writeName(name);
  return typeof holder === 'number'
    ? fsetxattr(holder, attributeName.address, value.address, size, 0)
    : lsetxattr(writePath(holder), attributeName.address, value.address, size, 0);
}

export function removeAttribute(handle: number, name: string): void {
  writeName(name);
  fremovexattr(handle, attributeName.address);
}

function writeName(name: string): void {
  attributeName.bytes[attributeName.bytes.latin1Write(name, 0)] = 0;
}

function writePath({ directory, names, name }: EntryName): number {
  const end = names.bytes.indexOf(0, name);
  const prefix = path.bytes.latin1Write(`/proc/self/fd/${directory.handle}/`, 0);
  names.bytes.copy(path.bytes, prefix, name, end + 1);
  return path.address;
}
