import { parameterSchemas } from './validators.mjs';

/**
 * What each parameter is, in words: method → path in the parameters (`/sources/0/path`, with a star for the index) → what is expected there, and
 * what it is for. Made from the schema's types, bounds and descriptions, so that messages never go stale.
 */
export function describeFields(schema) {
  const resolve = (node) =>
    node.$ref === undefined ? node : { ...schema.$defs[node.$ref.split('/').at(-1)], ...node };
  const fields = {};
  for (const [method, pointer] of Object.entries(parameterSchemas(schema))) {
    fields[method] = {};
    walk({ $ref: pointer }, '', fields[method]);
  }
  return `
/** What is expected of a parameter, and what it is for. */
export interface Field {
  readonly expected: string;
  readonly purpose?: string;
}

/** Method → path in its parameters, with * for any index → the field. */
export const fields: Readonly<Record<string, Readonly<Record<string, Field>>>> = ${JSON.stringify(fields, null, 2)};
`;

  function walk(node, path, into) {
    const definition = node.$ref === undefined ? undefined : schema.$defs[node.$ref.split('/').at(-1)];
    const full = resolve(node);
    const expected = expectation(full, definition);
    const purpose = node.description;
    into[path] = { expected, ...(path !== '' && purpose !== undefined && { purpose }) };
    for (const [key, child] of Object.entries(full.properties ?? {})) walk(child, `${path}/${key}`, into);
    const arrays = full.items === undefined ? (full.anyOf ?? []).map(resolve).filter((option) => option.items) : [full];
    for (const { items } of arrays) walk(items, `${path}/*`, into);
  }

  function expectation(node, definition) {
    if (node.enum) return `one of ${node.enum.map((value) => JSON.stringify(value)).join(', ')}`;
    if (node.anyOf) return node.anyOf.map((option) => expectation(resolve(option), option)).join(', or ');
    if (node.pattern && definition) return definition.description;
    if (Array.isArray(node.type)) return node.type.map((type) => `${article(type)} ${type}`).join(' or ');
    switch (node.type) {
      case 'boolean':
        return 'true or false';
      case 'integer':
      case 'number':
        return `${article(node.type)} ${node.type}${bounds(node)}`;
      case 'array': {
        const item = resolve(node.items);
        return `an array${node.minItems ? ` of at least ${node.minItems}` : ''}, each ${expectation(item, item)}`;
      }
      case 'string':
        return node.minLength ? 'a string that is not empty' : 'a string';
      default:
        return `${article(node.type)} ${node.type}`;
    }
  }
}

function bounds({ minimum, maximum }) {
  const upper = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (minimum !== undefined && upper !== undefined) return ` from ${minimum} to ${upper}`;
  if (minimum !== undefined) return `, at least ${minimum}`;
  return upper === undefined ? '' : `, at most ${upper}`;
}

function article(word) {
  return /^[aeiou]/.test(word) ? 'an' : 'a';
}
