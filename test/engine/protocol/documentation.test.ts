import { readFileSync } from 'node:fs';
import { expect } from 'chai';

interface Described {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
}

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const schema = JSON.parse(read('config-schemas/protocol.schema.json')) as Described & {
  $defs: Record<string, Described>;
};
const page = read('docs/protocol.md');

describe('docs/protocol.md', () => {
  for (const group of ['requests', 'clientNotifications', 'engineNotifications']) {
    for (const method of Object.keys(schema.properties?.[group]?.properties ?? {})) {
      it(`describes ${method}`, () => expect(page).to.contain(`\`${method}\``));
    }
  }
});

describe('protocol.schema.json', () => {
  for (const [name, definition] of Object.entries(schema.$defs)) {
    it(`has a title and a description for ${name} and all its keys`, () => {
      const parts: [string, Described][] = [[name, definition], ...Object.entries(definition.properties ?? {})];
      for (const [key, { $ref, title, description }] of parts) {
        const isBareReference = $ref !== undefined && title === undefined;
        expect(isBareReference || (title !== undefined && description !== undefined), key).to.equal(true);
      }
    });
  }
});
