import { randomBytes } from 'node:crypto';
import { Word } from '../../native/item-record.ts';
import type { Native, NativeCode, PinnedBuffer } from '../../native/index.ts';
import { EngineError } from '../errors/engine-error.ts';
import { probeDestination } from '../generation/probe-destination.ts';
import type { HardLink } from '../types/protocol.ts';
import { describeHardLink } from './describe-hard-link.ts';
import { linkError } from './link-error.ts';
import { describeFile, withPlace, type OpenPlace } from './locate-file.ts';

/**
 * Gives an existing file one more name. A symbolic link as the target is linked itself.
 * @param path absolute path of the new name
 * @param target absolute path of the file
 * @param existing what to do with a file that has the new name
 * @throws EngineError FileNotFound, FolderNotFound, PathIsDirectory, PathExists, PathInvalid, LinkAcrossVolumes,
 * LinkLimitReached, LinkNotSupported, LinkNotPermitted
 */
export function newHardLink(native: Native, path: string, target: string, existing: 'refuse' | 'replace'): HardLink {
  return withPlace(native, target, 'FileNotFound', (from) => {
    const { realPath } = describeFile(native, from);
    return withPlace(native, path, 'FolderNotFound', (to) => {
      let code = link(native, from, to, to.names);
      if (code !== 0 && existing === 'replace' && isTaken(native, to)) code = replace(native, from, to);
      if (code !== 0) throw refused(native, to, code);
      const made = describeFile(native, to);
      return describeHardLink(native, made, [...new Set([made.realPath, realPath])]);
    });
  });
}

function link(native: Native, from: OpenPlace, to: OpenPlace, names: PinnedBuffer): NativeCode {
  return native.link(from.directory, from.names, 0, to.directory, names, 0);
}

/** The old file keeps its name until the new one takes it, in one step. */
function replace(native: Native, from: OpenPlace, to: OpenPlace): NativeCode {
  const temporary = native.allocate(64);
  temporary.bytes.write(`.mirrorbackup-${randomBytes(8).toString('hex')}\0`, 'latin1');
  const code = link(native, from, to, temporary);
  if (code !== 0) return code;
  const renamed = native.renameOver(to.directory, temporary, 0, to.directory, to.names, 0);
  // rename(2) of one name of a file over another one does nothing, and says that all is well.
  native.removeFile(to.directory, temporary, 0);
  return renamed;
}

/** @throws EngineError PathIsDirectory */
function isTaken(native: Native, to: OpenPlace): boolean {
  const record = new Uint32Array(Word.ContentHash + 8);
  if (native.stat(to.directory, to.names, 0, record, 0) !== 0) return false;
  describeFile(native, to);
  return true;
}

function refused(native: Native, to: OpenPlace, code: NativeCode): EngineError {
  const cause = native.describeError(code);
  const error = linkError(native, to.path, cause, 'FolderNotFound');
  if (error.id !== 'FileNotReadable') return error;
  // link(2) says EPERM where the file system has no links, where the account may not, and of an immutable file.
  probeDestination(native, to.folder);
  return new EngineError('LinkNotPermitted', {
    message: `'${to.path}' cannot be made: ${cause.text} (${cause.name}).`,
    path: to.path,
    native: cause,
  });
}
