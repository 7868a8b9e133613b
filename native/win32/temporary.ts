import { threadId } from 'node:worker_threads';
import type { Directory, NativeCode } from '../types.ts';
import { Win32 } from './errors.ts';
import { allocate } from './memory.ts';
import { Access, Disposition, openAudited, openRelative, Option, type OpenItem } from './open-item.ts';
import { removeFile } from './remove.ts';
import { PRIVATE_DESCRIPTOR } from './security.ts';

/** One temporary name per thread: a thread copies one item at a time. */
const name = `copy-${threadId}`;
export const temporaryName = allocate(64);
temporaryName.bytes[temporaryName.bytes.latin1Write(name, 0)] = 0;

/** Compression needs both; no DELETE, which would keep BackupWrite from opening the file's streams. */
const CONTENT = Access.Read | Access.Write;

/** Creates the temporary item, or returns the error. A leftover of an interrupted copy is replaced. */
export function createTemporary(directory: Directory, kind: 'file' | 'directory'): OpenItem | NativeCode {
  const item = create(directory, kind);
  if (item !== Win32.ERROR_ALREADY_EXISTS && item !== Win32.ERROR_FILE_EXISTS) return item;
  removeFile(directory, temporaryName, 0);
  return create(directory, kind);
}

/** Opens it again; for its metadata only when it is encrypted for somebody else now. */
export function reopenTemporary(directory: Directory): OpenItem | NativeCode {
  const item = openForChange(directory.handle, name, Disposition.Open, Option.ReparsePoint);
  if (item !== Win32.ERROR_ACCESS_DENIED) return item;
  const access = (CONTENT & ~Access.Data) | Access.ChangeSecurity;
  return openAudited(directory.handle, name, access, Disposition.Open, Option.ReparsePoint);
}

/** A nameless helper file: gone when it is closed, also when the process dies. */
export function createSpool(directory: Directory): number {
  const options = Option.NonDirectory | Option.DeleteOnClose;
  const access = Access.Read | Access.Write | Access.Delete;
  return openRelative(directory.handle, `${name}-spool`, access, Disposition.OverwriteIf, options, PRIVATE_DESCRIPTOR);
}

/** Private until it has the descriptor of its source. */
function create(directory: Directory, kind: 'file' | 'directory'): OpenItem | NativeCode {
  const options = Option.ReparsePoint | (kind === 'file' ? Option.NonDirectory : Option.Directory);
  return openForChange(directory.handle, name, Disposition.Create, options);
}

function openForChange(root: number, item: string, disposition: number, options: number): OpenItem | NativeCode {
  const access = CONTENT | Access.ChangeSecurity;
  const opened = openAudited(root, item, access, disposition, options, PRIVATE_DESCRIPTOR);
  if (opened !== Win32.ERROR_ACCESS_DENIED) return opened;
  // A share may allow changes but not those of owner and permissions.
  const handle = openRelative(root, item, CONTENT, disposition, options);
  return handle < 0 ? -handle : { handle, audit: false };
}
