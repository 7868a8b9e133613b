// Makes the tables of keys in docs/jobs.md from config-schemas/job.schema.json.
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { writeIfChanged } from './generate/write-if-changed.mjs';

const page = new URL('../docs/jobs.md', import.meta.url);
const schema = JSON.parse(readFileSync(new URL('../config-schemas/job.schema.json', import.meta.url), 'utf8'));
const mark = '<!-- keys -->\n';

/** The text of docs/jobs.md with the tables of this schema. */
export function jobPage() {
  const text = readFileSync(page, 'utf8');
  const before = text.slice(0, text.indexOf(mark) + mark.length);
  const file = { title: 'The file', properties: schema.properties };
  const types = Object.values(schema.$defs).filter(({ properties }) => properties);
  const sources = schema.$defs.JobSource.anyOf.filter(({ properties }) => properties);
  const secrets = {
    title: 'Secret',
    properties: Object.assign({}, ...schema.$defs.Secret.anyOf.map((form) => form.properties)),
  };
  return `${before}\n${[file, ...types, ...sources, secrets].map(section).join('\n\n')}\n`;
}

function section({ title, properties, required = [] }) {
  const rows = Object.entries(properties).map(([key, node]) => {
    const isRequired = required.includes(key) || (title === 'Job' && ['sources', 'destination'].includes(key));
    return row(
      `\`${key}\``,
      node.description ?? resolve(node).description ?? '',
      valueText(node),
      isRequired ? 'required' : defaultText(node),
    );
  });
  return [`### ${title}`, '', row('key', 'what it says', 'value', 'default'), '|---|---|---|---|', ...rows].join('\n');
}

function valueText(node) {
  const full = resolve(node);
  if (full.enum) return full.enum.map((one) => `\`${one}\``).join(', ');
  if (full.const !== undefined) return `\`${full.const}\``;
  if (full.properties) return `[${full.title}](#${full.title.toLowerCase().replaceAll(' ', '-')})`;
  if (full.type === 'array') return `list of: ${valueText(full.items)}`;
  if (node.$ref && schema.$defs[name(node)].title) return linkTo(name(node));
  if (full.anyOf) return full.anyOf.map(valueText).join(', or ');
  const bounds = full.minimum !== undefined && full.maximum !== undefined ? `, ${full.minimum} to ${full.maximum}` : '';
  return (
    {
      integer: 'whole number',
      number: `number, above ${full.exclusiveMinimum} and up to ${full.maximum}`,
      boolean: '`true`, `false`',
      string: 'text',
      object: 'names with values',
    }[full.type] + bounds
  );
}

/** What has keys of its own has a table; the rest is told in a word. */
function linkTo(type) {
  const { title, description, type: kind } = schema.$defs[type];
  if (type === 'Secret') return '[Secret](#secret)';
  if (type === 'JobSource') return 'text, or [Named source](#named-source)';
  return kind === 'string' || type === 'ByteSize' ? description : title;
}

function defaultText(node) {
  const { default: value } = node;
  if (value === undefined || (typeof value === 'object' && Object.keys(value).length === 0)) return '';
  return Array.isArray(value) ? value.map((one) => `\`${one}\``).join(', ') : `\`${value}\``;
}

function resolve(node) {
  return node.$ref ? { ...schema.$defs[name(node)], ...node } : node;
}

const name = ({ $ref }) => $ref.split('/').at(-1);
const row = (...cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

if (import.meta.url === pathToFileURL(process.argv[1]).href) writeIfChanged(fileURLToPath(page), jobPage());
