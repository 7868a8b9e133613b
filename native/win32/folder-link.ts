/**
 * Junctions: links to folders that need no privilege. They hold an absolute path of this computer, so a share cannot have
 * one that its clients could follow.
 * https://learn.microsoft.com/windows/win32/fileio/hard-links-and-junctions
 * https://learn.microsoft.com/windows-hardware/drivers/ddi/ntifs/ns-ntifs-_reparse_data_buffer
 */
import { mkdirSync, renameSync, rmdirSync, unlinkSync } from 'node:fs';
import { NativeError, type NativeCode } from '../types.ts';
import { closeHandle } from './library.ts';
import { Access, Option } from './open-item.ts';
import { openPath } from './open-path.ts';
import { toWide, win32Paths as paths } from './paths.ts';
import { writeReparsePoint } from './reparse.ts';

const MOUNT_POINT = 0xa0000003;
/** Tag, length and reserved word before the data; four offsets and lengths before the names. */
const HEADER = 8;
const NAMES = 16;

/**
 * A junction that is there gets its new target by one call, so that it leads somewhere at any moment; see
 * https://learn.microsoft.com/windows/win32/api/winioctl/ni-winioctl-fsctl_set_reparse_point.
 */
export function replaceLink(folder: string, name: string, target: string, temporary: string): boolean {
  if (toWide(folder).startsWith('\\\\?\\UNC\\')) return false;
  const data = mountPoint(paths.join(folder, target));
  const link = paths.join(folder, name);
  const made = paths.join(folder, temporary);
  if (setTarget(link, data) === 0) return true;
  const isMade = attempt(() => {
    unlessMissing(() => rmdirSync(paths.toFs(made)));
    mkdirSync(paths.toFs(made));
    return setTarget(made, data) === 0;
  });
  const isPlaced =
    isMade &&
    attempt(() => {
      // A link of another kind, or nothing: callers ask for no other case. It takes no folder, let alone what is in one.
      unlessMissing(() => unlinkSync(paths.toFs(link)));
      renameSync(paths.toFs(made), paths.toFs(link));
      return true;
    });
  if (!isPlaced) unlessMissing(() => rmdirSync(paths.toFs(made)));
  return isPlaced;
}

/** The reparse data of a junction to an absolute path. */
export function mountPoint(target: string): Buffer {
  const shown = Buffer.from(target, 'utf16le');
  const real = Buffer.from(`\\??\\${toWide(target).slice(4)}`, 'utf16le');
  const data = Buffer.alloc(NAMES + real.length + 2 + shown.length + 2);
  data.writeUInt32LE(MOUNT_POINT, 0);
  data.writeUInt16LE(data.length - HEADER, 4);
  data.writeUInt16LE(0, 8);
  data.writeUInt16LE(real.length, 10);
  data.writeUInt16LE(real.length + 2, 12);
  data.writeUInt16LE(shown.length, 14);
  real.copy(data, NAMES);
  shown.copy(data, NAMES + real.length + 2);
  return data;
}

function setTarget(link: string, data: Buffer): NativeCode {
  let handle: number;
  try {
    handle = openPath(link, Access.Write, Option.Directory | Option.ReparsePoint);
  } catch (error) {
    if (error instanceof NativeError) return error.native.code;
    throw error;
  }
  try {
    return writeReparsePoint(handle, data);
  } finally {
    closeHandle(handle);
  }
}

function attempt(action: () => boolean): boolean {
  try {
    return action();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).errno === undefined) throw error;
    return false;
  }
}

function unlessMissing(action: () => void): void {
  try {
    action();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
