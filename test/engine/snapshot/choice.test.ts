import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { refusal } from '../../support/backup-set.ts';
import { useFixture } from '../../support/fixture.ts';
import { requires } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';

describe('a snapshot where none can be had', () => {
  const fixture = useFixture();

  for (const [options, asked] of [
    [{ snapshot: 'Btrfs' }, 'Btrfs'],
    [{ snapshot: 'Vss' }, 'Vss'],
    [{ requireSnapshot: true }, 'RequireSnapshot'],
    [{ snapshot: 'None', requireSnapshot: true }, 'RequireSnapshot'],
  ] as const) {
    it(`${JSON.stringify(options)} fails before anything is written`, async function () {
      requires(this, 'linux');
      const { set, source } = fixture();
      buildTree(source, { file: 'file' });
      for (const whatIf of [true, false]) {
        const { data, message } = await refusal(set.run({ ...options, whatIf }));
        expect(data.id).to.equal('SnapshotNotAvailable');
        expect(message).to.contain(`(${asked})`);
      }
      expect(existsSync(`${set.path}/.mirrorbackup`)).to.equal(false);
    });
  }

  it('Auto reads the live files, warns, and the generation keeps why', async function () {
    requires(this, 'image:ext4');
    const { set, source } = fixture();
    buildTree(source, { file: 'file' });
    const { generation, warnings } = await set.run({ snapshot: 'Auto' });
    expect(warnings.map(({ id }) => id)).to.deep.equal(['LiveFilesRead']);
    expect(warnings[0]?.message).to.match(/because the file system of '.*' \(ext4\) has no snapshots\.$/u);
    expect(generation.snapshot.kind).to.equal('None');
    expect(generation.snapshot.reason).to.match(/ext4/u);
    const [listed] = await set.list();
    expect(listed?.snapshot).to.deep.equal(generation.snapshot);
    expect(listed?.warnings.map(({ id }) => id)).to.deep.equal(['LiveFilesRead']);
  });

  it('None reads the live files without a word', async () => {
    const { set, source } = fixture();
    buildTree(source, { file: 'file' });
    const { generation, warnings } = await set.run({ snapshot: 'None' });
    expect(warnings).to.deep.equal([]);
    expect(generation.snapshot).to.include({ kind: 'None', reason: 'Live files, as asked for.' });
  });
});
