import { childOf, type Pointer } from '../text/json-pointer.ts';
import type { PlacedProblem } from './problem.ts';

/** What variables stand for. */
export interface VariableSource {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly computerName: string;
}

/** A value with its variables replaced, and what could not be. */
export interface Replaced {
  readonly value: unknown;
  readonly problems: readonly PlacedProblem[];
}

/** Longest first, so that what is escaped is not taken for a variable. What is put in is not looked at again. */
const TOKEN = /\$\$\{|%%|\$\{([^}]*)\}?|%(\w[\w()]*)%/g;

/** Replaces `${env:NAME}` and `%ComputerName%` in all texts of a value. `$${` and `%%` stand for `${` and `%`. */
export function replaceVariables(root: unknown, source: VariableSource): Replaced {
  const problems: PlacedProblem[] = [];
  return { value: replaceIn(root, ''), problems };

  function replaceIn(value: unknown, pointer: Pointer): unknown {
    if (typeof value === 'string') return replaceText(value, pointer);
    if (Array.isArray(value)) return value.map((item, index) => replaceIn(item, childOf(pointer, index)));
    if (typeof value !== 'object' || value === null) return value;
    const copy: Record<string, unknown> = {};
    for (const [key, child] of Object.entries(value))
      Object.defineProperty(copy, key, {
        value: replaceIn(child, childOf(pointer, key)),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    return copy;
  }

  function replaceText(text: string, pointer: Pointer): string {
    return text.replace(TOKEN, (token: string, inBraces?: string, inPercent?: string) => {
      if (token === '$${') return '${';
      if (token === '%%') return '%';
      const found = inBraces === undefined ? ofMachine(inPercent ?? '', token) : ofEnvironment(inBraces, token);
      if (typeof found === 'string') return found;
      problems.push({ pointer, at: 'value', ...found });
      return token;
    });
  }

  function ofEnvironment(inBraces: string, token: string): string | { message: string; hint: string } {
    const name = /^env:(.+)$/i.exec(inBraces)?.[1];
    if (name === undefined || !token.endsWith('}'))
      return {
        message: `'${token}' is no variable that is known here`,
        hint: 'Write ${env:NAME} for an environment variable, and $${ for the characters ${.',
      };
    // Windows has no empty variables; and a path that begins with an empty one leads to the root.
    const value = source.environment[name];
    if (value !== undefined && value !== '') return value;
    return {
      message: `the environment variable '${name}' is ${value === '' ? 'empty' : 'not set'}`,
      hint: 'Set it for the account that runs the job; a scheduled job has other variables than your session.',
    };
  }

  function ofMachine(name: string, token: string): string | { message: string; hint: string } {
    if (name.toLowerCase() === 'computername') return source.computerName;
    return {
      message: `'${token}' is no variable that is known here`,
      hint: `Write \${env:${name}} for an environment variable, and %% for the character %.`,
    };
  }
}
