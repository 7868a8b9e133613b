import { jobFields, type JobField } from './generated/fields.ts';
import type { ValidationError } from './generated/validate-file.mjs';
import { closestWord } from './closest.ts';
import { childOf, keysOf, valueAt, type Pointer } from '../text/json-pointer.ts';
import { pointerText } from './pointer-text.ts';
import type { PlacedProblem } from './problem.ts';
import { showValue } from '../text/show-value.ts';

/** What the schema has against a file, in words, each place once. */
export function explainErrors(root: unknown, errors: readonly ValidationError[]): PlacedProblem[] {
  const problems = new Map<string, PlacedProblem>();
  for (const error of withoutAlternatives(root, errors)) {
    const problem = explain(root, error);
    const key = `${problem.at} ${problem.pointer} ${problem.message}`;
    if (!problems.has(key)) problems.set(key, problem);
  }
  return [...problems.values()];
}

/** The words for a place of a job file. */
export function fieldAt(pointer: Pointer): JobField | undefined {
  const keys = keysOf(pointer);
  let path = '';
  for (const key of keys) path = `${path}/${key}` in jobFields ? `${path}/${key}` : `${path}/*`;
  return jobFields[path];
}

/** Where one of several forms is allowed, ajv reports what keeps a value from each: kept is what tells most. */
function withoutAlternatives(root: unknown, errors: readonly ValidationError[]): ValidationError[] {
  let rest = [...errors];
  // The outermost of nested alternatives comes last.
  for (const error of errors.toReversed()) {
    if (!rest.includes(error)) continue;
    if (error.keyword !== 'anyOf' && error.keyword !== 'oneOf') continue;
    const place = error.instancePath;
    if (isChoiceOfKeys(error)) {
      const isMisspelt = errors.some(
        (other) => other.keyword === 'additionalProperties' && other.instancePath === place,
      );
      rest = rest.filter((other) =>
        other === error ? !isMisspelt : !other.schemaPath.startsWith(`${error.schemaPath}/`),
      );
      continue;
    }
    const value = valueAt(root, place);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    const keys = fieldAt(place)?.keys ?? [];
    const inner = rest.filter(
      (other) => other !== error && (other.instancePath === place || other.instancePath.startsWith(`${place}/`)),
    );
    const telling = inner.filter((other) =>
      other.keyword === 'additionalProperties'
        ? isObject && !keys.includes(String(other.params['additionalProperty']))
        : other.instancePath !== place,
    );
    rest = rest.filter((other) => !inner.includes(other) || telling.includes(other));
    if (telling.length > 0) rest = rest.filter((other) => other !== error);
  }
  return rest;
}

/** Whether the alternatives only say which keys must be given. */
function isChoiceOfKeys(error: ValidationError): boolean {
  return choicesOf(error).length > 0;
}

function choicesOf({ parentSchema, keyword }: ValidationError): string[] {
  const alternatives = (parentSchema?.[keyword] ?? []) as { required?: string[]; type?: string; $ref?: string }[];
  return alternatives.every(({ required, type, $ref }) => required && !type && !$ref)
    ? alternatives.flatMap(({ required }) => required ?? [])
    : [];
}

function explain(root: unknown, error: ValidationError): PlacedProblem {
  const { instancePath: place, keyword, params } = error;
  switch (keyword) {
    case 'additionalProperties':
      return unknownKey(place, String(params['additionalProperty']));
    case 'required':
      return missingKey(place, String(params['missingProperty']));
    case 'propertyNames':
      return jobName(place, String(params['propertyName']));
    case 'pattern':
      // Of a name: ajv reports it at the place of the object.
      if (error.schemaPath.includes('/propertyNames/')) return jobName(place, String(error.data));
      return wrongValue(root, place);
    case 'anyOf':
    case 'oneOf':
      return isChoiceOfKeys(error) ? wrongChoice(root, error) : wrongValue(root, place);
    case 'uniqueItems':
      return {
        pointer: place,
        at: 'value',
        message: `'${pointerText(place)}' has ${showValue(valueAt(root, childOf(place, String(params['i']))))} twice`,
      };
    case 'minProperties':
      return { pointer: place, at: 'key', message: `'${pointerText(place)}' is empty (${purpose(place)})` };
    default:
      return wrongValue(root, place);
  }
}

