import { PathError, type PathRules } from '../path-rules.ts';
import { bytesToText, textToBytes } from '../path-text.ts';

/** NAME_MAX of the common file systems, see limits.h(0p). */
const LONGEST_NAME = 255;

/** Linux: bytes without NUL, `/` between names. */
export const linuxPaths: PathRules = {
  ignoresCase: false,

  normalize(text) {
    const path = canonical(text);
    if (path.includes('\0')) throw new PathError('holds a NUL character');
    if (!path.startsWith('/')) throw new PathError('is not absolute', 'Give a path that begins with a slash.');
    const names: string[] = [];
    for (const name of path.split('/')) {
      if (name === '..') names.pop();
      else if (name !== '' && name !== '.') names.push(name);
    }
    return `/${names.join('/')}`;
  },

  join: (base, ...parts) => [base === '/' ? '' : base, ...parts].join('/'),

  toFs: (path) => (path.includes('\u241b') ? textToBytes(path) : path),

  parent: (path) => path.slice(0, Math.max(1, path.lastIndexOf('/'))),

  leaf: (path) => (path === '/' ? 'root' : path.slice(path.lastIndexOf('/') + 1)),

  problemWithName(name) {
    const text = canonical(name);
    if (text === '' || text === '.' || text === '..') return 'it is not a name';
    if (/[/\0]/.test(text)) return 'it holds a slash or NUL';
    return textToBytes(text).length > LONGEST_NAME ? `it is longer than ${LONGEST_NAME} bytes` : undefined;
  },

  key: (text) => text,
};

/** Escapes that stand for valid text are that text: a slash must not hide behind one. */
function canonical(text: string): string {
  return bytesToText(textToBytes(text));
}
