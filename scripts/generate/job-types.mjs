import { compile } from 'json-schema-to-typescript';

/** The types of a job as it is after validation: what the schema has a default for is always there. */
export async function makeJobTypes(schema) {
  const forTypes = prepare(schema);
  delete forTypes.$id;
  const settings = forTypes.$defs.JobSettings;
  settings.required = [...settings.required, 'sources', 'destination'];
  return compile(forTypes, 'JobFile', {
    additionalProperties: false,
    bannerComment: '',
    style: { printWidth: 120, singleQuote: true },
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: true,
  }).then((text) => text.replaceAll(/^ \*\n \* This interface was referenced by[^]*?\n(?= \*\/)/gm, ''));
}

/**
 * A copy without titles (types are named by their key), in which properties with a default are required, and
 * alternatives that only say what must be given are left to the validator.
 */
function prepare(node) {
  if (Array.isArray(node)) return node.map(prepare);
  if (node === null || typeof node !== 'object') return node;
  if (typeof node.$ref === 'string') return { description: node.description, tsType: node.$ref.split('/').at(-1) };
  const entries = Object.entries(node).filter(
    ([key, value]) =>
      !(key === 'title' && typeof value === 'string') &&
      !((key === 'anyOf' || key === 'oneOf') && value.every((option) => option.required && !option.properties)),
  );
  const copy = Object.fromEntries(entries.map(([key, value]) => [key, key === 'default' ? value : prepare(value)]));
  if (node.type === 'object' && node.properties) {
    const filled = Object.keys(node.properties).filter((key) => node.properties[key].default !== undefined);
    copy.required = [...new Set([...(node.required ?? []), ...filled])];
  }
  return copy;
}
