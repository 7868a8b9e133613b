import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { age } from '../../support/edit.ts';
import { useFixture } from '../../support/fixture.ts';
import { listTree } from '../../support/listing.ts';
import { expectMirror } from '../../support/oracle-mirror.ts';
import { buildTree } from '../../support/tree-everything.ts';
import type { Tree } from '../../support/tree-everything.ts';
import type { BackupOptions, Generation } from '../../support/wire.ts';

/** The files of a tree below a generation, by path. */
function filesOf(path: string): string[] {
  return [...listTree(path).values()].filter((item) => item.type === 'file').map((item) => item.path);
}

const TREE: Tree = {
  'a.log': '',
  'b.txt': '',
  'keep.log': '',
  build: { 'out.o': '', 'note.txt': '' },
  src: { build: { 'x.o': '' }, 'deep.log': '', 'main.c': '' },
  docs: { build: '', 'a.txt': '' },
};
const ALL = filesOfTree(TREE);

const RULES: { what: string; options: BackupOptions; kept: string[] }[] = [
  { what: 'a name anywhere', options: { exclude: ['*.log'] }, kept: without('a.log', 'keep.log', 'src/deep.log') },
  {
    what: 'a negation after it',
    options: { exclude: ['*.log', '!keep.log'] },
    kept: without('a.log', 'src/deep.log'),
  },
  {
    what: 'directories only',
    options: { exclude: ['build/'] },
    kept: without('build/out.o', 'build/note.txt', 'src/build/x.o'),
  },
  {
    what: 'a pattern anchored at the source',
    options: { exclude: ['/build'] },
    kept: without('build/out.o', 'build/note.txt'),
  },
  { what: 'a pattern with a middle slash', options: { exclude: ['src/*.c'] }, kept: without('src/main.c') },
  { what: 'two asterisks', options: { exclude: ['**/build/*.o'] }, kept: without('build/out.o', 'src/build/x.o') },
  {
    what: 'no negation below an excluded directory',
    options: { exclude: ['/build/', '!/build/note.txt'] },
    kept: without('build/out.o', 'build/note.txt'),
  },
  {
    what: 'a negation below a directory of which only the content is excluded',
    options: { exclude: ['/build/*', '!/build/note.txt'] },
    kept: without('build/out.o'),
  },
  { what: 'comments', options: { exclude: ['# a.log', '#a.log', '\\#x'] }, kept: ALL },
  { what: 'character classes', options: { exclude: ['[ab].*'] }, kept: without('a.log', 'b.txt', 'docs/a.txt') },
];