function unknownKey(place: Pointer, key: string): PlacedProblem {
  const keys = fieldAt(place)?.keys ?? [];
  const pointer = childOf(place, key);
  const where = place === '' ? 'the file' : `'${pointerText(place)}'`;
  const message = `'${key}' is no key of ${where}`;
  if (key === '<<')
    return {
      pointer,
      at: 'key',
      message,
      hint: 'YAML 1.2 has no merge keys: write what jobs have in common under defaults.',
    };
  const meant = closestWord(key, keys);
  if (meant !== undefined) return { pointer, at: 'key', message: `${message}. Did you mean '${meant}'?` };
  const elsewhere = placeOfKey(key);
  if (/^[A-Za-z]$/.test(key))
    return { pointer, at: 'key', message, hint: "A path that ends in a colon must be in quotes: 'E:'." };
  if (elsewhere !== undefined) return { pointer, at: 'key', message: `${message}. It belongs into ${elsewhere}` };
  return { pointer, at: 'key', message: `${message}, which has ${keys.join(', ')}` };
}

/** Where a key would be right. */
function placeOfKey(key: string): string | undefined {
  const parents = Object.keys(jobFields)
    .filter((path) => path.startsWith('/jobs/*/') && path.endsWith(`/${key}`))
    .map((path) =>
      path
        .slice('/jobs/*/'.length, -key.length - 1)
        .replaceAll('/*', '')
        .replaceAll('/', '.'),
    );
  if (jobFields['/jobs/*']?.keys?.includes(key)) return 'a job';
  return parents.length === 1 ? `'${parents[0]}'` : undefined;
}

function missingKey(place: Pointer, key: string): PlacedProblem {
  const pointer = childOf(place, key);
  const field = fieldAt(pointer);
  const what = field ? ` (expected ${expectationOf(field)})` : '';
  return {
    pointer: place,
    at: 'key',
    message: `${place === '' ? 'the file' : `'${pointerText(place)}'`} is without '${key}'${what}`,
  };
}

function jobName(place: Pointer, name: string): PlacedProblem {
  return {
    pointer: childOf(place, name),
    at: 'key',
    message: `'${name}' cannot be the name of a job (expected up to 64 letters, digits, . _ -, the first a letter or digit)`,
  };
}

function wrongChoice(root: unknown, error: ValidationError): PlacedProblem {
  const choices = choicesOf(error);
  const place = error.instancePath;
  const value = valueAt(root, place);
  // What is no object has none of the keys, and none of them would be its mistake.
  if (typeof value !== 'object' || value === null) return wrongValue(root, place);
  const given = choices.filter((key) => Object.hasOwn(value, key));
  const words = choices.join(error.keyword === 'oneOf' || choices.length === 2 ? ' or ' : ', ');
  const message =
    given.length > 1
      ? `'${pointerText(place)}' has ${given.join(' and ')}, and only one of them can be`
      : `'${pointerText(place)}' needs ${choices.length > 2 ? 'at least one of ' : ''}${words}`;
  return { pointer: place, at: 'key', message };
}

function wrongValue(root: unknown, place: Pointer): PlacedProblem {
  const value = valueAt(root, place);
  const field = fieldAt(place);
  const name = place === '' ? 'the file' : `'${pointerText(place)}'`;
  if (place.endsWith('/password') && typeof value !== 'object')
    return {
      pointer: place,
      at: 'value',
      message: `${name} is written down here, and a job file is no place for a secret`,
      hint: 'Write password: {env: NAME} for an environment variable, or password: {secret: NAME} for a secret that Get-Secret returns.',
    };
  const meant = typeof value === 'string' && field?.choices ? closestWord(value, field.choices) : undefined;
  const question = meant === undefined ? '' : `. Did you mean '${meant}'?`;
  return {
    pointer: place,
    at: 'value',
    message: `${name} is ${showValue(value)} (expected ${field ? expectationOf(field) : 'something else'})${question}`,
    hint: hintFor(value, field),
  };
}

function expectationOf({ expected, purpose }: JobField): string {
  return purpose === undefined || purpose === expected ? expected : `${expected}: ${purpose}`;
}

function purpose(place: Pointer): string {
  return fieldAt(place)?.purpose ?? '';
}

/** What people run into who do not write YAML every day. */
function hintFor(value: unknown, field: JobField | undefined): string | undefined {
  const expected = field?.expected ?? '';
  if (value === null)
    return /text|path|pattern/.test(expected)
      ? 'A text that begins with # must be in quotes: # begins a comment.'
      : undefined;
  if (expected.startsWith('a list') && typeof value !== 'object')
    return 'Write a list, even of one: each in a line of its own after a hyphen.';
  if (expected === 'true or false') return 'Only true and false are that in YAML 1.2; yes, no, on and off are texts.';
  if (typeof value === 'number' && /text|path/.test(expected)) return 'Put a text that looks like a number in quotes.';
  return undefined;
}
