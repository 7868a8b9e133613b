import { readFileSync, statSync } from 'node:fs';
import type { FsPath } from '../../native/paths.ts';

/** What a person writes has some kilobytes; what is larger than this is something else. */
export const LARGEST_FILE = 1024 * 1024;

/** The text of a file, or why there is none, with the offset in it where that is known. */
export type FileText =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'problem';
      readonly text: string;
      readonly offset: number;
      readonly message: string;
      readonly hint: string;
    };

const SAVE_AS = 'Save it as UTF-8.';

/** Reads a text file in the encodings that editors write. @throws errors of the system */
export function readFileText(file: FsPath): FileText {
  const stat = statSync(file);
  if (!stat.isFile())
    return problem('this is not a file', 'Give the path of a job file, or of a folder with job files.');
  if (stat.size > LARGEST_FILE)
    return problem(`the file has ${stat.size} bytes, a job file at most ${LARGEST_FILE}`, 'Check the path.');
  return decodeText(readFileSync(file));
}

/** Text as editors save it: UTF-8 or UTF-16, with a byte order mark or without. */
export function decodeText(bytes: Buffer): FileText {
  const encoding = encodingOf(bytes);
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return notValid(bytes, encoding);
  }
  // YAML allows these only: https://yaml.org/spec/1.2.2/#51-character-set
  const offset = text.search(/[^\t\n\r\x20-\x7e\x85\xa0-\ufffd]/);
  if (offset < 0) return { kind: 'text', text };
  const code = text.charCodeAt(offset).toString(16).toUpperCase().padStart(4, '0');
  return {
    kind: 'problem',
    text,
    offset,
    message: `the character U+${code} cannot be in a text file`,
    hint: 'Check that the path is that of a job file, and not of a file of another kind.',
  };
}

function encodingOf(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // A job file begins with ASCII, so that a zero byte is half of a character.
  if (first !== undefined && second === 0 && first !== 0 && bytes[3] === 0) return 'utf-16le';
  if (first === 0 && second !== undefined && second !== 0 && bytes[2] === 0) return 'utf-16be';
  return 'utf-8';
}

function notValid(bytes: Buffer, encoding: string): FileText {
  const text = new TextDecoder(encoding).decode(bytes);
  const offset = Math.max(0, text.indexOf('\ufffd'));
  return {
    kind: 'problem',
    text,
    offset,
    message: `the text is not valid ${encoding.toUpperCase()} from here on`,
    hint: SAVE_AS,
  };
}

function problem(message: string, hint: string): FileText {
  return { kind: 'problem', text: '', offset: 0, message, hint };
}
