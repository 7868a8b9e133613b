import { expect } from 'chai';
import { chmodSync, mkdirSync, unlinkSync } from 'node:fs';
import { richAcl, setAcl } from '../../support/acl.ts';
import { useFixture } from '../../support/fixture.ts';
import { expectMirror, expectSameLines, frozen } from '../../support/oracle-mirror.ts';
import { posix } from '../../support/posix.ts';
import { requires } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';

describe('directories', () => {
  const fixture = useFixture();

  it('keep their times to the nanosecond, whatever was made inside them', async function () {
    requires(this, 'linux');
    const { set, source } = fixture();
    buildTree(source, { a: { b: { c: { file: 'x' }, empty: {} }, file: 'y' } });
    ['a/b/c', 'a/b/empty', 'a/b', 'a', ''].forEach((path, index) => {
      posix.setTimes(Buffer.from(`${source}/${path}`), 5n, 1_100_000_000_123_456_789n + BigInt(index));
    });
    const first = await set.run();
    expectMirror(source, set.at(first.generation, 'source'));
    unlinkSync(`${source}/a/b/c/file`);
    posix.setTimes(Buffer.from(`${source}/a/b/c`), 5n, 1_100_000_000_123_456_789n);
    const second = await set.run();
    expectMirror(source, set.at(second.generation, 'source'));
  });

  it('whose mode, attributes or ACL changed are reported; their files stay linked', async function () {
    requires(this, 'root');
    const { set, source } = fixture();
    for (const name of ['mode', 'attribute', 'acl', 'same']) buildTree(`${source}/${name}`, { file: name });
    const first = await set.run();
    const before = frozen(set.at(first.generation));
    chmodSync(`${source}/mode`, 0o2700);
    posix.setXattr(Buffer.from(`${source}/attribute`), 'user.a', Buffer.from('1'));
    setAcl(Buffer.from(`${source}/acl`), 'default', richAcl());
    const second = await set.run();
    expectMirror(source, set.at(second.generation, 'source'));
    expectSameLines(frozen(set.at(first.generation)), before, 'the old generation');
    expect(second.generation).to.include({ linkedFiles: 4, copiedFiles: 0, metadataChanged: 3, modified: 0 });
    expect(second.items.map((item) => [item.path, item.change, item.itemType]).sort()).to.deep.equal(
      ['acl', 'attribute', 'mode'].map((name) => [`source/${name}`, 'MetadataChanged', 'Directory']),
    );
  });

  it('that are empty are kept, and appear and vanish like anything else', async () => {
    const { set, source } = fixture();
    buildTree(source, { keep: {}, file: 'x' });
    const first = await set.run();
    expectMirror(source, set.at(first.generation, 'source'));
    mkdirSync(`${source}/new/inner`, { recursive: true });
    const second = await set.run();
    expectMirror(source, set.at(second.generation, 'source'));
    const added = second.items.filter((item) => item.change === 'Added').map((item) => [item.path, item.action]);
    expect(added).to.deep.equal([
      ['source/new', 'Created'],
      ['source/new/inner', 'Created'],
    ]);
  });

  it('without permissions for their owner are made all the same', async function () {
    requires(this, 'root');
    const { set, source } = fixture();
    buildTree(source, { closed: { inner: { file: 'x' } } });
    for (const path of ['closed/inner', 'closed']) chmodSync(`${source}/${path}`, 0o000);
    for (let run = 0; run < 2; run++) {
      const { generation } = await set.run();
      expectMirror(source, set.at(generation, 'source'));
    }
  });

  it('that are a source themselves are no exception', async function () {
    requires(this, 'linux');
    const { set, source } = fixture();
    buildTree(source, { file: 'x' });
    const first = await set.run();
    // A folder is told when it is finished: only then it is known what it lost.
    expect(first.items.map((item) => item.path)).to.deep.equal(['source/file', 'source']);
    chmodSync(source, 0o2711);
    const second = await set.run({ skipUnchanged: true });
    expect(second.generation).to.include({ metadataChanged: 1, base: first.generation.name });
    expect(second.items.map((item) => [item.path, item.change])).to.deep.equal([['source', 'MetadataChanged']]);
    expectMirror(source, set.at(second.generation, 'source'));
  });
});
