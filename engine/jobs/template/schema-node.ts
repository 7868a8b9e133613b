import { jobSchemaText } from '../generated/schema.ts';

/** What a template needs to know of a part of the schema. */
export interface SchemaNode {
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly $ref?: string;
}

const schema = JSON.parse(jobSchemaText) as SchemaNode & { readonly $defs: Readonly<Record<string, SchemaNode>> };

/** The settings of a job. */
export const settingsNode: SchemaNode = schema.$defs['JobSettings'];

/** What the schema says of files. */
export const fileDescription = schema.description ?? '';

/** A node with what it refers to; what it says itself goes first. */
export function resolveNode(node: SchemaNode): SchemaNode {
  const target = node.$ref === undefined ? undefined : schema.$defs[node.$ref.split('/').at(-1) ?? ''];
  return { ...target, ...node };
}