describe('selection rules', () => {
  const fixture = useFixture();

  for (const { what, options, kept } of RULES) {
    it(`exclude ${what}`, async () => {
      const { set, source } = fixture();
      buildTree(source, TREE);
      const { generation } = await set.run(options);
      expect(filesOf(set.at(generation, 'source'))).to.deep.equal([...kept].sort());
      expect(generation.state).to.equal('Complete');
      if (kept !== ALL) expect(generation.excluded).to.be.at.least(1);
    });
  }

  it('take the same patterns from a file, wherever it lies', async () => {
    const { set, source, sandbox } = fixture();
    buildTree(source, TREE);
    writeFileSync(sandbox.path('rules'), '# comment\r\n*.log\n!keep.log\n\nbuild/\n');
    const { generation } = await set.run({ excludeFile: [sandbox.path('rules')] });
    expect(filesOf(set.at(generation, 'source'))).to.deep.equal([
      'b.txt',
      'docs/a.txt',
      'docs/build',
      'keep.log',
      'src/main.c',
    ]);
  });

  it('include takes only what matches', async () => {
    const { set, source } = fixture();
    buildTree(source, TREE);
    const { generation } = await set.run({ include: ['*.txt', '/src/'] });
    const kept = ['b.txt', 'build/note.txt', 'docs/a.txt', 'src/build/x.o', 'src/deep.log', 'src/main.c'];
    expect(filesOf(set.at(generation, 'source'))).to.deep.equal(kept);
  });

  it('exclude wins over include', async () => {
    const { set, source } = fixture();
    buildTree(source, TREE);
    const { generation } = await set.run({ include: ['/src/'], exclude: ['*.o'] });
    expect(filesOf(set.at(generation, 'source'))).to.deep.equal(['src/deep.log', 'src/main.c']);
  });

  it('what is excluded now but was kept before is excluded, not removed', async () => {
    const { set, source } = fixture();
    buildTree(source, TREE);
    await set.run();
    const { generation, items } = await set.run({ exclude: ['*.log', 'docs/'] });
    expect(items.filter((item) => item.change === 'Removed')).to.deep.equal([]);
    expect(generation).to.include({ removed: 0, copiedFiles: 0 });
    expect(generation.excluded).to.be.at.least(4);
    expectMirror(source, set.at(generation, 'source'), { except: (path) => path.endsWith('.log') || path === 'docs' });
    const third = await set.run();
    expectMirror(source, set.at(third.generation, 'source'));
  });

  it('maximumSize leaves out larger files', async () => {
    const { set, source } = fixture();
    buildTree(source, { exact: '0123456789', larger: '0123456789a', folder: { small: '1' } });
    const { generation } = await set.run({ maximumSize: 10 });
    expect(filesOf(set.at(generation, 'source'))).to.deep.equal(['exact', 'folder/small']);
    expect(generation).to.include({ excluded: 1, state: 'Complete' });
  });

  it('olderThan and newerThan go by the write time of files', async () => {
    const { set, source } = fixture();
    buildTree(source, { old: 'old', new: 'new', folder: { old: 'old' } });
    for (const name of ['old', 'folder/old', 'folder']) age(`${source}/${name}`, 30);
    const border = new Date(Date.now() - 15 * 86_400_000).toISOString();
    const older = await set.run({ olderThan: border });
    expect(filesOf(set.at(older.generation, 'source'))).to.deep.equal(['folder/old', 'old']);
    const newer = await set.run({ newerThan: border });
    expect(filesOf(set.at(newer.generation, 'source'))).to.deep.equal(['new']);
    expect(newer.generation).to.include({ removed: 0, excluded: 2 });
  });

  it('excludeCacheDirectories leaves out what a CACHEDIR.TAG marks, and only a genuine one', async () => {
    const { set, source } = fixture();
    const tag = 'Signature: 8a477f597d28d172789f06886806bc55\n# cache\n';
    buildTree(source, { cache: { 'CACHEDIR.TAG': tag, data: 'x' }, fake: { 'CACHEDIR.TAG': 'no', data: 'x' } });
    mkdirSync(`${source}/cache/inner`);
    const without = await set.run({ excludeCacheDirectories: true });
    const kept = filesOf(set.at(without.generation, 'source'));
    expect(kept).to.include.members(['fake/CACHEDIR.TAG', 'fake/data']);
    expect(kept).not.to.include('cache/data');
    expect(without.generation.excluded).to.be.at.least(1);
    const { generation } = await set.run();
    expect(filesOf(set.at(generation, 'source'))).to.include('cache/data');
  });

  it('are counted the same in every run', async () => {
    const { set, source } = fixture();
    buildTree(source, TREE);
    const counts: Generation[] = [];
    for (let run = 0; run < 3; run++) counts.push((await set.run({ exclude: ['*.log', 'build/'] })).generation);
    expect(new Set(counts.map((generation) => generation.excluded)).size).to.equal(1);
    expect(counts[2]).to.include({ removed: 0, added: 0, copiedFiles: 0 });
  });
});

function filesOfTree(tree: Tree, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string' ? [prefix + name] : filesOfTree(value, `${prefix}${name}/`),
  );
}

function without(...paths: string[]): string[] {
  return ALL.filter((path) => !paths.includes(path));
}
