import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { catalogue, type CatalogueEntry } from '../../../engine/errors/catalogue.ts';

const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
const documented = [...page.matchAll(/^\| `([A-Za-z]+)` \| (\w+) \| (.+) \| (.+) \|$/gm)].map(
  ([, id = '', category, meaning, remedy]) => ({ id, category, meaning, remedy }),
);

describe('docs/errors.md', () => {
  it('has one row for each id, in the order of the catalogue', () => {
    expect(documented.map(({ id }) => id)).to.deep.equal(Object.keys(catalogue));
  });

  for (const [id, { category }] of Object.entries<CatalogueEntry>(catalogue)) {
    it(`says what ${id} is, and what to do`, () => {
      const row = documented.find((each) => each.id === id);
      expect(row?.category).to.equal(category);
      expect(row?.meaning).to.match(/\.$/);
      expect(row?.remedy).to.match(/\.$/);
    });
  }
});

describe('the catalogue', () => {
  for (const [id, { hint }] of Object.entries<CatalogueEntry>(catalogue)) {
    it(`gives a hint for ${id}`, () => expect(hint).to.match(/^[A-Zd].*\.$/));
  }
});
