import { PathError, type PathRules } from '../path-rules.ts';
import { bytesToText, textToBytes } from '../path-text.ts';
import { parseRoot, type Root } from './path-root.ts';

/** Longest name in UTF-16 units, https://learn.microsoft.com/windows/win32/fileio/maximum-file-path-limitation. */
const LONGEST_NAME = 255;
const VERBATIM = '\\\\?\\';

/** Windows: UTF-16 without the characters Win32 forbids, `\` between names; `/` is taken for it. */
export const win32Paths: PathRules = {
  ignoresCase: true,

  normalize(text) {
    const root = parseRoot(canonical(text).replaceAll('/', '\\'));
    const names: string[] = [];
    for (const name of root.rest.split('\\')) {
      if (name === '..') names.pop();
      else if (name !== '' && name !== '.') names.push(name);
    }
    for (const name of names) checkName(name, root);
    // Only where Win32 would read the names as others the prefix is kept.
    const prefix = root.isVerbatim && names.some((name) => misread(name) !== undefined) ? root.verbatim : root.text;
    return joinTo(prefix, names);
  },

  join: (base, ...parts) =>
    joinTo(
      base,
      parts.map((part) => part.replaceAll('/', '\\')),
    ),

  toFs(path) {
    // Node.js takes the last backslash off a root with a prefix, which leaves the device; others it completes itself.
    if (/^[A-Z]:\\$/.test(path)) return path;
    const long = toVerbatim(path);
    return long.includes('\u241b') ? textToBytes(long) : long;
  },

  parent(path) {
    const { text, verbatim, rest } = parseRoot(path);
    const cut = rest.lastIndexOf('\\');
    const root = path.startsWith(VERBATIM) ? verbatim : text;
    return cut > 0 ? joinTo(root, [rest.slice(0, cut)]) : root;
  },

  leaf(path) {
    const { rest, name } = parseRoot(path);
    return rest === '' ? name : rest.slice(rest.lastIndexOf('\\') + 1);
  },

  problemWithName(name) {
    const text = canonical(name);
    if (text === '' || text === '.' || text === '..') return 'it is not a name';
    if (/[\\/]/.test(text)) return 'it holds a separator';
    return forbidden(text) ?? misread(text);
  },

  // One unit at a time, as NTFS does it: 'ß' is not 'SS'.
  key: (text) => text.replace(/./gsu, (character) => upperCase(character)),
};

/** The form that goes past Win32's own reading of paths: any length, names as they are. */
function toVerbatim(path: string): string {
  if (path.startsWith(VERBATIM)) return path;
  return path.startsWith('\\\\') ? `${VERBATIM}UNC${path.slice(1)}` : VERBATIM + path;
}

/** The path as UTF-16, as system calls take it: past Win32's own reading, unpaired surrogates as they are. */
export function toWide(path: string): string {
  return toVerbatim(path).replace(ESCAPED, (escaped) => {
    const [first, second, third] = textToBytes(escaped);
    return first === 0xed ? String.fromCharCode(0xd000 | ((second & 0x3f) << 6) | (third & 0x3f)) : '\u241b';
  });
}

function joinTo(root: string, names: readonly string[]): string {
  if (names.length === 0) return root;
  return (root.endsWith('\\') ? root : `${root}\\`) + names.join('\\');
}

function checkName(name: string, root: Root): void {
  const problem = forbidden(name);
  if (problem !== undefined) throw new PathError(`cannot exist: '${name}' is no name on Windows, ${problem}`);
  const other = root.isVerbatim ? undefined : misread(name);
  if (other !== undefined)
    throw new PathError(
      `would be read as another one: of '${name}', ${other}`,
      `If it really has this name, put ${VERBATIM} in front of the path${root.isShare ? ': \\\\?\\UNC\\server\\share\\…' : ''}.`,
    );
}

/** What no name on Windows can hold: https://learn.microsoft.com/windows/win32/fileio/naming-a-file. */
function forbidden(name: string): string | undefined {
  if (name.includes(':')) return 'it holds a colon, which separates the name of a file from that of a stream';
  // eslint-disable-next-line no-control-regex
  const found = /[<>"|?*\u0000-\u001f]/.exec(name)?.[0];
  if (found !== undefined) return `it holds ${found < ' ' ? 'a control character' : found}`;
  if (!isWide(name)) return 'it holds bytes that are no UTF-16';
  return unescaped(name).length > LONGEST_NAME ? `it is longer than ${LONGEST_NAME} characters` : undefined;
}

/** What Win32 makes of a name that is not behind `\\?\`, where it makes something else of it. */
function misread(name: string): string | undefined {
  if (/[. ]$/.test(name)) return 'Windows drops the dot or space at the end';
  if (/^(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]|conin\$|conout\$) *(?:\.|$)/i.test(name))
    return 'Windows takes it for a device';
  return undefined;
}

/** Escapes that stand for valid text are that text: a separator must not hide behind one. */
function canonical(text: string): string {
  return bytesToText(textToBytes(text));
}

const HALF = '\u241bED\u241b[AB][0-9A-F]\u241b[89AB][0-9A-F]';
const ESCAPED = new RegExp(`${HALF}|\u241bE2\u241b90\u241b9B`, 'g');
/** A high half before a low one is no longer unpaired. */
const SPLIT_PAIR = /\u241bED\u241bA[0-9A-F]\u241b[89AB][0-9A-F]\u241bED\u241bB/;

/** Whether canonical text has escapes only for unpaired surrogates and for U+241B itself. */
function isWide(text: string): boolean {
  return !unescaped(text).includes('\u241b') && !SPLIT_PAIR.test(text);
}

function unescaped(text: string): string {
  return text.replace(ESCAPED, '\ufffd');
}

function upperCase(character: string): string {
  const upper = character.toUpperCase();
  return upper.length === character.length ? upper : character;
}
