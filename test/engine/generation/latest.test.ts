import { expect } from 'chai';
import { mkdirSync, readlinkSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { useFixture } from '../../support/fixture.ts';
import { expectMirror } from '../../support/oracle-mirror.ts';
import { notUnderWine } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';

describe('latest', () => {
  const fixture = useFixture();
  beforeEach(function () {
    notUnderWine(this, 'it makes no junctions');
  });

  it('is a relative symlink to the newest complete generation', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    for (let run = 0; run < 2; run++) {
      const { generation } = await set.run();
      expect(basename(readlinkSync(`${set.path}/latest`))).to.equal(generation.name);
      expectMirror(source, `${realpathSync(`${set.path}/latest`)}/source`);
    }
  });

  it('goes back when the newest one is removed', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    const first = await set.run();
    const second = await set.run();
    await set.remove([second.generation.name], { force: true });
    expect(basename(readlinkSync(`${set.path}/latest`))).to.equal(first.generation.name);
  });

  it('that leads elsewhere is replaced, never followed', async () => {
    const { set, source, sandbox } = fixture();
    buildTree(source, { a: 'a' });
    await set.run();
    mkdirSync(sandbox.path('elsewhere'));
    writeFileSync(sandbox.path('elsewhere/mine'), 'mine');
    rmSync(`${set.path}/latest`);
    symlinkSync(sandbox.path('elsewhere'), `${set.path}/latest`);
    const { generation } = await set.run();
    expect(basename(readlinkSync(`${set.path}/latest`))).to.equal(generation.name);
  });

  it('that is a real folder of the user is left alone, and said', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    await set.run();
    rmSync(`${set.path}/latest`);
    mkdirSync(`${set.path}/latest`);
    writeFileSync(`${set.path}/latest/mine`, 'mine');
    const { generation, warnings } = await set.run();
    expect(generation.state).to.equal('Complete');
    expect(realpathSync(`${set.path}/latest/mine`)).to.equal(`${realpathSync(set.path)}/latest/mine`);
    expect(warnings.length).to.be.at.least(1);
  });
});
