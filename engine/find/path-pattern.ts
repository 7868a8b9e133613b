import picomatch from 'picomatch';
import { paths } from '../../native/paths.ts';

/** Which paths are asked for, and which folders may hold such. Paths are text, with / between the names. */
export interface PathPattern {
  matches(path: string): boolean;
  /** @param folder '' for the root */
  reaches(folder: string): boolean;
}

const OPTIONS = { dot: true, windows: false, nonegate: true, noextglob: true, nocase: paths.ignoresCase } as const;

/**
 * A glob: `*`, `?`, `[a-z]`, `{a,b}` within a name, `**` over folders. A pattern without a slash is one for names in any
 * folder. Case matters where it does for the file systems of the platform.
 */
export function parsePattern(pattern: string): PathPattern {
  const trimmed = pattern.replace(/^(?:\.?\/)+|\/+$/g, '');
  const whole = escapeGroups(trimmed.includes('/') ? trimmed : `**/${trimmed}`);
  const matches = picomatch(whole, OPTIONS);
  return { matches: (path) => matches(path), reaches: reachesOf(whole) };
}

/** Exactly this path. */
export function literalPattern(path: string): PathPattern {
  const wanted = foldCase(path.replace(/^(?:\.?\/)+|\/+$/g, ''));
  return {
    matches: (candidate) => foldCase(candidate) === wanted,
    reaches: (folder) => folder === '' || wanted.startsWith(`${foldCase(folder)}/`),
  };
}

function foldCase(path: string): string {
  return paths.ignoresCase ? path.toLowerCase() : path;
}

/** Folder by folder, up to the first `**`. Braces may hold slashes: there the whole tree is gone through. */
function reachesOf(pattern: string): (folder: string) => boolean {
  if (/\{[^}]*\//.test(pattern)) return () => true;
  const names = pattern.split('/');
  const anyDepth = names.findIndex((name) => name.includes('**'));
  const fixed = (anyDepth < 0 ? names.slice(0, -1) : names.slice(0, anyDepth)).map((name) => picomatch(name, OPTIONS));
  return (folder) => {
    if (folder === '') return true;
    const parts = folder.split('/');
    if (anyDepth < 0 && parts.length > fixed.length) return false;
    return parts.every((part, depth) => fixed[depth]?.(part) ?? true);
  };
}

/** Parentheses are common in names and mean nothing here; a library of globs takes them for those of regular expressions. */
function escapeGroups(pattern: string): string {
  return pattern.replace(/\\.|\[[^\]]*\]|[()|+]/g, (part) => (part.length === 1 ? `\\${part}` : part));
}
