import { expect } from 'chai';
import { linkSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { BackupSet, refusal } from '../../support/backup-set.ts';
import { useFixture } from '../../support/fixture.ts';
import { mountImage, remount, unmount } from '../../support/mounts.ts';
import { expectMirror, expectSameLines, untouched } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';

describe('a source is refused', () => {
  const fixture = useFixture();

  /** The id of the refusal; fails when anything at all was written. */
  async function refused(set: BackupSet): Promise<string> {
    const { sandbox } = fixture();
    const before = untouched(sandbox.root);
    const { data, message } = await refusal(set.run());
    expectSameLines(untouched(sandbox.root), before, 'after the refusal');
    expect(data.category).to.be.a('string').that.is.not.empty;
    expect(data.retryable).to.be.a('boolean');
    expect(message).not.to.be.empty;
    return data.id;
  }

  it('SourceNotFound: it is not there', async () => {
    const { set } = fixture();
    expect(await refused(set)).to.equal('SourceNotFound');
  });

  it('SourceNotFound: one of several is not there', async () => {
    const { set, source, sandbox, engine } = fixture();
    buildTree(source, { a: 'a' });
    const both = new BackupSet(engine, set.path, source, sandbox.path('missing'));
    expect(await refused(both)).to.equal('SourceNotFound');
  });

  it('SourceNotDirectory: it is a file', async () => {
    const { set, source } = fixture();
    writeFileSync(source, 'a file');
    expect(await refused(set)).to.equal('SourceNotDirectory');
  });

  it('SourceEmpty: it was not empty before', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a', b: { c: 'c' } });
    const first = await set.run();
    for (const name of readdirSync(source)) rmSync(`${source}/${name}`, { recursive: true });
    expect(await refused(set)).to.equal('SourceEmpty');
    expect(await set.names()).to.deep.equal([first.generation.name]);
    const { generation } = await set.run({ allowEmptySource: true });
    expect(generation).to.include({ files: 0, state: 'Complete' });
    expectMirror(source, set.at(generation, 'source'));
  });

  it('SourceChanged: the set holds another source', async () => {
    const { set, source, sandbox, engine } = fixture();
    buildTree(source, { a: 'a' });
    buildTree(sandbox.path('other'), { b: 'b' });
    await set.run();
    expect(await refused(new BackupSet(engine, set.path, sandbox.path('other')))).to.equal('SourceChanged');
    expect(await refused(new BackupSet(engine, set.path, source, sandbox.path('other')))).to.equal('SourceChanged');
    const renamed = { path: sandbox.path('other'), name: 'source' };
    expect(await refused(new BackupSet(engine, set.path, renamed))).to.equal('SourceChanged');
  });

  it('SourceNameConflict: two have the same name', async () => {
    const { set, sandbox, engine } = fixture();
    for (const name of ['x/same', 'y/same']) buildTree(sandbox.path(name), { a: name });
    const conflict = new BackupSet(engine, set.path, sandbox.path('x/same'), sandbox.path('y/same'));
    expect(await refused(conflict)).to.equal('SourceNameConflict');
  });

  // The escaped forms stand for a slash and for NUL: names that would lead out of the staging folder.
  for (const name of ['..', '.', 'a/b', '', '..␛2Fout', '␛2E␛2E', 'a␛00']) {
    it(`SourceNameInvalid: it is named ${JSON.stringify(name)}`, async () => {
      const { set, source, engine } = fixture();
      buildTree(source, { a: 'a' });
      const odd = new BackupSet(engine, set.path, { path: source, name });
      expect(await refused(odd)).to.be.oneOf(['SourceNameInvalid', 'InvalidParameter']);
    });
  }

  it('SourceUnmounted: its file system is gone, and the mount point is empty', async function () {
    requires(this, 'image:ext4');
    const { set, source, sandbox } = fixture();
    mountImage(sandbox.path('image'), source, 'ext4', 8);
    buildTree(source, { a: 'a' });
    await set.run();
    unmount(source);
    expect(await refused(set)).to.equal('SourceUnmounted');
    writeFileSync(`${source}/stray`, 'left on the mount point');
    expect(await refused(set)).to.equal('SourceUnmounted');
    rmSync(`${source}/stray`);
    remount(sandbox.path('image'), source, 'ext4');
    const { generation } = await set.run();
    expect(generation).to.include({ linkedFiles: 1, state: 'Complete' });
    expectMirror(source, set.at(generation, 'source'));
  });

  it('not: a source that was replaced by another folder of the same file system', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a', b: 'b' });
    await set.run();
    renameSync(source, `${source}.old`);
    mkdirSync(source);
    linkSync(`${source}.old/a`, `${source}/a`);
    const { generation } = await set.run();
    expect(generation).to.include({ state: 'Complete', removed: 1 });
    expectMirror(source, set.at(generation, 'source'));
  });
});
