import { expect } from 'chai';
import { lstatSync } from 'node:fs';
import { reuseInode, rewriteInPlace } from '../../support/edit.ts';
import { sleep, useFixture } from '../../support/fixture.ts';
import { expectMirror, expectSameLines, frozen } from '../../support/oracle-mirror.ts';
import { requires, skip } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';

describe('rewrites that keep size and write time', () => {
  const fixture = useFixture();

  for (const hash of ['Sha256', 'None'] as const) {
    it(`right after a run are caught by the next one (hash ${hash})`, async function () {
      requires(this, 'linux');
      const { set, source } = fixture();
      buildTree(source, { it: 'before', same: 'same' });
      const first = await set.run({ hash });
      const before = frozen(set.at(first.generation));
      rewriteInPlace(`${source}/it`, 'after!', true);
      const second = await set.run({ hash });
      expectMirror(source, set.at(second.generation, 'source'));
      expectSameLines(frozen(set.at(first.generation)), before, 'the old generation');
      expect(second.items.map((item) => [item.path, item.change])).to.deep.equal([['source/it', 'Modified']]);
      expect(second.generation).to.include({ copiedFiles: 1, linkedFiles: 1 });
    });
  }

  it('are caught over several runs in a row', async function () {
    requires(this, 'linux');
    const { set, source } = fixture();
    buildTree(source, { it: 'text 0' });
    await set.run();
    for (let round = 1; round <= 4; round++) {
      rewriteInPlace(`${source}/it`, `text ${round}`, true);
      const { generation } = await set.run();
      expectMirror(source, set.at(generation, 'source'));
    }
  });

  it('are caught in a file that is replaced by another one in the same inode', async function () {
    requires(this, 'linux');
    const { set, source } = fixture();
    buildTree(source, { it: 'before' });
    await set.run();
    const { ino } = lstatSync(`${source}/it`);
    if (!reuseInode(`${source}/it`, `${source}/it`, 'after!'))
      skip(this, 'the file system did not give the inode again');
    expect(lstatSync(`${source}/it`).ino).to.equal(ino);
    const { generation } = await set.run();
    expectMirror(source, set.at(generation, 'source'));
    expect(generation).to.include({ copiedFiles: 1 });
  });

  it('long after a run are caught by comparison Content @slow', async function () {
    requires(this, 'linux');
    const { set, source } = fixture();
    buildTree(source, { it: 'before', same: 'same' });
    await sleep(2.5);
    await set.run();
    await sleep(2.5);
    const first = await set.run();
    const before = frozen(set.at(first.generation));
    rewriteInPlace(`${source}/it`, 'after!', true);
    const second = await set.run({ comparison: 'Content' });
    expectMirror(source, set.at(second.generation, 'source'));
    expectSameLines(frozen(set.at(first.generation)), before, 'the old generation');
    expect(second.generation).to.include({ copiedFiles: 1, linkedFiles: 1, modified: 1 });
  });
});
