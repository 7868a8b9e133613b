import { textToBytes } from './path-text.ts';

/** A path for `node:fs`: a string where it is valid Unicode, bytes where it is not. */
export type FsPath = string | Buffer;

/** Joins a path given as text with further components given as text. */
export function fsPath(base: string, ...parts: readonly string[]): FsPath {
  const text = [base, ...parts].join('/');
  return text.includes('\u241b') ? textToBytes(text) : text;
}
