import { byteFromText, textFromByte, type BytePath } from '../../native/byte-path.ts';
import { paths } from '../../native/paths.ts';
import { EngineError } from '../errors/engine-error.ts';
import { wildcardToRegExp } from '../generation/wildcard.ts';

/** A path below the generation as the user gave it. */
export interface PathChoice {
  text: string;
  kind: 'Wildcard' | 'Literal';
}

/** What one name of a path has to be. */
export type Segment =
  | { kind: 'Name'; isMatch(name: BytePath): boolean }
  | { kind: 'Wildcard'; isMatch(name: BytePath): boolean }
  /** `**`: any number of folders. */
  | { kind: 'AnyDepth' };

export interface Pattern {
  readonly text: string;
  readonly segments: readonly Segment[];
  /**
   * Names before the one that is restored, or before the first wildcard: what follows them is the path below the
   * destination.
   */
  readonly base: BytePath;
  readonly baseDepth: number;
}

const EVERYTHING: PathChoice = { text: '*', kind: 'Wildcard' };

/** @param choices none stand for the whole generation */
export function compilePatterns(choices: readonly PathChoice[]): Pattern[] {
  return (choices.length === 0 ? [EVERYTHING] : choices).map(compilePattern);
}

/**
 * Patterns are those of PowerShell (`*`, `?`, `[a-z]`, a backtick before what is meant as it is), each within one name, and
 * `**` as in a .gitignore file. Case matters where the platform says so.
 * @throws EngineError PatternInvalid
 */
export function compilePattern({ text, kind }: PathChoice): Pattern {
  const names = splitNames(text);
  const parts = names.map((name) => (kind === 'Literal' ? { name, hasWildcard: false } : unescape(name)));
  const firstWildcard = parts.findIndex(({ hasWildcard }) => hasWildcard);
  const baseDepth = firstWildcard < 0 ? parts.length - 1 : Math.min(firstWildcard, parts.length - 1);
  return {
    text,
    segments: parts.map(({ name, hasWildcard }, i) =>
      hasWildcard ? wildcardSegment(names[i], text) : nameSegment(name),
    ),
    base: parts
      .slice(0, baseDepth)
      .map(({ name }) => byteFromText(name))
      .join('/'),
    baseDepth,
  };
}

function splitNames(text: string): string[] {
  const plain = paths.ignoresCase ? text.replaceAll('\\', '/') : text;
  if (plain.startsWith('/') || (paths.ignoresCase && /^[a-z]:/i.test(plain)))
    throw invalid(text, 'it is an absolute path');
  const names = plain.split('/').filter((name) => name !== '' && name !== '.');
  if (names.length === 0) throw invalid(text, 'it names nothing');
  if (names.includes('..')) throw invalid(text, 'it leads upwards');
  if (text.includes('\0')) throw invalid(text, 'it holds a NUL character');
  return names;
}

/** Takes backticks away, and finds out whether a character that was not escaped is a wildcard. */
function unescape(pattern: string): { name: string; hasWildcard: boolean } {
  let name = '';
  let hasWildcard = false;
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i];
    if (character === '`' && i + 1 < pattern.length) name += pattern[++i];
    else {
      if (character === '*' || character === '?' || (character === '[' && pattern.indexOf(']', i + 2) > 0))
        hasWildcard = true;
      name += character;
    }
  }
  return { name, hasWildcard };
}

function nameSegment(name: string): Segment {
  const bytes = byteFromText(name);
  if (!paths.ignoresCase) return { kind: 'Name', isMatch: (other) => other === bytes };
  const key = paths.key(name);
  return { kind: 'Name', isMatch: (other) => paths.key(textFromByte(other)) === key };
}

function wildcardSegment(pattern: string, whole: string): Segment {
  if (pattern === '**') return { kind: 'AnyDepth' };
  const expression = toExpression(pattern, whole);
  return { kind: 'Wildcard', isMatch: (name) => expression.test(textFromByte(name)) };
}

function toExpression(pattern: string, whole: string): RegExp {
  try {
    return new RegExp(wildcardToRegExp(pattern).source, paths.ignoresCase ? 'isu' : 'su');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw invalid(whole, `'${pattern}' is no wildcard pattern`);
  }
}

function invalid(text: string, problem: string): EngineError {
  return new EngineError('PatternInvalid', {
    message: `The path '${text}' cannot be looked for: ${problem}.`,
    path: text,
    hint: 'Give a path below the generation, which begins with the name of a source: ann/docs/report.txt, ann/docs, ann/**/*.txt.',
  });
}
