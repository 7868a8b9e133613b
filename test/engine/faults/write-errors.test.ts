import { expect } from 'chai';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { EngineProcess } from '../../support/engine-process.ts';
import { refusal, withEngine } from '../../support/backup-set.ts';
import { until, useFixture } from '../../support/fixture.ts';
import { expectRecovery, KnownGood } from '../../support/interrupted.ts';
import { mountImage, remount, unmount } from '../../support/mounts.ts';
import { requires } from '../../support/requires.ts';
import { straceCommand } from '../../support/strace.ts';
import { writeAllocated } from '../../support/tree-special.ts';
import { buildMany, buildTree } from '../../support/tree-everything.ts';

const MiB = 1024 * 1024;

describe('a destination that stops taking data', () => {
  const fixture = useFixture();

  for (const [error, slow] of [
    ['ENOSPC', ''],
    ['EDQUOT', ' @slow'],
  ] as const) {
    it(`${error} on write ends the run with DestinationFull; the next one goes on${slow}`, async function () {
      requires(this, 'root', 'tool:strace');
      const { set, source } = fixture();
      buildTree(source, { a: 'a' });
      const known = new KnownGood(set);
      for (let run = 0; run < 3; run++) known.add((await set.run()).generation.name);
      buildMany(source, 2, 10, 3000);
      // Three runs in a second: the next name follows from the last one and not from the clock.
      const { name } = (await set.run({ whatIf: true })).generation;
      const copies = [1, 2, 3, 4].map((thread) => `${set.path}/.mirrorbackup/work/${name}/temporary/copy-${thread}`);
      const through = straceCommand([{ calls: ['write', 'pwrite64', 'copy_file_range'], error, when: '4+' }], copies);
      await withEngine({ through }, async (engine) => {
        const { data } = await refusal(set.through(engine).run());
        expect(data).to.include({ id: 'DestinationFull', category: 'ResourceUnavailable', retryable: true });
      });
      const { generation } = await expectRecovery(set, known);
      expect(generation.reusedFiles).to.be.at.least(3);
    });
  }

  it('a full disk: what is missing is said, old generations stay, and the next run goes on', async function () {
    requires(this, 'image:ext4');
    this.timeout(30_000);
    const { set, source, sandbox } = fixture();
    mountImage(sandbox.path('image'), set.path, 'ext4', 24);
    buildMany(source, 2, 10, 50_000);
    const known = new KnownGood(set).add((await set.run()).generation.name);
    writeAllocated(`${set.path}/ballast`, 14 * MiB);
    buildMany(`${source}/more`, 4, 10, 300_000);
    const { data } = await refusal(set.run());
    expect(data).to.include({ id: 'DestinationFull', category: 'ResourceUnavailable', retryable: true });
    const missing = Object.entries(data.details ?? {}).find(([name]) => /missing/iu.test(name))?.[1];
    expect(missing).to.be.a('number').that.is.greaterThan(0);
    await known.expectIntact();
    rmSync(`${set.path}/ballast`);
    const { generation } = await expectRecovery(set, known);
    expect(generation.copiedFiles + generation.reusedFiles).to.equal(40);
  });

  it('a file system that turns read-only: an error, and the next run after the repair is Complete', async function () {
    requires(this, 'image:ext4', 'tool:strace');
    this.timeout(30_000);
    const { set, source, sandbox } = fixture();
    mountImage(sandbox.path('image'), set.path, 'ext4', 32);
    buildMany(source, 2, 10, 1000);
    const known = new KnownGood(set).add((await set.run()).generation.name);
    execFileSync('sync', ['-f', set.path]);
    for (let file = 0; file < 10; file++) writeFileSync(`${source}/folder1/new${file}`, 'new');
    const through = straceCommand([{ calls: ['openat'], delayBeforeMs: 600, when: '1' }], ['new5']);
    const engine = new EngineProcess({ through });
    const answer = refusal(set.through(engine).run({ workers: 1 }));
    await until(() => set.staged().some((path) => existsSync(`${path}/source/folder1/new4`)));
    execFileSync('mount', ['-o', 'remount,abort', set.path], { stdio: 'ignore' });
    const { data } = await answer;
    expect(data.id).to.be.oneOf(['DestinationNotWritable', 'DestinationFull']);
    expect(data.native?.name).to.be.oneOf(['EROFS', 'EIO']);
    await engine.close();
    unmount(set.path);
    spawnSync('e2fsck', ['-fy', sandbox.path('image')]);
    remount(sandbox.path('image'), set.path, 'ext4');
    await expectRecovery(set, known);
  });
});
