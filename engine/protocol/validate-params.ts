import { EngineError } from '../errors/engine-error.ts';
import { fields } from './generated/fields.ts';
import { validators, type ValidationError } from './generated/validators.mjs';
import { childOf, keysOf, valueAt } from '../text/json-pointer.ts';
import { abbreviate } from '../text/show-value.ts';

/** A method, or a notification to the engine, whose parameters the schema knows. */
export type ValidatedMethod = keyof typeof validators;

/**
 * Checks the parameters of a method against the schema and fills in the defaults. Throws an `EngineError` that names
 * every field that is wrong, and says what is expected there.
 */
export function validateParams(method: ValidatedMethod, params: unknown): object {
  const given = params === undefined ? {} : params;
  const validate = validators[method];
  if (validate(given)) return given;
  const errors = describeErrors(method, given, validate.errors ?? []);
  throw new EngineError('InvalidParameter', {
    message: errors.map(({ message }) => message).join(' '),
    details: { errors },
  });
}

/** One field that is wrong. */
interface FieldError {
  /** Where: `params.sources[0].path`. */
  readonly field: string;
  readonly message: string;
  readonly expected: string;
}

function describeErrors(method: string, params: unknown, errors: readonly ValidationError[]): FieldError[] {
  const places = errors.map(({ instancePath, params: { missingProperty, additionalProperty } }) => {
    const key = missingProperty ?? additionalProperty;
    return key === undefined ? instancePath : childOf(instancePath, key);
  });
  // Where one of several forms is allowed ajv reports each of them: the place deepest inside tells most.
  const deepest = [...new Set(places)].filter(
    (place) => !places.some((other) => other !== place && other.startsWith(`${place}/`)),
  );
  return deepest.map((place) => describeError(method, params, place));
}

function describeError(method: string, params: unknown, place: string): FieldError {
  const keys = keysOf(place);
  const field = fieldName(keys);
  const { expected, purpose } = lookUp(method, keys) ?? { expected: `one of ${siblings(method, keys).join(', ')}` };
  const actual = valueAt(params, place);
  const state = actual === undefined ? 'is missing' : `is ${abbreviate(actual)}`;
  const message = `${field} ${state} (expected ${expected}${purpose === undefined ? '' : `: ${purpose}`}).`;
  return { field, message, expected };
}

function lookUp(method: string, keys: readonly string[]): { expected: string; purpose?: string } | undefined {
  return fields[method]?.[pointerOf(keys)];
}

/** What is known beside a field that is not. */
function siblings(method: string, keys: readonly string[]): string[] {
  const parent = `${pointerOf(keys.slice(0, -1))}/`;
  return Object.keys(fields[method] ?? {})
    .filter((pointer) => pointer.startsWith(parent) && !pointer.includes('/', parent.length))
    .map((pointer) => pointer.slice(parent.length));
}

function pointerOf(keys: readonly string[]): string {
  return keys.map((key) => `/${/^\d+$/.test(key) ? '*' : key}`).join('');
}

function fieldName(keys: readonly string[]): string {
  return keys.reduce((name, key) => (/^\d+$/.test(key) ? `${name}[${key}]` : `${name}.${key}`), 'params');
}
