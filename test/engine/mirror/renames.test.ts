import { expect } from 'chai';
import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { reuseInode, rewriteInPlace } from '../../support/edit.ts';
import { useFixture } from '../../support/fixture.ts';
import { listTree } from '../../support/listing.ts';
import { expectMirror, expectSameLines, frozen } from '../../support/oracle-mirror.ts';
import { notUnderWine, requires, skip } from '../../support/requires.ts';
import { buildMany, buildTree } from '../../support/tree-everything.ts';
import type { ItemChange } from '../../support/wire.ts';

function moves(items: ItemChange[]): (string | null | undefined)[][] {
  return items.filter((item) => item.change === 'Renamed').map((item) => [item.oldPath, item.path, item.action]);
}

describe('renames', () => {
  const fixture = useFixture();

  it('of a file, also to another directory: linked and reported with the old path', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'alpha', b: 'beta', folder: {} });
    const first = await set.run();
    const before = frozen(set.at(first.generation));
    renameSync(`${source}/a`, `${source}/z`);
    renameSync(`${source}/b`, `${source}/folder/moved`);
    const second = await set.run();
    expectMirror(source, set.at(second.generation, 'source'));
    expectSameLines(frozen(set.at(first.generation)), before, 'the old generation');
    expect(moves(second.items).sort()).to.deep.equal([
      ['source/a', 'source/z', 'Linked'],
      ['source/b', 'source/folder/moved', 'Linked'],
    ]);
    expect(second.generation).to.include({ renamed: 2, copiedFiles: 0, linkedFiles: 2, added: 0, removed: 0 });
    const old = listTree(set.at(first.generation, 'source'));
    const now = listTree(set.at(second.generation, 'source'));
    expect(now.get('z')?.inode).to.equal(old.get('a')?.inode);
    expect(now.get('folder/moved')?.inode).to.equal(old.get('b')?.inode);
  });

  it('of a folder with all below it: nothing is copied', async () => {
    const { set, source } = fixture();
    buildMany(`${source}/project`, 5, 20);
    mkdirSync(`${source}/archive`);
    await set.run();
    renameSync(`${source}/project`, `${source}/archive/finished`);
    const { generation, items } = await set.run();
    expectMirror(source, set.at(generation, 'source'));
    expect(generation).to.include({ copiedFiles: 0, copiedBytes: 0, linkedFiles: 100, added: 0, removed: 0 });
    const folder = items.find((item) => item.path === 'source/archive/finished');
    expect(folder).to.include({ change: 'Renamed', oldPath: 'source/project', itemType: 'Directory' });
  });

  it('of a folder in which things were edited, added, removed and renamed too', async function () {
    notUnderWine(this, 'the time of creation changes with the item');
    const { set, source } = fixture();
    buildTree(source, {
      project: { same: 'same', edited: 'before', gone: 'gone', old: 'renamed', sub: { deep: 'deep' } },
    });
    await set.run();
    renameSync(`${source}/project`, `${source}/product`);
    rewriteInPlace(`${source}/product/edited`, 'BEFORE and after');
    writeFileSync(`${source}/product/new`, 'new');
    rmSync(`${source}/product/gone`);
    renameSync(`${source}/product/old`, `${source}/product/sub/young`);
    const { generation, items } = await set.run();
    expectMirror(source, set.at(generation, 'source'));
    expect(generation).to.include({ copiedFiles: 2, linkedFiles: 3, state: 'Complete' });
    const removed = items.filter((item) => item.change === 'Removed').map((item) => item.path);
    expect(removed).to.deep.equal(['source/project/gone']);
  });

  it('with an edit: copied, and the old generation keeps the old data', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'before' });
    const first = await set.run();
    renameSync(`${source}/a`, `${source}/b`);
    rewriteInPlace(`${source}/b`, 'AFTER!');
    const second = await set.run();
    expectMirror(source, set.at(second.generation, 'source'));
    expect(second.generation).to.include({ copiedFiles: 1, linkedFiles: 0 });
    expect(listTree(set.at(first.generation, 'source')).has('a')).to.equal(true);
  });

  it('that swap two files, and two folders', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'alpha', b: 'beta!', left: { file: 'left' }, right: { file: 'right' } });
    await set.run();
    for (const [one, other] of [
      ['a', 'b'],
      ['left', 'right'],
    ]) {
      renameSync(`${source}/${one}`, `${source}/swap`);
      renameSync(`${source}/${other}`, `${source}/${one}`);
      renameSync(`${source}/swap`, `${source}/${other}`);
    }
    const { generation } = await set.run();
    expectMirror(source, set.at(generation, 'source'));
    expect(generation.state).to.equal('Complete');
    const again = await set.run();
    expect(again.generation).to.include({ copiedFiles: 0, linkedFiles: 4, renamed: 0 });
  });

  it('of a folder into one of its own former children', async () => {
    const { set, source } = fixture();
    buildTree(source, { outer: { inner: { file: 'x' }, beside: 'y' } });
    await set.run();
    renameSync(`${source}/outer/inner`, `${source}/inner`);
    renameSync(`${source}/outer`, `${source}/inner/outer`);
    const { generation } = await set.run();
    expectMirror(source, set.at(generation, 'source'));
    expect(generation).to.include({ copiedFiles: 0, linkedFiles: 2 });
  });

  it('that move a name over another file', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'alpha', b: 'beta' });
    await set.run();
    renameSync(`${source}/a`, `${source}/b`);
    const { generation, items } = await set.run();
    expectMirror(source, set.at(generation, 'source'));
    const removed = items.filter((item) => item.change === 'Removed').map((item) => item.path);
    expect(removed.length + generation.renamed).to.be.at.least(1);
  });

  it('are not confused with a new name of a file that stayed', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'alpha' });
    await set.run();
    linkSync(`${source}/a`, `${source}/b`);
    const { generation, items } = await set.run();
    expectMirror(source, set.at(generation, 'source'));
    expect(generation).to.include({ renamed: 0, added: 1, removed: 0, copiedFiles: 0 });
    expect(items.filter((item) => item.change === 'Removed')).to.deep.equal([]);
  });

  it('are not seen in an inode that was used again with the same size and time', async function () {
    requires(this, 'linux');
    const { set, source } = fixture();
    buildTree(source, { old: 'old data' });
    const first = await set.run();
    if (!reuseInode(`${source}/old`, `${source}/new`, 'new data'))
      skip(this, 'the file system did not give the inode again');
    const second = await set.run();
    expectMirror(source, set.at(second.generation, 'source'));
    expect(second.generation).to.include({ copiedFiles: 1, linkedFiles: 0, renamed: 0, added: 1, removed: 1 });
    expect(listTree(set.at(first.generation, 'source')).get('old')?.links).to.equal(1);
  });
});
