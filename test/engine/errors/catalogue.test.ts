import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { catalogue } from '../../../engine/errors/catalogue.ts';
import { chapters } from '../../../engine/errors/catalogue/chapters.ts';
import type { CatalogueEntry } from '../../../engine/errors/catalogue/entry.ts';
import { warnings } from '../../../engine/errors/catalogue/warnings.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const entries = Object.entries<CatalogueEntry>(catalogue);
const ids = [...Object.keys(catalogue), ...Object.keys(warnings)];

const engine = filesOf('engine', /(?<!\.test)\.ts$/).filter(
  ({ path }) => !/errors\/catalogue|types\/protocol/.test(path),
);
const sources = [...engine, ...filesOf('native', /\.ts$/)];
const scripts = filesOf('module/MirrorBackup', /\.psm?1$/);

describe('the catalogue of errors', () => {
  for (const [id, { meaning, hint, remedy = '.' }] of entries) {
    it(`says what ${id} means, and how to mend it`, () => {
      expect(meaning).to.match(/^[A-Z`].*[.]$/);
      expect(hint).to.match(/^[A-Zd].*\.$/);
      expect(remedy).to.match(/\.$/);
      expect(meaning + remedy, 'a bar would end the cell of the table').not.to.match(/\||\n/);
    });
  }

  it('has every id in one chapter', () => {
    expect(chapters.flatMap(({ errors }) => Object.keys(errors))).to.deep.equal(Object.keys(catalogue));
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('has each id the engine gives', () => {
    // Those of errors are checked by the compiler; warnings and results of items may carry any text.
    const given = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/\bid: '([A-Z]\w+)'|new EngineError\(\s*'(\w+)'/g)].map(([, id, thrown]) => ({
        path,
        id: id ?? thrown,
      })),
    );
    expect(given.length).to.be.greaterThan(50);
    expect(given.filter(({ id = '' }) => !ids.includes(id))).to.deep.equal([]);
  });

  it('has each id the module raises, with its category; the module says how to mend it', () => {
    const raised = scripts.flatMap(({ path, text }) => {
      const calls = text.split(/\(?New-ModuleError\s/).slice(1);
      return calls.map((call) => {
        const [, id = 'no -Id'] = /^[^()]*?-Id '?(\w+)/.exec(call) ?? [];
        const [, category = 'no -Category'] = /^[^()]*?-Category '?(\w+)/.exec(call) ?? [];
        return { path, id, category, hasHint: call.split('\n').slice(0, 4).join('\n').includes('-Hint') };
      });
    });
    const known = new Map(entries.map(([id, { category }]) => [id, category as string]));
    const found = raised.filter(({ path }) => !path.endsWith('New-ModuleError.ps1'));
    expect(found.length).to.be.greaterThan(10);
    expect(found.filter(({ id, category }) => known.get(id) !== category)).to.deep.equal([]);
    expect(found.filter(({ hasHint }) => !hasHint)).to.deep.equal([]);
  });

  it('makes error records in one place only', () => {
    const makers = scripts
      .filter(({ text }) => /ErrorRecord\]::new\(|ErrorRecord\(/.test(text))
      .map(({ path }) => path);
    expect(makers).to.deep.equal(['module/MirrorBackup/Private/New-EngineErrorRecord.ps1']);
  });

  it('has no id that is never used', () => {
    const literals = new Set(sources.flatMap(({ text }) => [...text.matchAll(/'([A-Z]\w+)'/g)].map(([, id]) => id)));
    const words = new Set(scripts.flatMap(({ text }) => [...text.matchAll(/-Id '?(\w+)/g)].map(([, id]) => id)));
    expect(ids.filter((id) => !literals.has(id) && !words.has(id))).to.deep.equal([]);
  });
});

function filesOf(folder: string, name: RegExp): { path: string; text: string }[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path).replaceAll('\\', '/'))
    .filter((path) => name.test(path) && !path.includes('node_modules') && !path.includes('protocol/generated'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}
