import { stringify } from 'yaml';
import { fileDescription, resolveNode, settingsNode, type SchemaNode } from './schema-node.ts';

/** Settings as they are written: what is not there is left to the schema. */
export type WrittenSettings = Readonly<Record<string, unknown>>;

/** Beside the job file, so that it is found wherever the folder goes. */
export const SCHEMA_FILE = 'job.schema.json';

const WIDTH = 110;

/** A job file with one job in which every key is explained; those that are not used are commented out. */
export function jobTemplate(name: string, settings: WrittenSettings): string {
  return [
    `# yaml-language-server: $schema=${SCHEMA_FILE}`,
    '#',
    ...comment(fileDescription, ''),
    '# Get-BackupJob reads the file, Test-BackupJob tests its jobs, Register-BackupJob lets them run on schedule.',
    'version: 1',
    'jobs:',
    `  ${keyText(name)}:`,
    ...settingsLines(settings, '    '),
    '',
  ].join('\n');
}

function settingsLines(settings: WrittenSettings, indent: string): string[] {
  const properties = settingsNode.properties ?? {};
  const known = Object.entries(properties).flatMap(([key, node], index) => [
    ...(index === 0 ? [] : ['']),
    ...property(key, node, settings, indent),
  ]);
  return [...known, ...unknownLines(properties, settings, indent)];
}

/** A key with its explanation: as it is given, or commented out with an example. */
function property(key: string, node: SchemaNode, given: WrittenSettings, indent: string): string[] {
  const full = resolveNode(node);
  const isGiven = Object.hasOwn(given, key);
  const value = isGiven ? given[key] : (full.examples?.[0] ?? full.default);
  const lines = valueLines(key, full, value, isGiven ? indent : '');
  return [...comment(explanation(full), indent), ...(isGiven ? lines : lines.map((line) => `${indent}#${line}`))];
}

function valueLines(key: string, node: SchemaNode, value: unknown, indent: string): string[] {
  if (isRecord(value) && node.properties && Object.keys(value).length > 0)
    return [`${indent}${keyText(key)}:`, ...innerLines(node.properties, value, `${indent}  `)];
  const items = node.items && resolveNode(node.items);
  if (Array.isArray(value) && value.length > 0 && items?.properties) {
    const { properties } = items;
    return [
      `${indent}${keyText(key)}:`,
      ...value.flatMap((item: unknown) => [
        `${indent}  -`,
        ...innerLines(properties, isRecord(item) ? item : {}, `${indent}    `),
      ]),
    ];
  }
  return yamlLines({ [key]: value }, indent);
}

function innerLines(
  properties: Readonly<Record<string, SchemaNode>>,
  value: WrittenSettings,
  indent: string,
): string[] {
  const known = Object.entries(properties).flatMap(([key, node]) => property(key, node, value, indent));
  return [...known, ...unknownLines(properties, value, indent)];
}

/** What the schema does not have is written, too: the reader says what is wrong with it. */
function unknownLines(
  properties: Readonly<Record<string, SchemaNode>>,
  value: WrittenSettings,
  indent: string,
): string[] {
  const unknown = Object.entries(value).filter(([key]) => !Object.hasOwn(properties, key));
  return unknown.length === 0 ? [] : yamlLines(Object.fromEntries(unknown), indent);
}

function explanation(node: SchemaNode): string {
  const choices = node.enum ?? (node.items && resolveNode(node.items).enum);
  const usual = plainText(node.default);
  const parts = [
    node.description ?? '',
    ...(choices ? [`${node.enum ? 'One of' : 'Of'} ${choices.join(', ')}`] : []),
    ...(usual === '' ? [] : [`Default: ${usual}`]),
  ];
  return parts.map((part) => part.replace(/\.$/, '')).join('. ');
}

/** Empty for what a line does not show. */
function plainText(value: unknown): string {
  if (Array.isArray(value)) return value.map(plainText).join(', ');
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
}

function comment(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + word.length > WIDTH) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line].map((one) => `${indent}# ${one}`);
}

function keyText(key: string): string {
  return stringify(key, { version: '1.2' }).trimEnd();
}

function yamlLines(value: unknown, indent: string): string[] {
  const text = stringify(value, { version: '1.2', lineWidth: 0, singleQuote: true });
  // The lines of a block scalar must stay in it, empty ones without spaces at their end.
  return (
    text
      // Not what else is white: a text may end in a space that does not break.
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => (line === '' ? '' : indent + line))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
