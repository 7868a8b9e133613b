import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { withHelpers } from './with-helpers.mjs';

/**
 * Two validators: `validateFile` for a file as it was written, which changes nothing, so that what its `defaults` say is
 * known to be said; `validateSettings` for the settings of a job with those, which fills in what the schema has.
 */
export async function makeJobValidators(schema, banner) {
  const file = compile(schema, { useDefaults: false }, { validateFile: schema.$id });
  const settings = compile(schema, { useDefaults: true }, { validateSettings: 'settings' });
  return {
    'engine/jobs/generated/validate-file.mjs': banner + (await withHelpers(file)),
    'engine/jobs/generated/validate-file.d.mts': banner + declaration('validateFile', 'unknown'),
    'engine/jobs/generated/validate-settings.mjs': banner + (await withHelpers(settings)),
    'engine/jobs/generated/validate-settings.d.mts': banner + declaration('validateSettings', 'JobSettings'),
  };
}

function compile(schema, options, names) {
  const ajv = new Ajv2020({
    allErrors: true,
    allowUnionTypes: true,
    strict: true,
    // Alternatives that only say what must be given.
    strictRequired: false,
    verbose: true,
    formats: { uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i },
    code: { source: true, esm: true, lines: true },
    ...options,
  });
  ajv.addSchema(schema);
  ajv.addSchema({
    $id: 'settings',
    type: 'object',
    $ref: `${schema.$id}#/$defs/JobSettings`,
    required: ['sources', 'destination'],
  });
  return standalone.default(ajv, names);
}

function declaration(name, type) {
  const imported = type === 'unknown' ? '' : `import type { ${type} } from '../../types/job.ts';\n\n`;
  const result = type === 'unknown' ? 'boolean' : `value is ${type}`;
  return `${imported}/** What ajv reports. */
export interface ValidationError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly parentSchema?: Readonly<Record<string, unknown>>;
  readonly data?: unknown;
}

export declare const ${name}: {
  (value: unknown): ${result};
  errors?: readonly ValidationError[] | null;
};
`;
}
