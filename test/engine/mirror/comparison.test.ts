import { expect } from 'chai';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { rewriteInPlace } from '../../support/edit.ts';
import { useFixture } from '../../support/fixture.ts';
import { expectMirror } from '../../support/oracle-mirror.ts';
import { buildMany, buildTree } from '../../support/tree-everything.ts';

describe('comparison and hash', () => {
  const fixture = useFixture();

  it('Content links what is unchanged', async () => {
    const { set, source } = fixture();
    buildMany(source, 3, 10);
    await set.run({ comparison: 'Content' });
    const { generation } = await set.run({ comparison: 'Content' });
    expect(generation).to.include({ linkedFiles: 30, copiedFiles: 0 });
    expectMirror(source, set.at(generation, 'source'));
  });

  it('Content works on a base that was made without hashes', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'aaaa', b: 'bbbb', empty: '' });
    await set.run({ hash: 'None' });
    rewriteInPlace(`${source}/a`, 'AAAA', true);
    const { generation } = await set.run({ comparison: 'Content', hash: 'None' });
    expect(generation).to.include({ linkedFiles: 2, copiedFiles: 1 });
    expectMirror(source, set.at(generation, 'source'));
  });

  it('a base copy whose size or time is not the recorded one is not linked again', async () => {
    const { set, source } = fixture();
    buildTree(source, { damaged: 'damaged', touched: 'touched', fine: 'fine' });
    const first = await set.run();
    writeFileSync(set.at(first.generation, 'source', 'damaged'), 'short');
    rewriteInPlace(set.at(first.generation, 'source', 'touched'), 'TOUCHED');
    const second = await set.run();
    expectMirror(source, set.at(second.generation, 'source'));
    expect(second.generation).to.include({ copiedFiles: 2, linkedFiles: 1 });
  });

  it('a base copy that is missing is made afresh', async () => {
    const { set, source } = fixture();
    buildTree(source, { lost: 'lost', fine: 'fine', folder: { inside: 'inside' } });
    const first = await set.run();
    rmSync(set.at(first.generation, 'source', 'lost'));
    rmSync(set.at(first.generation, 'source', 'folder'), { recursive: true });
    const second = await set.run();
    expectMirror(source, set.at(second.generation, 'source'));
    expect(second.generation).to.include({ copiedFiles: 2, linkedFiles: 1, state: 'Complete' });
  });

  it('without hashes changes are found all the same', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'aaaa', b: 'bbbb', c: 'cccc' });
    await set.run({ hash: 'None' });
    rewriteInPlace(`${source}/a`, 'AAAA');
    chmodSync(`${source}/b`, 0o444);
    const { generation } = await set.run({ hash: 'None' });
    expect(generation).to.include({ linkedFiles: 1, copiedFiles: 2, modified: 1, metadataChanged: 1 });
    expectMirror(source, set.at(generation, 'source'));
  });

  it('maxLinks re-bases files before they have too many names', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a', b: 'b', c: 'c' });
    let rebased = 0;
    for (let run = 0; run < 5; run++) {
      const { generation } = await set.run({ maxLinks: 3 });
      expectMirror(source, set.at(generation, 'source'));
      rebased += generation.rebasedFiles;
    }
    expect(rebased).to.be.at.least(3);
  });

  it('skipUnchanged makes no generation of an unchanged source', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    const first = await set.run({ skipUnchanged: true });
    const second = await set.run({ skipUnchanged: true });
    expect(second.generation).to.include({ name: first.generation.name, skipped: true });
    expect(await set.names()).to.deep.equal([first.generation.name]);
    writeFileSync(`${source}/b`, 'b');
    const third = await set.run({ skipUnchanged: true });
    expect(third.generation.name > first.generation.name).to.equal(true);
    expectMirror(source, set.at(third.generation, 'source'));
  });
});
