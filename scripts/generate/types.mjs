import { compile } from 'json-schema-to-typescript';

/** The types of all `$defs`, and `Protocol`: methods and notifications with their parameters and results. */
export async function makeTypes(schema) {
  const forTypes = keepNames(schema);
  delete forTypes.$id; // would name the root type
  for (const { properties } of Object.values(forTypes.properties.requests.properties)) {
    fillInDefaults(forTypes.$defs, properties.params);
  }
  return typesOf(forTypes, 'Protocol');
}

/** The types of a schema of data: that of the whole under the given name, and those of all `$defs`. */
export async function makeDataTypes(schema, name) {
  const forTypes = keepNames(schema);
  delete forTypes.$id;
  return typesOf(forTypes, name);
}

async function typesOf(forTypes, name) {
  const text = await compile(forTypes, name, {
    additionalProperties: false,
    bannerComment: '',
    style: { printWidth: 120, singleQuote: true },
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: true,
  });
  // Where a definition is used is for the reader's editor to say.
  return text.replaceAll(/^ \*\n \* This (?:interface|type) was referenced by[^]*?\n(?= \*\/)/gm, '');
}

/**
 * A copy in which a reference stays the name of its type, with the description of the place that uses it, and types are
 * named by their key in `$defs` instead of their title.
 */
function keepNames(node) {
  if (Array.isArray(node)) return node.map(keepNames);
  if (node === null || typeof node !== 'object') return node;
  if (typeof node.$ref === 'string' && node.description !== undefined) {
    return { description: sentence(node.description), tsType: node.$ref.split('/').at(-1), default: node.default };
  }
  const entries = Object.entries(node).filter(([key, value]) => key !== 'title' || typeof value !== 'string');
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      key === 'description' && typeof value === 'string' ? sentence(value) : keepNames(value),
    ]),
  );
}

/** Validation fills in defaults, so a command always finds these parameters. */
function fillInDefaults(definitions, { $ref }) {
  const params = definitions[$ref.split('/').at(-1)];
  const withDefault = Object.keys(params.properties ?? {}).filter(
    (key) => params.properties[key].default !== undefined,
  );
  params.required = [...(params.required ?? []), ...withDefault];
}

function sentence(text) {
  const start = text[0].toUpperCase() + text.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}
