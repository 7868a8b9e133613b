import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Pair,
  type YAMLError,
} from 'yaml';
import { childOf, type Pointer } from '../text/json-pointer.ts';

/** A position in a file, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A YAML file as plain values, and where each of them stands. */
export interface YamlFile {
  readonly value: unknown;
  /** What keeps it from being understood. */
  readonly problems: readonly (Position & { readonly message: string; readonly hint?: string | undefined })[];
  /** Where a key or a value stands; of what is not there, where it should be. */
  position(pointer: Pointer, at: 'key' | 'value'): Position;
}

/** Aliases let a few lines stand for billions of values, https://en.wikipedia.org/wiki/Billion_laughs_attack. */
const MOST_VALUES = 20_000;
const MOST_ALIASES = 100;
const DEEPEST = 32;
const MOST_OPEN = 500;
const TOO_DEEP = 'the lists and keys are nested too deeply';

/** Reads YAML 1.2 with its core schema: `no` is a text, and so is `22:30`. */
export function parseYaml(text: string): YamlFile {
  if (opensTooMuch(text)) return tooDeep();
  const lines = new LineCounter();
  let document: Document.Parsed;
  try {
    document = parseDocument(text, {
      lineCounter: lines,
      version: '1.2',
      schema: 'core',
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: 'error',
    });
  } catch (error) {
    // The parser calls itself for what is nested.
    if (!(error instanceof RangeError)) throw error;
    return tooDeep();
  }
  const converter = new Converter(document);
  const value = converter.convert();
  const positionOf = (offset: number): Position => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (document.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) return tooDeep();
  const syntax = [...document.errors, ...document.warnings].map((error) => ({
    offset: error.pos[0],
    ...explain(error, text),
  }));
  // What the parser made of broken text is not worth a word of its own.
  const problems = syntax.length > 0 ? syntax : converter.problems;
  return {
    value,
    problems: problems.map(({ offset, ...rest }) => ({ ...positionOf(offset), ...rest })),
    position: (pointer, at) => positionOf(converter.offset(pointer, at)),
  };
}

/** The parser takes time by the square of the depth. */
function opensTooMuch(text: string): boolean {
  let depth = 0;
  for (const bracket of text.match(/[[\]{}]/g) ?? []) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth > MOST_OPEN) return true;
  }
  return false;
}

function tooDeep(): YamlFile {
  const start = { line: 1, column: 1 };
  return { value: undefined, problems: [{ ...start, message: TOO_DEEP }], position: () => start };
}

interface Trouble {
  readonly offset: number;
  readonly message: string;
  readonly hint?: string;
}

class Converter {
  readonly problems: Trouble[] = [];
  readonly #document: Document.Parsed;
  readonly #keys = new Map<Pointer, number>();
  readonly #values = new Map<Pointer, number>();
  #count = 0;
  #aliases = 0;

  constructor(document: Document.Parsed) {
    this.#document = document;
  }

  convert(): unknown {
    return this.#convert(this.#document.contents, '', 0, 0);
  }

  offset(pointer: Pointer, at: 'key' | 'value'): number {
    const [first, second] = at === 'key' ? [this.#keys, this.#values] : [this.#values, this.#keys];
    for (let place = pointer; place !== ''; place = place.slice(0, place.lastIndexOf('/'))) {
      const offset = first.get(place) ?? second.get(place);
      if (offset !== undefined) return offset;
    }
    return this.#values.get('') ?? 0;
  }

  #convert(node: unknown, pointer: Pointer, depth: number, near: number): unknown {
    const offset = startOf(node) ?? near;
    if (!this.#values.has(pointer)) this.#values.set(pointer, offset);
    if (++this.#count > MOST_VALUES || depth > DEEPEST) {
      this.#say({
        offset,
        message: depth > DEEPEST ? TOO_DEEP : 'the aliases make too many values of this file',
      });
      return undefined;
    }
    if (isAlias(node)) {
      if (++this.#aliases > MOST_ALIASES) {
        this.#say({ offset, message: `the file has more than ${MOST_ALIASES} aliases` });
        return undefined;
      }
      const target = node.resolve(this.#document);
      if (target) return this.#convert(target, pointer, depth + 1, offset);
      this.#say({
        offset,
        message: `'*${node.source}' is an alias for a value that has no such name`,
        hint: "A text that begins with * must be in quotes: '*.tmp'.",
      });
      return undefined;
    }
    if (isMap(node)) return this.#convertMap(node.items, pointer, depth, offset);
    if (isSeq(node))
      return node.items.map((item, index) => this.#convert(item, childOf(pointer, index), depth + 1, offset));
    return isScalar(node) ? node.value : null;
  }

  #convertMap(items: readonly Pair[], pointer: Pointer, depth: number, near: number): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const { key, value } of items) {
      const offset = startOf(key) ?? startOf(value) ?? near;
      // `1.0: …` has the name 1.0, and not that of the number.
      const name = isScalar(key) ? (typeof key.value === 'string' ? key.value : (key.source ?? '')) : undefined;
      if (name === undefined || name === '') {
        this.#say({ offset, message: 'a key is missing, or is not a plain text' });
        continue;
      }
      const place = childOf(pointer, name);
      if (Object.hasOwn(result, name)) {
        this.#say({ offset, message: `the key '${name}' is here for the second time`, hint: 'Take one of them away.' });
        continue;
      }
      if (!this.#keys.has(place)) this.#keys.set(place, offset);
      // Defined, because an assignment to __proto__ would not make a key.
      Object.defineProperty(result, name, {
        value: this.#convert(value, place, depth + 1, offset),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return result;
  }

  #say(trouble: Trouble): void {
    // Once there are too many values, all that follow are.
    if (!this.problems.some(({ message }) => message === trouble.message)) this.problems.push(trouble);
  }
}

function startOf(node: unknown): number | undefined {
  const range = (node as { range?: readonly number[] | null } | null | undefined)?.range;
  return range?.[0];
}

const EXPLANATIONS: Partial<Record<YAMLError['code'], { readonly message: string; readonly hint?: string }>> = {
  TAB_AS_INDENT: { message: 'the line begins with a tab', hint: 'Indent with spaces.' },
  BAD_DQ_ESCAPE: {
    message: 'a backslash in double quotes begins an escape, and this is none',
    hint: 'Put a Windows path in single quotes, or in none.',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'there is a second colon with a space after it in one line',
    hint: 'Put a text that holds a colon and a space in quotes, and each key in a line of its own.',
  },
  MULTIPLE_DOCS: {
    message: 'a second document begins here',
    hint: 'A job file is one document: take the line --- away.',
  },
  MULTILINE_IMPLICIT_KEY: { message: 'a key goes over several lines', hint: 'Is a colon missing after a key?' },
};

function explain(error: YAMLError, text: string): { message: string; hint?: string } {
  if (error.code === 'BAD_SCALAR_START')
    return {
      message: `a text cannot begin with ${text[error.pos[0]]}`,
      hint: 'Put it in quotes.',
    };
  if (error.code === 'TAG_RESOLVE_FAILED')
    return {
      message: `'${text.slice(error.pos[0], error.pos[1])}' is a tag of YAML that is not known here`,
      hint: "A text that begins with ! must be in quotes: '!keep.txt'.",
    };
  const known = EXPLANATIONS[error.code];
  if (known) return known;
  return { message: `this is not valid YAML: ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}` };
}
