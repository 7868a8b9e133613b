import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { catalogue } from '../../engine/errors/catalogue.ts';
import { warnings } from '../../engine/errors/catalogue/warnings.ts';
import { errorPage } from '../../scripts/generate-error-docs.mjs';

const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');

describe('docs/errors.md', () => {
  it('is what scripts/generate-error-docs.mjs makes of the catalogue', () => {
    expect(page).to.equal(errorPage());
  });

  it('has one row for each id, whole', () => {
    const rows = [...page.matchAll(/^\| `(\w+)` \| (.+) \|$/gm)];
    expect(rows.map(([, id]) => id)).to.deep.equal([...Object.keys(catalogue), ...Object.keys(warnings)]);
    for (const [row, id = ''] of rows) expect(row.split(' |').length, row).to.equal(id in catalogue ? 6 : 4);
  });

  it('links only to pages that exist', () => {
    for (const [, target = ''] of page.matchAll(/\]\(([^)#]+)/g))
      expect(() => readFileSync(new URL(`../../docs/${target}`, import.meta.url)), target).not.to.throw();
  });
});
