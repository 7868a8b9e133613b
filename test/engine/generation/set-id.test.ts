import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { BackupSet, refusal } from '../../support/backup-set.ts';
import { useFixture } from '../../support/fixture.ts';
import { mountImage, remount, unmount } from '../../support/mounts.ts';
import { expectSameLines, untouched } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';

function idOf(setPath: string): string {
  return (JSON.parse(readFileSync(`${setPath}/.mirrorbackup/set.json`, 'utf8')) as { id: string }).id;
}

describe('a run that expects a certain set', () => {
  const fixture = useFixture();

  it('goes on where it is, in any spelling of its id', async () => {
    const { source, set } = fixture();
    buildTree(source, { a: 'a' });
    await set.run();
    const { generation } = await set.run({ setId: idOf(set.path).toUpperCase() });
    expect(generation.state).to.equal('Complete');
    expect(await set.names()).to.have.length(2);
  });

  it('is refused where another one is, and changes nothing', async () => {
    const { source, set, sandbox } = fixture();
    buildTree(source, { a: 'a' });
    await set.run();
    const before = untouched(sandbox.root);
    const expected = randomUUID();
    const { data, message } = await refusal(set.run({ setId: expected }));
    expect(data.id).to.equal('DestinationChanged');
    expect(data.details).to.deep.equal({ expected, found: idOf(set.path) });
    expect(message).to.contain(expected).and.to.contain(idOf(set.path));
    expectSameLines(untouched(sandbox.root), before, 'after the refusal');
  });

  it('is refused by a plan as well', async () => {
    const { source, set } = fixture();
    buildTree(source, { a: 'a' });
    expect((await refusal(set.run({ setId: randomUUID(), whatIf: true }))).data.id).to.equal('DestinationChanged');
  });

  it('is refused where its disk is not mounted, so that the system disk is not filled instead', async function () {
    requires(this, 'image:ext4');
    const { source, sandbox, engine } = fixture();
    buildTree(source, { a: 'a' });
    const image = sandbox.path('disk.img');
    const disk = mountImage(image, sandbox.path('disk'), 'ext4', 8);
    for (const path of [disk, `${disk}/deep/set`]) {
      const set = new BackupSet(engine, path, source);
      await set.run();
      const setId = idOf(path);
      unmount(disk);
      const before = untouched(sandbox.root);
      const { data } = await refusal(set.run({ setId }));
      expect(data.id, path).to.equal('DestinationChanged');
      expect(data.details, path).to.deep.equal({ expected: setId });
      expectSameLines(untouched(sandbox.root), before, 'after the refusal');
      remount(image, disk, 'ext4');
      expect((await set.run({ setId })).generation.state, path).to.equal('Complete');
    }
  });
});
