import { readlinkSync, symlinkSync, unlinkSync } from 'node:fs';
import { fsPath } from '../fs-path.ts';
import type { SymbolicLinkCalls } from '../types.ts';

/** What {@link readlinkSync} says of a name that is gone, or that something else has. */
const OTHERS: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'EINVAL']);

export const symbolicLinks: SymbolicLinkCalls = {
  make(path, target) {
    symlinkSync(fsPath(target), fsPath(path));
  },

  remove(path, target) {
    try {
      const found = readlinkSync(fsPath(path), 'buffer');
      if (!found.equals(Buffer.from(fsPath(target)))) return false;
      unlinkSync(fsPath(path));
      return true;
    } catch (error) {
      if (OTHERS.has((error as NodeJS.ErrnoException).code)) return false;
      throw error;
    }
  },
};
