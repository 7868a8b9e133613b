import { childOf, keysOf, type Pointer } from '../text/json-pointer.ts';
import { pointerText } from './pointer-text.ts';
import type { PlacedProblem } from './problem.ts';

const PASSWORD_IN_URL = /[a-z][a-z0-9+.-]*:\/\/[^/?#\s@]*:[^/?#\s@]+@/i;
const SECRET_HEADER = /^(proxy-)?authorization$|^cookie$|token|secret|password|api-?key/i;

/** Secrets that are written down where a reference to them belongs. What was found is never part of the message. */
export function findWrittenSecrets(root: unknown): PlacedProblem[] {
  const problems: PlacedProblem[] = [];
  visit(root, '');
  return problems;

  function visit(value: unknown, pointer: Pointer): void {
    if (typeof value === 'string') visitText(value, pointer);
    else if (typeof value === 'object' && value !== null)
      for (const [key, child] of Object.entries(value)) visit(child, childOf(pointer, key));
  }

  function visitText(text: string, pointer: Pointer): void {
    if (PASSWORD_IN_URL.test(text))
      problems.push({
        pointer,
        at: 'value',
        message: `'${pointerText(pointer)}' holds a password in a URL, and a job file is no place for a secret`,
        hint: 'Give the whole URL as {env: NAME} or {secret: NAME}.',
      });
    const [parent, name] = keysOf(pointer).slice(-2);
    if (parent === 'headers' && SECRET_HEADER.test(name))
      problems.push({
        pointer,
        at: 'value',
        message: `'${pointerText(pointer)}' is written down here, and a job file is no place for a secret`,
        hint: `Write ${name}: {env: NAME}, or ${name}: {secret: NAME}.`,
      });
  }
}
