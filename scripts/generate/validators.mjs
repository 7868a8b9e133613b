import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { withHelpers } from './with-helpers.mjs';

/** One validator for the parameters of each method and of each notification to the engine. */
export async function makeValidators(schema, banner) {
  const methods = parameterSchemas(schema);
  const ajv = new Ajv2020({
    allErrors: true,
    allowUnionTypes: true,
    strict: true,
    useDefaults: true,
    code: { source: true, esm: true, lines: true },
  });
  ajv.addSchema(schema);
  const names = Object.keys(methods);
  // ajv numbers functions of its own, `validate…`.
  const code = standalone.default(
    ajv,
    Object.fromEntries(names.map((name, index) => [`checker${index}`, `${schema.$id}${methods[name]}`])),
  );
  const table = names.map((name, index) => `  ${JSON.stringify(name)}: checker${index},\n`).join('');
  const source = `${code.replaceAll(/export const checker/g, 'const checker')}\nexport const validators = {\n${table}};\n`;
  return {
    'engine/protocol/generated/validators.mjs': banner + (await withHelpers(source)),
    'engine/protocol/generated/validators.d.mts': banner + declarations(names),
  };
}

/** Method → pointer to the schema of its parameters. */
export function parameterSchemas(schema) {
  const requests = Object.entries(schema.properties.requests.properties).map(([name, { properties }]) => [
    name,
    properties.params.$ref,
  ]);
  const notifications = Object.entries(schema.properties.clientNotifications.properties).map(([name, { $ref }]) => [
    name,
    $ref,
  ]);
  return Object.fromEntries([...requests, ...notifications]);
}

function declarations(names) {
  const members = names.map((name) => {
    const type = name.startsWith('$/')
      ? `Protocol['clientNotifications'][${JSON.stringify(name)}]`
      : `Protocol['requests'][${JSON.stringify(name)}]['params']`;
    return `  readonly ${JSON.stringify(name)}: Validator<${type}>;\n`;
  });
  return `import type { Protocol } from '../../types/protocol.ts';

/** What ajv reports. */
export interface ValidationError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: { readonly missingProperty?: string; readonly additionalProperty?: string };
}

/** Checks parameters, filling in defaults. */
export interface Validator<T> {
  (params: unknown): params is T;
  errors?: readonly ValidationError[] | null;
}

export declare const validators: {
${members.join('')}};
`;
}
