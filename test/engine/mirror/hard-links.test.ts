import { expect } from 'chai';
import { linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { rewriteInPlace } from '../../support/edit.ts';
import { useFixture } from '../../support/fixture.ts';
import { listTree } from '../../support/listing.ts';
import { expectMirror, expectSameLines, frozen, linkGroups } from '../../support/oracle-mirror.ts';
import { posix } from '../../support/posix.ts';
import { requires } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';
import { buildHardLinks } from '../../support/tree-metadata.ts';

/** Another inode that looks exactly like the one it replaces. */
function replaceByTwin(path: string): void {
  const item = listTree(path).get('');
  const text = readFileSync(path);
  writeFileSync(`${path}.twin`, text);
  posix.setTimes(Buffer.from(`${path}.twin`), item?.modifiedNs ?? 0n, item?.modifiedNs ?? 0n);
  renameSync(`${path}.twin`, path);
}

describe('hard links of the source', () => {
  const fixture = useFixture();

  it('are hard links inside the generation, copied once', async function () {
    requires(this, 'linux');
    const { set, source } = fixture();
    buildHardLinks(source);
    const { generation } = await set.run({ workers: 2 });
    expectMirror(source, set.at(generation, 'source'));
    expect(linkGroups(listTree(set.at(generation, 'source')))).to.deep.equal([
      ['a/b/second', 'a/first', 'c/third'],
      ['c/link', 'link'],
      ['c/pipe', 'pipe'],
    ]);
    expect(generation).to.include({ files: 3, copiedBytes: 'three names'.length });
  });

  it('stay one inode over generations', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'one', b: {} });
    linkSync(`${source}/a`, `${source}/b/a`);
    const first = await set.run();
    const second = await set.run();
    const inodes = [first, second].flatMap(({ generation }) => {
      const tree = listTree(set.at(generation, 'source'));
      return [tree.get('a')?.inode, tree.get('b/a')?.inode];
    });
    expect(new Set(inodes).size).to.equal(1);
    expect(second.generation).to.include({ linkedFiles: 2, copiedFiles: 0, copiedBytes: 0 });
  });

  const steps: { what: string; apply(source: string): void }[] = [
    { what: 'grows by a name in a later directory', apply: (source) => linkSync(`${source}/m/a`, `${source}/z`) },
    { what: 'grows by a name in an earlier directory', apply: (source) => linkSync(`${source}/m/a`, `${source}/A`) },
    { what: 'shrinks by its first name', apply: (source) => unlinkSync(`${source}/m/a`) },
    { what: 'shrinks by its last name', apply: (source) => unlinkSync(`${source}/m/c`) },
    { what: 'splits: one name becomes a twin of its own', apply: (source) => replaceByTwin(`${source}/m/b`) },
    { what: 'splits: the first name becomes a twin of its own', apply: (source) => replaceByTwin(`${source}/m/a`) },
    { what: 'changes through one of its names', apply: (source) => rewriteInPlace(`${source}/m/b`, 'CHANGED') },
    {
      what: 'takes in a file that was separate',
      apply: (source) => {
        unlinkSync(`${source}/m/other`);
        linkSync(`${source}/m/a`, `${source}/m/other`);
      },
    },
    {
      what: 'moves to other names altogether',
      apply: (source) => {
        mkdirSync(`${source}/n`);
        for (const name of ['a', 'b', 'c']) renameSync(`${source}/m/${name}`, `${source}/n/new-${name}`);
      },
    },
    {
      what: 'swaps its names with another group',
      apply: (source) => {
        renameSync(`${source}/m/a`, `${source}/swap`);
        renameSync(`${source}/m/x`, `${source}/m/a`);
        renameSync(`${source}/swap`, `${source}/m/x`);
      },
    },
  ];

  for (const { what, apply } of steps) {
    it(`a group ${what}`, async function () {
      requires(this, 'linux');
      const { set, source } = fixture();
      buildTree(source, { m: { a: 'grouped', other: 'grouped', x: 'another' } });
      for (const name of ['b', 'c']) linkSync(`${source}/m/a`, `${source}/m/${name}`);
      linkSync(`${source}/m/x`, `${source}/m/y`);
      const first = await set.run();
      const before = frozen(set.at(first.generation));
      apply(source);
      const second = await set.run({ workers: 2 });
      expectMirror(source, set.at(second.generation, 'source'));
      expect(second.generation.state).to.equal('Complete');
      const third = await set.run({ workers: 2 });
      expectMirror(source, set.at(third.generation, 'source'));
      expect(third.generation).to.include({ copiedFiles: 0, added: 0, removed: 0, modified: 0 });
      expectSameLines(frozen(set.at(first.generation)), before, 'the old generation');
    });
  }

  it('stay one inode where files come due for fresh copies', async function () {
    requires(this, 'linux');
    const { set, source } = fixture();
    buildTree(source, { a: 'one', b: { single: 'single' }, c: {} });
    for (const name of ['b/a', 'b/b', 'c/a']) linkSync(`${source}/a`, `${source}/${name}`);
    let rebased = 0;
    for (let run = 0; run < 9; run++) {
      const { generation } = await set.run({ maxLinks: 16, workers: 2 });
      expectMirror(source, set.at(generation, 'source'));
      expect(generation.linkFallbacks).to.equal(0);
      rebased += generation.rebasedFiles;
    }
    expect(rebased).to.be.greaterThan(0);
  });

  it('are made afresh together where their copy is damaged', async function () {
    requires(this, 'linux');
    const { set, source } = fixture();
    buildTree(source, { a: 'three names', b: {} });
    for (const name of ['b/a', 'b/b']) linkSync(`${source}/a`, `${source}/${name}`);
    const first = await set.run();
    writeFileSync(set.at(first.generation, 'source', 'a'), 'short');
    const second = await set.run({ workers: 2 });
    expectMirror(source, set.at(second.generation, 'source'));
    expect(second.generation).to.include({ state: 'Complete', copiedBytes: 'three names'.length });
  });

  it('with names outside of the source cost no copy', async () => {
    const { set, source, sandbox } = fixture();
    buildTree(source, { a: 'a', b: { c: 'c' } });
    buildTree(sandbox.path('store'), {});
    linkSync(`${source}/a`, sandbox.path('store/1'));
    linkSync(`${source}/b/c`, sandbox.path('store/2'));
    await set.run();
    const { generation } = await set.run();
    expectMirror(source, set.at(generation, 'source'));
    expect(generation).to.include({ linkedFiles: 2, copiedFiles: 0, state: 'Complete' });
  });

  it('across two sources do not break either', async () => {
    const { set, source, sandbox, engine } = fixture();
    buildTree(source, { a: 'shared' });
    buildTree(sandbox.path('second'), {});
    linkSync(`${source}/a`, sandbox.path('second/b'));
    const sources = [{ path: source }, { path: sandbox.path('second') }];
    const generation = await engine.request<{ name: string }>('createGeneration', { setPath: set.path, sources });
    expectMirror(source, `${set.path}/${generation.name}/source`);
    expectMirror(sandbox.path('second'), `${set.path}/${generation.name}/second`);
  });
});
