import { closeSync, constants, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { fsPath } from '../fs-path.ts';
import { NativeError, type LockHandle } from '../types.ts';
import { bind, errno } from './libc.ts';
import { describeError, Errno } from './errors.ts';

const flock = bind('flock', 'int', ['int', 'int']);
const EXCLUSIVE_NOW = 2 | 4;
const SHARED_NOW = 1 | 4;

/**
 * An flock(2) lock: held by the open file, so the kernel drops it when the process ends, however it ends.
 * NFS and SMB mounts carry it to the server as a byte-range lock.
 */
export function lock(path: string): LockHandle | undefined {
  const handle = openSync(fsPath(path), constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  if (flock(handle, EXCLUSIVE_NOW) < 0) {
    const code = errno();
    closeSync(handle);
    if (code === Errno.EWOULDBLOCK) return undefined;
    throw new NativeError('flock', describeError(code), path);
  }
  const previous = readFileSync(handle, 'utf8');
  const describe = (text: string): void => {
    ftruncateSync(handle, 0);
    writeSync(handle, text, 0);
  };
  return {
    path,
    previous,
    describe,
    release: () => {
      describe('');
      closeSync(handle);
    },
    abandon: () => closeSync(handle),
  };
}

/** A shared lock is enough to meet an exclusive one, and all that a file open for reading can have on NFS. */
export function isLocked(path: string): boolean {
  const handle = openSync(fsPath(path), constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    if (flock(handle, SHARED_NOW) >= 0) return false;
    const code = errno();
    if (code === Errno.EWOULDBLOCK) return true;
    throw new NativeError('flock', describeError(code), path);
  } finally {
    closeSync(handle);
  }
}
