/**
 * Reparse points as they are on disk: tag, length and data.
 * https://learn.microsoft.com/windows/win32/fileio/reparse-points
 * https://learn.microsoft.com/windows/win32/api/winioctl/ni-winioctl-fsctl_get_reparse_point
 */
import type { NativeCode } from '../types.ts';
import { allocate } from './memory.ts';
import { Control, control, controlBytes } from './control.ts';

/** MAXIMUM_REPARSE_DATA_BUFFER_SIZE. */
const LIMIT = 16 * 1024;
const memory = allocate(LIMIT);

/** Filters that give the file's real content to whoever opens it without asking for the reparse point. */
const READ_THROUGH: ReadonlySet<number> = new Set([
  // IO_REPARSE_TAG_DEDUP, IO_REPARSE_TAG_WOF
  0x80000013, 0x80000017,
]);

/** The stored buffer, or the error. It is reused by the next call. */
export function readReparsePoint(handle: number): Buffer | NativeCode {
  const code = control(handle, Control.GetReparsePoint, 0, 0, memory.address, LIMIT);
  return code === 0 ? memory.bytes.subarray(0, controlBytes()) : code;
}

/** Gives an item what {@link readReparsePoint} read. */
export function writeReparsePoint(handle: number, data: Uint8Array): NativeCode {
  if (data.byteOffset !== memory.bytes.byteOffset || data.buffer !== memory.bytes.buffer) memory.bytes.set(data);
  return control(handle, Control.SetReparsePoint, memory.address, data.length, 0, 0);
}

/** Deduplicated and compact files are ordinary files to everybody but their filter. */
export function isReadThrough(tag: number): boolean {
  return READ_THROUGH.has(tag);
}
