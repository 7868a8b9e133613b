import { expect } from 'chai';
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { BackupSet, withEngine } from '../../support/backup-set.ts';
import { EngineProcess } from '../../support/engine-process.ts';
import { sleep, until, useFixture } from '../../support/fixture.ts';
import { mountImage, remount } from '../../support/mounts.ts';
import { expectMirror, expectSameLines, frozen } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import { straceCommand } from '../../support/strace.ts';
import type { Fault } from '../../support/strace.ts';
import { buildMany } from '../../support/tree-everything.ts';

/**
 * What a power cut leaves is what the image file holds while the mounted file system still keeps the rest in memory. The
 * engine is held at a call, the image is copied, and the copy is mounted as after the next start of the machine.
 */
describe('a power cut @slow', () => {
  const fixture = useFixture();

  async function cutAt(fault: Fault, isThere: () => boolean): Promise<void> {
    const { set, source, sandbox } = fixture();
    mountImage(sandbox.path('image'), set.path, 'ext4', 32, ['-O', 'has_journal']);
    buildMany(source, 3, 6, 20_000);
    const first = await set.run();
    for (let file = 0; file < 6; file++) writeFileSync(`${source}/folder1/file${file}`, `new ${file} `.repeat(3000));
    const before = frozen(first.generation.path);
    const engine = new EngineProcess({ through: straceCommand([{ ...fault, delayBeforeMs: 1000 }]) });
    await engine.request('initialize', {});
    const running = set.through(engine).run({ workers: 1 });
    await until(isThere);
    await sleep(0.2);
    // Some other program makes the journal of the file system durable, as it does every five seconds by itself.
    writeFileSync(`${set.path}/by somebody else`, 'x', { flush: true });
    copyFileSync(sandbox.path('image'), sandbox.path('after'));
    await running;
    await engine.close();
    mkdirSync(sandbox.path('later'));
    remount(sandbox.path('after'), sandbox.path('later'), 'ext4');
    await expectWholeAfter(sandbox.path('later'), first.generation.name, before);
  }

  function hasManifest(): boolean {
    return readdirSync(`${fixture().set.path}/.mirrorbackup/manifests`).length === 2;
  }

  function isCommitted(): boolean {
    return readdirSync(fixture().set.path).filter((name) => name.endsWith('Z')).length === 2;
  }

  async function expectWholeAfter(path: string, oldest: string, before: string[]): Promise<void> {
    const { source, sandbox } = fixture();
    writeFileSync(sandbox.path('boot_id'), '00000000-1111-2222-3333-444444444444\n');
    const asAnotherBoot = `mount --bind '${sandbox.path('boot_id')}' /proc/sys/kernel/random/boot_id && exec "$@"`;
    const through = ['unshare', '--mount', 'sh', '-c', asAnotherBoot, 'sh'];
    await withEngine({ through }, async (engine) => {
      const later = new BackupSet(engine, path, source);
      expect(await later.names()).to.include(oldest);
      const { generation } = await later.run();
      expect(generation.state).to.equal('Complete');
      for (const name of await later.names()) {
        if (name === oldest) expectSameLines(frozen(`${path}/${name}`), before, 'the old generation');
        else expectMirror(source, `${path}/${name}/source`);
      }
    });
  }

  const moments: { what: string; fault: Fault; isThere: () => boolean }[] = [
    {
      what: 'while files are copied (@slow)',
      fault: { calls: ['renameat2'], when: '4' },
      isThere: () =>
        fixture()
          .set.staged()
          .some((path) => existsSync(`${path}/source/folder1/file0`)),
    },
    { what: 'before everything is flushed', fault: { calls: ['syncfs'], when: '1' }, isThere: hasManifest },
    {
      what: 'before the commit is durable (@slow)',
      fault: { calls: ['fsync', 'unlink'], when: '6+' },
      isThere: isCommitted,
    },
  ];

  for (const { what, fault, isThere } of moments) {
    it(`${what}: what is listed is whole, and the next run Complete`, async function () {
      requires(this, 'image:ext4', 'tool:strace', 'tool:unshare');
      await cutAt(fault, isThere);
    });
  }
});
