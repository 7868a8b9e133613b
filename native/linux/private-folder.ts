import { lstatSync, mkdirSync, statSync } from 'node:fs';

const PRIVATE = 0o700;
/** Group and others. */
const WRITABLE_BY_OTHERS = 0o022;

export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: PRIVATE });
}

export function distrust(folder: string): string | undefined {
  const named = lstatSync(folder, { throwIfNoEntry: false });
  if (!named) return undefined;
  // Somebody may have put a link there that leads to a folder of root's.
  const found = named.isSymbolicLink() ? statSync(folder, { throwIfNoEntry: false }) : named;
  const owner = [named, ...(found ? [found] : [])].map(({ uid }) => uid).find((uid) => !isTrusted(uid));
  if (owner !== undefined) return `it belongs to user ${owner}`;
  if (!found?.isDirectory()) return undefined;
  const mode = found.mode & 0o777;
  if ((mode & WRITABLE_BY_OTHERS) !== 0) return `others may write to it (mode 0${mode.toString(8)})`;
  return undefined;
}

function isTrusted(uid: number): boolean {
  return uid === 0 || uid === process.geteuid?.();
}
