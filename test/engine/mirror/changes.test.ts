import { expect } from 'chai';
import { appendFileSync, chmodSync, chownSync, lchownSync, symlinkSync, truncateSync, unlinkSync } from 'node:fs';
import { richAcl, setAcl } from '../../support/acl.ts';
import { age, rewriteInPlace } from '../../support/edit.ts';
import { useFixture } from '../../support/fixture.ts';
import { expectMirror, expectSameLines, frozen } from '../../support/oracle-mirror.ts';
import { sharedPaths } from '../../support/oracle-rsync.ts';
import { posix } from '../../support/posix.ts';
import { requires } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';

interface Change {
  what: string;
  change: 'Modified' | 'MetadataChanged';
  apply(path: string): void;
}

const bytes = (path: string): Buffer => Buffer.from(path);

const CHANGES: Change[] = [
  { what: 'content of the same size', change: 'Modified', apply: (path) => rewriteInPlace(path, 'CONTENT') },
  { what: 'content that grew', change: 'Modified', apply: (path) => appendFileSync(path, ' and more') },
  { what: 'content that shrank', change: 'Modified', apply: (path) => truncateSync(path, 3) },
  { what: 'mode', change: 'MetadataChanged', apply: (path) => chmodSync(path, 0o4751) },
  { what: 'owner', change: 'MetadataChanged', apply: (path) => chownSync(path, 1234, 0) },
  { what: 'group', change: 'MetadataChanged', apply: (path) => chownSync(path, 0, 1234) },
  { what: 'write time', change: 'MetadataChanged', apply: (path) => age(path, 5) },
  {
    what: 'write time by one nanosecond',
    change: 'MetadataChanged',
    apply: (path) => posix.setTimes(bytes(path), 0n, 1_000_000_000_000_000_001n),
  },
  {
    what: 'an extended attribute that is new',
    change: 'MetadataChanged',
    apply: (path) => posix.setXattr(bytes(path), 'user.new', Buffer.from('x')),
  },
  {
    what: 'an extended attribute with another value',
    change: 'MetadataChanged',
    apply: (path) => posix.setXattr(bytes(path), 'user.old', Buffer.from('y')),
  },
  {
    what: 'an extended attribute that is gone',
    change: 'MetadataChanged',
    apply: (path) => posix.removeXattr(bytes(path), 'user.old'),
  },
  {
    what: 'a trusted attribute',
    change: 'MetadataChanged',
    apply: (path) => posix.setXattr(bytes(path), 'trusted.t', Buffer.from('t')),
  },
  { what: 'an ACL', change: 'MetadataChanged', apply: (path) => setAcl(bytes(path), 'access', richAcl()) },
];

describe('a change of one file alone', () => {
  const fixture = useFixture();

  for (const { what, change, apply } of CHANGES) {
    it(`${what}: a fresh copy, and the old generation stays what it was`, async function () {
      requires(this, 'root');
      const { set, source } = fixture();
      buildTree(source, { folder: { it: 'content', other: 'left alone' } });
      const path = `${source}/folder/it`;
      posix.setXattr(bytes(path), 'user.old', Buffer.from('x'));
      posix.setTimes(bytes(path), 0n, 1_000_000_000_000_000_000n);
      const first = await set.run();
      const before = frozen(set.at(first.generation));
      apply(path);
      const second = await set.run();
      expectMirror(source, set.at(second.generation, 'source'));
      expectSameLines(frozen(set.at(first.generation)), before, 'the old generation');
      const changed = second.items.filter((item) => item.itemType === 'File');
      expect(changed.map((item) => [item.path, item.change, item.action])).to.deep.equal([
        ['source/folder/it', change, 'Copied'],
      ]);
      expect(second.generation).to.include({ copiedFiles: 1, linkedFiles: 1, state: 'Complete' });
      const shared = sharedPaths(set.at(first.generation, 'source'), set.at(second.generation, 'source'));
      expect(shared).to.deep.equal(['folder/other']);
    });
  }

  it('a change time that moved while nothing else did: linked', async () => {
    const { set, source } = fixture();
    buildTree(source, { it: 'content' });
    await set.run();
    chmodSync(`${source}/it`, 0o600);
    chmodSync(`${source}/it`, 0o644);
    const { generation, items } = await set.run();
    expect(generation).to.include({ linkedFiles: 1, copiedFiles: 0 });
    expect(items).to.deep.equal([]);
  });

  it('a symlink that points elsewhere, or changes owner or time, is made anew', async function () {
    requires(this, 'root');
    const { set, source } = fixture();
    buildTree(source, {});
    for (const name of ['target', 'owner', 'time', 'same']) symlinkSync('somewhere', `${source}/${name}`);
    const first = await set.run();
    const before = frozen(set.at(first.generation));
    unlinkSync(`${source}/target`);
    symlinkSync('elsewhere', `${source}/target`);
    lchownSync(`${source}/owner`, 7, 8);
    age(`${source}/time`);
    const second = await set.run();
    expectMirror(source, set.at(second.generation, 'source'));
    expectSameLines(frozen(set.at(first.generation)), before, 'the old generation');
    const shared = sharedPaths(set.at(first.generation, 'source'), set.at(second.generation, 'source'));
    expect(shared).to.deep.equal(['same']);
  });
});
