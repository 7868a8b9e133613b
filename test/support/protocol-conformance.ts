import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const schemaFile = new URL('../../config-schemas/protocol.schema.json', import.meta.url);
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, inlineRefs: false });
ajv.addSchema(JSON.parse(readFileSync(schemaFile, 'utf8')) as object, 'protocol');

interface Outgoing {
  readonly method?: string;
  readonly error?: unknown;
  readonly params?: unknown;
  readonly result?: unknown;
}

/**
 * What the schema does not allow in a message from the engine, undefined if nothing; `requestMethod` is what a response
 * answers to.
 */
export function conformanceErrors(message: Outgoing, requestMethod?: string): string | undefined {
  if (message.method !== undefined) {
    return (
      check('/properties/messages/properties/notification', message) ??
      check(`/properties/engineNotifications/properties/${message.method}`, message.params)
    );
  }
  if (message.error !== undefined) return check('/properties/messages/properties/failure', message);
  const envelope = check('/properties/messages/properties/success', message);
  if (envelope !== undefined || requestMethod === undefined) return envelope;
  return check(`/properties/requests/properties/${requestMethod}/properties/result`, message.result);
}

function check(pointer: string, value: unknown): string | undefined {
  const validate: ValidateFunction | undefined = ajv.getSchema(`protocol#${pointer}`);
  if (validate === undefined) return `${pointer} is not in the schema`;
  return validate(value) === true ? undefined : ajv.errorsText(validate.errors);
}
