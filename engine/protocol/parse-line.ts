import { EngineError } from '../errors/engine-error.ts';
import type { Line } from './line-splitter.ts';

// `fatal`, because U+FFFD in place of a broken byte would make it another path; a byte order mark is dropped.
const decoder = new TextDecoder('utf-8', { fatal: true });

/** The JSON value of a line; undefined for a blank one. Throws an `EngineError` saying what is wrong with the line. */
export function parseLine(line: Line): unknown {
  if (line.kind === 'tooLong') {
    throw new EngineError('ParseError', {
      message: `The line is longer than ${line.limit} bytes and was dropped.`,
      details: { limit: line.limit },
    });
  }
  const text = decode(line.bytes);
  if (text.trim() === '') return undefined;
  const value = parse(text);
  if (mayHoldLoneSurrogate.test(text) && !isWellFormed(value)) {
    throw new EngineError('ParseError', {
      message:
        'The line is not valid Unicode: it holds an escaped surrogate (\\uD800 to \\uDFFF) without its other half.',
      hint: 'Names that are not valid Unicode are sent with the escape of the protocol, see docs/protocol.md.',
    });
  }
  return value;
}

function decode(bytes: Buffer): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new EngineError('ParseError', { message: 'The line is not valid UTF-8.', cause });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new EngineError('ParseError', { message: `The line is not JSON: ${(cause as Error).message}.`, cause });
  }
}

const mayHoldLoneSurrogate = /\\u[dD][89a-fA-F]/;

// A stack of our own: JSON nested deeper than the call stack would otherwise end the engine.
function isWellFormed(root: unknown): boolean {
  const rest: unknown[] = [root];
  for (let value = rest.pop(); value !== undefined; value = rest.pop()) {
    if (typeof value === 'string' && !value.isWellFormed()) return false;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, member] of Object.entries(value)) rest.push(key, member);
  }
  return true;
}
