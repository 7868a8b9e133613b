import { expect } from 'chai';
import { readFileSync } from 'node:fs';

interface Described {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Described>>;
}

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const schema = JSON.parse(read('config-schemas/report.schema.json')) as Described & {
  $defs: Record<string, Described>;
};

describe('report.schema.json', () => {
  for (const [name, definition] of [['Report', schema] as const, ...Object.entries(schema.$defs)])
    it(`has a title and a description for ${name} and all its keys`, () => {
      const parts: [string, Described][] = [[name, definition], ...Object.entries(definition.properties ?? {})];
      for (const [key, { $ref, title, description }] of parts)
        expect($ref !== undefined || (title !== undefined && description !== undefined), key).to.equal(true);
    });
});

describe('docs/report.md', () => {
  it('has every finding', () => {
    const rows = [...read('docs/report.md').matchAll(/^\| `([A-Z]\w+)` \| (?:Bad|Attention) \|/gm)].map(([, id]) => id);
    expect(rows.sort()).to.deep.equal([...(schema.$defs['FindingId']?.enum ?? [])].sort());
  });
});
