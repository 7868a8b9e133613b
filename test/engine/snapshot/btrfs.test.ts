import { expect } from 'chai';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { refusal } from '../../support/backup-set.ts';
import { useFrozen } from '../../support/frozen.ts';
import { listTree } from '../../support/listing.ts';
import { mountImage } from '../../support/mounts.ts';
import { expectMirror } from '../../support/oracle-mirror.ts';
import { buildEverything, buildTree } from '../../support/tree-everything.ts';

describe('btrfs snapshots', () => {
  const frozen = useFrozen();

  for (const [what, folder] of [
    ['the top of a subvolume', 'data'],
    ['a folder in a subvolume', 'data/deep/source'],
    ['a folder of the top-level subvolume', 'plain/source'],
  ] as const) {
    it(`of ${what}: a mirror, and nothing is left behind`, async function () {
      const { disk, setOf } = frozen(this);
      disk.makeSubvolume('data');
      mkdirSync(disk.path(folder), { recursive: true });
      buildEverything(disk.path(folder));
      const set = setOf(disk.path(folder));
      const name = folder.split('/').at(-1) ?? '';
      const first = await set.run({ snapshot: 'Btrfs' });
      expect(first.generation.state).to.equal('Complete');
      expect(first.generation.snapshot.kind).to.equal('Btrfs');
      expect(Date.parse(first.generation.snapshot.createdAt ?? '')).to.be.closeTo(Date.now(), 60_000);
      expectMirror(disk.path(folder), set.at(first.generation, name));
      expect(disk.snapshots()).to.deep.equal([]);
      expect(disk.journal()).to.deep.equal([]);
      expect(disk.locks()).to.deep.equal([]);
      expect([...listTree(disk.path(folder)).keys()]).not.to.include('.mirrorbackup-snapshots');
    });
  }

  it('unchanged files stay unchanged from snapshot to snapshot, and to and from live runs', async function () {
    const { disk, setOf } = frozen(this);
    buildEverything(disk.makeSubvolume('data'));
    const set = setOf(disk.path('data'));
    const first = await set.run({ snapshot: 'Btrfs' });
    for (const snapshot of ['Btrfs', 'None', 'Btrfs', 'Auto'] as const) {
      const { generation, items } = await set.run({ snapshot });
      expect(items, snapshot).to.deep.equal([]);
      expect(generation).to.include({ state: 'Complete', copiedFiles: 0, linkedFiles: first.generation.files });
      expectMirror(disk.path('data'), set.at(generation, 'data'));
    }
  });

  it('two sources in one subvolume share a snapshot, two subvolumes have one each', async function () {
    const { disk, setOf } = frozen(this);
    for (const subvolume of ['one', 'two']) disk.makeSubvolume(subvolume);
    for (const folder of ['one/a', 'one/b', 'two/c']) buildTree(disk.path(folder), { file: folder });
    const set = setOf(disk.path('one/a'), disk.path('one/b'), disk.path('two/c'));
    const seen = new Set<string>();
    set.engine.onNote = ({ params }) => {
      if (typeof params['path'] === 'string' && params['path'].startsWith('Freezing')) seen.add(params['path']);
    };
    const { generation } = await set.run({ snapshot: 'Btrfs' });
    expect(generation.state).to.equal('Complete');
    for (const folder of ['one/a', 'one/b', 'two/c'])
      expectMirror(disk.path(folder), set.at(generation, folder.slice(4)));
    expect(disk.snapshots()).to.deep.equal([]);
  });

  it('a nested subvolume is said and not read; what the base has of it is carried', async function () {
    const { disk, setOf } = frozen(this);
    buildTree(disk.makeSubvolume('data'), { file: 'file' });
    disk.makeSubvolume('data/nested');
    disk.makeSubvolume('data/nested/deeper');
    buildTree(disk.path('data/nested/folder'), { inside: 'inside' });
    const set = setOf(disk.path('data'));
    const first = await set.run({ snapshot: 'Btrfs' });
    expect(first.generation).to.include({ state: 'Complete', files: 1 });
    expect(first.warnings.map(({ id, path }) => [id, path])).to.deep.equal([
      ['SubvolumeNotInSnapshot', disk.path('data/nested')],
    ]);
    expect([...listTree(set.at(first.generation, 'data')).keys()]).to.deep.equal(['', 'file', 'nested']);
    const live = await set.run({ snapshot: 'None' });
    expect(live.generation).to.include({ state: 'Complete', files: 2, removed: 0 });
    const third = await set.run({ snapshot: 'Btrfs' });
    expect(third.generation).to.include({ state: 'Partial', files: 2, removed: 0, copiedFiles: 0 });
    expect(third.errors.map(({ id, path }) => [id, path])).to.deep.equal([['SubvolumeNotInSnapshot', 'data/nested']]);
    expect(readFileSync(set.at(third.generation, 'data/nested/folder/inside'), 'utf8')).to.equal('inside');
  });

  it('a mount in the source is a boundary as in a live run', async function () {
    const { disk, setOf, sandbox } = frozen(this);
    buildTree(disk.makeSubvolume('data'), { file: 'file', mounted: {} });
    mountImage(sandbox.path('image'), disk.path('data/mounted'), 'ext4', 8);
    writeFileSync(disk.path('data/mounted/on it'), 'on it');
    const set = setOf(disk.path('data'));
    await set.run({ snapshot: 'None' });
    for (const snapshot of ['Btrfs', 'None', 'Btrfs'] as const) {
      const { generation, errors } = await set.run({ snapshot });
      expect(errors).to.deep.equal([]);
      expect(generation).to.include({ state: 'Complete', files: 1, removed: 0 });
    }
    const refused = await refusal(set.run({ snapshot: 'Btrfs', crossMount: true }));
    expect(refused.data.id).to.equal('SnapshotNotAvailable');
    const { generation } = await set.run({ snapshot: 'Auto', crossMount: true });
    expect(generation).to.deep.include({ state: 'Complete', files: 2 });
    expect(generation.snapshot.kind).to.equal('None');
  });

  it('an empty source is refused as ever, and the snapshot given back', async function () {
    const { disk, setOf } = frozen(this);
    buildTree(disk.makeSubvolume('data'), { file: 'file' });
    const set = setOf(disk.path('data'));
    await set.run({ snapshot: 'Btrfs' });
    buildTree(disk.path('data'), {});
    rmSync(disk.path('data/file'));
    expect((await refusal(set.run({ snapshot: 'Btrfs' }))).data.id).to.equal('SourceEmpty');
    expect(disk.snapshots()).to.deep.equal([]);
  });
});
