/**
 * What each key of a job file is, in words: path in the file (`/jobs/*` + `/sources/*`, with a star for any index or name)
 * → what is expected there, what it is for, which keys it may have. Made from the schema, so that messages never go stale.
 */
export function describeJobFields(schema) {
  const definition = ({ $ref }) => ($ref === undefined ? undefined : schema.$defs[$ref.split('/').at(-1)]);
  const resolve = (node) => ({ ...definition(node), ...node });
  const fields = {};
  walk(schema, '');
  return `
/** A key of a job file, in words. */
export interface JobField {
  readonly expected: string;
  readonly purpose?: string;
  /** The values it may have, where they are few. */
  readonly choices?: readonly string[];
  /** The keys it may have, where those are known. */
  readonly keys?: readonly string[];
}

/** Path in a job file, with * for any index or name → the key. */
export const jobFields: Readonly<Record<string, JobField>> = ${JSON.stringify(fields, null, 2)};
`;

  function walk(node, path) {
    const full = resolve(node);
    const forms = formsOf(full);
    const keys = [...new Set(forms.flatMap(({ properties }) => Object.keys(properties ?? {})))];
    fields[path] = {
      ...fields[path],
      expected: expectation(node),
      ...(node.description !== undefined && { purpose: node.description }),
      ...(full.enum && { choices: full.enum }),
      ...(keys.length > 0 && { keys }),
    };
    for (const form of forms) {
      for (const [key, child] of Object.entries(form.properties ?? {})) walk(child, `${path}/${key}`);
      if (form.items) walk(form.items, `${path}/*`);
      if (typeof form.additionalProperties === 'object') walk(form.additionalProperties, `${path}/*`);
    }
  }

  function formsOf(full) {
    return [full, ...(full.anyOf ?? []).map(resolve).flatMap(formsOf)];
  }

  function expectation(node) {
    const full = resolve(node);
    if (full.enum) return `one of ${full.enum.join(', ')}`;
    if (full.const !== undefined) return `${full.const}`;
    if (
      full.pattern ||
      (definition(node) && full.type === 'string') ||
      (full.anyOf && definition(node) && !full.properties)
    )
      return (definition(node) ?? full).description;
    const forms = (full.anyOf ?? []).filter((form) => form.type || form.$ref);
    if (forms.length > 0) return forms.map(expectation).join(', or ');
    switch (full.type) {
      case 'boolean':
        return 'true or false';
      case 'integer':
      case 'number':
        return `a ${full.type === 'integer' ? 'whole number' : 'number'}${bounds(full)}`;
      case 'array':
        return `a list${full.minItems ? ' of at least one' : ''}, each ${resolve(full.items).properties ? 'with ' : ''}${expectation(full.items)}`;
      case 'string':
        if (full.format === 'uuid') return 'a UUID such as 1f0e9d8c-7b6a-4958-8d3c-2b1a09f8e7d6';
        return full.minLength ? 'a text that is not empty' : 'a text';
      default:
        return full.properties ? `the keys ${Object.keys(full.properties).join(', ')}` : 'names with a value each';
    }
  }
}

function bounds({ minimum, exclusiveMinimum, maximum }) {
  if (exclusiveMinimum !== undefined) return ` above ${exclusiveMinimum} and up to ${maximum}`;
  return minimum === undefined ? '' : ` from ${minimum} to ${maximum}`;
}
