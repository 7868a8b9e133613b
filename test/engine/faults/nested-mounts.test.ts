import { expect } from 'chai';
import { mkdirSync } from 'node:fs';
import { useFixture } from '../../support/fixture.ts';
import { listTree } from '../../support/listing.ts';
import { mountImage, remount, unmount } from '../../support/mounts.ts';
import { expectMirror } from '../../support/oracle-mirror.ts';
import { sharedPaths } from '../../support/oracle-rsync.ts';
import { requires } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';

describe('a file system mounted inside the source', () => {
  const fixture = useFixture();

  function mountInside(): void {
    const { source, sandbox } = fixture();
    buildTree(source, { before: 'a', mounted: {}, zlast: 'z' });
    mountImage(sandbox.path('image'), `${source}/mounted`, 'ext4', 8);
    buildTree(`${source}/mounted`, { file: 'on it', folder: { deep: 'deep' } });
  }

  it('is a boundary: its folder is kept, its content is not', async function () {
    requires(this, 'image:ext4');
    const { set } = fixture();
    mountInside();
    for (let run = 0; run < 2; run++) {
      const { generation } = await set.run();
      expect([...listTree(set.at(generation, 'source')).keys()]).to.deep.equal(['', 'before', 'mounted', 'zlast']);
      expect(generation).to.include({ state: 'Complete', files: 2 });
    }
  });

  it('is mirrored with crossMount', async function () {
    requires(this, 'image:ext4');
    const { set, source } = fixture();
    mountInside();
    const first = await set.run({ crossMount: true });
    expectMirror(source, set.at(first.generation, 'source'));
    const second = await set.run({ crossMount: true });
    expect(second.generation).to.include({ state: 'Complete', copiedFiles: 0, linkedFiles: 4 });
  });

  it('and vanished is carried stale, until it is back', async function () {
    requires(this, 'image:ext4');
    const { set, source, sandbox } = fixture();
    mountInside();
    const first = await set.run({ crossMount: true });
    unmount(`${source}/mounted`);
    const second = await set.run({ crossMount: true });
    expect(second.generation).to.include({ state: 'Partial', removed: 0, files: 4 });
    expect(second.generation.stale).to.be.at.least(2);
    expect(second.errors.map((error) => [error.id, error.path])).to.deep.equal([['MountVanished', 'source/mounted']]);
    const shared = sharedPaths(set.at(first.generation, 'source'), set.at(second.generation, 'source'));
    expect(shared).to.include.members(['mounted/file', 'mounted/folder/deep']);
    const third = await set.run({ crossMount: true });
    expect(third.generation).to.include({ state: 'Partial', removed: 0, files: 4 });
    remount(sandbox.path('image'), `${source}/mounted`, 'ext4');
    const fourth = await set.run({ crossMount: true });
    expect(fourth.generation).to.include({ state: 'Complete', stale: 0, copiedFiles: 0 });
    expectMirror(source, set.at(fourth.generation, 'source'));
  });

  it('may hold the backup set only if it is not crossed', async function () {
    requires(this, 'image:ext4');
    const { set, source, sandbox } = fixture();
    buildTree(source, { a: 'a' });
    mkdirSync(`${source}/disk`);
    mountImage(sandbox.path('image'), `${source}/disk`, 'ext4', 8);
    expect(set.path).not.to.equal(source);
    const params = { setPath: `${source}/disk/set`, sources: set.sources };
    const outcome = await set.engine.request<{ state: string }>('createGeneration', params).then(
      (generation) => generation.state,
      (error: unknown) => (error as { data: { id: string } }).data.id,
    );
    expect(outcome).to.be.oneOf(['Complete', 'DestinationInsideSource']);
  });
});
