import { expect } from 'chai';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { BackupSet, type RestoreOptions } from '../../support/backup-set.ts';
import { useFixture } from '../../support/fixture.ts';
import { listTree } from '../../support/listing.ts';
import { buildTree } from '../../support/tree-everything.ts';

describe('what is chosen to be restored, and where it goes', () => {
  const fixture = useFixture();
  let set: BackupSet;
  let to = '';

  beforeEach(async () => {
    const { sandbox, engine } = fixture();
    buildTree(sandbox.path('ann'), {
      'report.txt': 'report',
      docs: {
        'a.txt': 'a',
        'b.md': 'b',
        'c.odt': 'c',
        deep: { deeper: { 'd.txt': 'd' }, empty: {} },
        'x[1].txt': 'x',
      },
    });
    buildTree(sandbox.path('bob'), { docs: { 'a.txt': 'of bob' } });
    set = new BackupSet(engine, sandbox.path('both'), sandbox.path('ann'), sandbox.path('bob'));
    mkdirSync(set.path);
    await set.run();
    to = sandbox.path('to');
  });

  async function expectRestored(options: RestoreOptions, wanted: string[]): Promise<void> {
    const { errors, refused } = await set.restore({ to, ...options });
    expect(errors).to.deep.equal([]);
    expect(refused).to.equal(undefined);
    expect([...listTree(to).keys()].filter((path) => path !== '').sort()).to.deep.equal([...wanted].sort());
  }

  const cases: [string, RestoreOptions, string[]][] = [
    ['a file', { paths: ['ann/report.txt'] }, ['report.txt']],
    ['a folder', { paths: ['ann/docs/deep'] }, ['deep', 'deep/deeper', 'deep/deeper/d.txt', 'deep/empty']],
    ['a folder with / at its end', { paths: ['ann/docs/deep/empty/'] }, ['empty']],
    ['a source', { paths: ['bob'] }, ['bob', 'bob/docs', 'bob/docs/a.txt']],
    ['files by wildcard', { paths: ['ann/docs/?.txt'] }, ['a.txt']],
    [
      'files at any depth, in their folders',
      { paths: ['ann/**/*.txt'] },
      ['report.txt', 'docs', 'docs/a.txt', 'docs/x[1].txt', 'docs/deep', 'docs/deep/deeper', 'docs/deep/deeper/d.txt'],
    ],
    ['all below a folder', { paths: ['ann/docs/deep/**'] }, ['deeper', 'deeper/d.txt', 'empty']],
    [
      'folders by wildcard',
      { paths: ['*/docs/a.txt'] },
      ['ann', 'ann/docs', 'ann/docs/a.txt', 'bob', 'bob/docs', 'bob/docs/a.txt'],
    ],
    ['a class of characters', { paths: ['ann/docs/[ac].*'] }, ['a.txt', 'c.odt']],
    ['a name with brackets, literally', { literalPaths: ['ann/docs/x[1].txt'] }, ['x[1].txt']],
    ['a name with brackets, escaped', { paths: ['ann/docs/x`[1`].txt'] }, ['x[1].txt']],
    ['several', { paths: ['ann/docs/a.txt', 'ann/docs/c*'] }, ['a.txt', 'c.odt']],
    [
      'several, one in another',
      { paths: ['ann/docs', 'ann/docs/deep'] },
      [
        'docs',
        'docs/a.txt',
        'docs/b.md',
        'docs/c.odt',
        'docs/x[1].txt',
        'docs/deep',
        'docs/deep/deeper',
        'docs/deep/deeper/d.txt',
        'docs/deep/empty',
        'deep',
        'deep/deeper',
        'deep/deeper/d.txt',
        'deep/empty',
      ],
    ],
  ];
  for (const [name, options, wanted] of cases) it(name, () => expectRestored(options, wanted));

  it('to the original place: only what is chosen, with the folders it needs', async () => {
    const { sandbox } = fixture();
    for (const source of ['ann', 'bob']) rmSync(sandbox.path(source), { recursive: true });
    const { items, errors } = await set.restore({ toOriginal: true, paths: ['ann/docs/deep/**/d.txt'] });
    expect(errors).to.deep.equal([]);
    expect(readFileSync(sandbox.path('ann/docs/deep/deeper/d.txt'), 'utf8')).to.equal('d');
    expect(existsSync(sandbox.path('bob'))).to.equal(false);
    expect(items.map(({ path }) => path)).to.deep.equal([
      'ann/docs/deep/deeper/d.txt',
      'ann/docs/deep/deeper',
      'ann/docs/deep',
      'ann/docs',
      'ann',
    ]);
  });

  it('case matters where it does to the system', async () => {
    const { errors } = await set.restore({ to, paths: ['ann/docs/*.MD', 'ANN/report.txt'] });
    expect(errors).to.have.length(process.platform === 'win32' ? 0 : 2);
  });

  it('the newest complete generation, unless another is named', async () => {
    const [first = ''] = await set.names();
    writeFileSync(fixture().sandbox.path('ann/report.txt'), 'newer');
    await set.run();
    await set.restore({ to, paths: ['ann/report.txt'] });
    expect(readFileSync(`${to}/report.txt`, 'utf8')).to.equal('newer');
    await set.restore({ to, paths: ['ann/report.txt'], generation: first, conflict: 'Overwrite' });
    expect(readFileSync(`${to}/report.txt`, 'utf8')).to.equal('report');
  });

  it('what is not there is reported, the rest is restored', async () => {
    const { errors, refused } = await set.restore({ to, paths: ['ann/nothing', 'ann/*.none', 'ann/report.txt'] });
    expect(refused).to.equal(undefined);
    expect(errors.map(({ id, path }) => `${id} ${path}`)).to.deep.equal([
      'ItemNotFound ann/nothing',
      'ItemNotFound ann/*.none',
    ]);
    expect(existsSync(`${to}/report.txt`)).to.equal(true);
  });

  it('nothing is made where nothing matches', async () => {
    const { errors } = await set.restore({ to, paths: ['ann/nothing'] });
    expect(errors).to.have.length(1);
    expect(existsSync(to)).to.equal(false);
  });

  it('two items with one destination are refused before anything is written', async () => {
    for (const paths of [
      ['ann/docs/a.txt', 'bob/docs/a.txt'],
      ['ann/docs', 'bob/docs'],
      ['ann/docs', 'bob/docs/**'],
    ]) {
      const { refused } = await set.restore({ to, paths, conflict: 'Overwrite' });
      if (paths[1]?.endsWith('**')) {
        expect(refused).to.equal(undefined);
        continue;
      }
      expect(refused?.data.id).to.equal('RestoreConflict');
      expect(refused?.message).to.contain('would both be restored as');
      expect(existsSync(to)).to.equal(false);
    }
  });

  for (const path of ['/etc/passwd', 'ann/../bob', '.', '/', 'ann/[z-a]*', 'ann/a\0'])
    it(`refuses ${JSON.stringify(path)}`, async () => {
      const { refused } = await set.restore({ to, paths: [path] });
      expect(refused?.data.id).to.be.oneOf(['PatternInvalid', 'InvalidParameter']);
      expect(existsSync(to)).to.equal(false);
    });

  it('refuses to write into the set, by whatever path', async () => {
    const { sandbox } = fixture();
    const [name = ''] = await set.names();
    for (const inside of [set.path, `${set.path}/${name}/ann`, `${set.path}/new/folder`])
      expect((await set.restore({ to: inside })).refused?.data.id).to.equal('RestoreInsideSet');
    // Into the folder that holds the set: what has the set's name does not go into it.
    buildTree(sandbox.path('tree'), { both: { planted: 'planted' }, other: 'other' });
    const outer = new BackupSet(fixture().engine, set.path, sandbox.path('tree'));
    await outer.run({ allowSourceChange: true });
    const { errors, summary } = await outer.restore({ to: sandbox.root, paths: ['tree/*'], conflict: 'Overwrite' });
    expect(errors.map(({ id, path }) => `${id} ${path}`)).to.deep.equal(['ItemNotRestored tree/both']);
    expect(summary?.failed).to.equal(1);
    expect(existsSync(`${set.path}/planted`)).to.equal(false);
  });

  it('needs one place to restore to', async () => {
    for (const options of [{}, { to, toOriginal: true }])
      expect((await set.restore(options)).refused?.data.id).to.equal('InvalidParameter');
  });
});
