import { realpathSync } from 'node:fs';
import { NativeError } from '../types.ts';
import { fsPath } from '../fs-path.ts';
import { bytesToText } from '../path-text.ts';
import { describeError, Errno } from './errors.ts';

export function realPath(path: string): string {
  try {
    return bytesToText(realpathSync.native(fsPath(path), 'buffer'));
  } catch (error) {
    throw new NativeError('realpath', describeError(-((error as NodeJS.ErrnoException).errno ?? -Errno.EIO)), path);
  }
}
