import { expect } from 'chai';
import { mkdirSync } from 'node:fs';
import { refusal } from '../../support/backup-set.ts';
import type { BackupSet } from '../../support/backup-set.ts';
import type { EngineProcess } from '../../support/engine-process.ts';
import { btrfsTool, type BtrfsDisk } from '../../support/btrfs.ts';
import { sleep } from '../../support/fixture.ts';
import { useFrozen } from '../../support/frozen.ts';
import { expectMirror } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import { straceCommand } from '../../support/strace.ts';
import { buildMany } from '../../support/tree-everything.ts';

describe('a run with a snapshot that does not come to its end', function () {
  // Two runs over ten thousand files, on a machine that may have more to do.
  this.timeout(120_000);
  const frozen = useFrozen();

  function many(disk: BtrfsDisk): string {
    // Enough to be busy with for a while after the first progress.
    buildMany(disk.makeSubvolume('data'), 40, 250, 500);
    return disk.path('data');
  }

  /** Resolves when the engine has begun to copy. */
  function copying(engine: EngineProcess): Promise<void> {
    return new Promise((resolve) => {
      engine.onNote = ({ method, params }) => {
        if (method === 'progress' && params['phase'] === 'Copying') resolve();
      };
    });
  }

  function expectNothingLeft(disk: BtrfsDisk): void {
    expect(disk.snapshots(), 'snapshots').to.deep.equal([]);
    expect(disk.journal(), 'journal').to.deep.equal([]);
    expect(disk.locks(), 'locks').to.deep.equal([]);
  }

  async function expectNextIsWhole(set: BackupSet, source: string): Promise<void> {
    const { generation } = await set.run({ snapshot: 'Btrfs' });
    expect(generation.state).to.equal('Complete');
    expectMirror(source, set.at(generation, 'data'));
  }

  it('cancelled: the snapshot is given back', async function () {
    const { disk, setOf } = frozen(this);
    const set = setOf(many(disk));
    const begun = copying(set.engine);
    const params = { setPath: set.path, sources: set.sources, snapshot: 'Btrfs', workers: 1 };
    const { id, answer } = set.engine.start('createGeneration', params);
    const outcome = refusal(answer);
    await begun;
    set.engine.notify('$/cancelRequest', { id });
    expect((await outcome).data.id).to.equal('Cancelled');
    expectNothingLeft(disk);
  });

  for (const how of ['its input ends', 'SIGTERM', 'SIGHUP'] as const) {
    it(`${how}: the snapshot is given back`, async function () {
      const { disk, setOf } = frozen(this);
      const set = setOf(many(disk));
      await set.engine.request('initialize', {});
      const begun = copying(set.engine);
      const outcome = set.run({ snapshot: 'Btrfs' }).catch(() => undefined);
      await begun;
      if (how === 'its input ends') set.engine.process.stdin?.end();
      else set.engine.process.kill(how);
      await Promise.all([outcome, set.engine.exited]);
      expectNothingLeft(disk);
    });
  }

  it('killed while it copies: the snapshot stays, and the next start removes it', async function () {
    const { disk, setOf, start } = frozen(this);
    const set = setOf(many(disk));
    const begun = copying(set.engine);
    const outcome = set.run({ snapshot: 'Btrfs' }).catch(() => undefined);
    await begun;
    set.engine.kill();
    await Promise.all([outcome, set.engine.exited]);
    expect(disk.snapshots()).to.have.length(1);
    expect(disk.journal()).to.have.length(1);
    await expectNextIsWhole(set.through(start()), disk.path('data'));
    expectNothingLeft(disk);
  });

  it('killed at random moments: one start is enough to leave nothing', async function () {
    this.timeout(120_000);
    const { disk, setOf, start } = frozen(this);
    const set = setOf(many(disk));
    let left = 0;
    for (let round = 0; round < 10; round++) {
      const engine = start();
      await engine.request('initialize', {});
      const outcome = set
        .through(engine)
        .run({ snapshot: 'Btrfs', comparison: 'Content' })
        .catch(() => undefined);
      await sleep(0.03 + Math.random() * 0.6);
      engine.kill();
      await Promise.all([outcome, engine.exited]);
      left += disk.snapshots().length;
      if (round % 3 === 2) {
        disk.age();
        await expectNextIsWhole(set.through(start()), disk.path('data'));
        expectNothingLeft(disk);
      }
    }
    disk.age();
    await expectNextIsWhole(set, disk.path('data'));
    expectNothingLeft(disk);
    expect(left, 'rounds that left a snapshot').to.be.at.least(1);
  });

  for (const [call, most] of [
    ['ioctl', 6],
    ['mkdir', 6],
    ['rmdir', 1],
  ] as const) {
    it(`killed at any ${call}: the next start leaves nothing @slow`, async function () {
      requires(this, 'tool:strace');
      this.timeout(120_000);
      const { disk, setOf, start } = frozen(this);
      mkdirSync(disk.makeSubvolume('data') + '/folder');
      const set = setOf(disk.path('data'));
      await set.run({ snapshot: 'Btrfs' });
      let killed = 0;
      for (let k = 1; k <= most; k++) {
        const engine = start({ through: straceCommand([{ calls: [call], signal: 'KILL', when: String(k) }]) });
        await set
          .through(engine)
          .run({ snapshot: 'Btrfs' })
          .catch(() => killed++);
        await engine.close();
        await expectNextIsWhole(set.through(start()), disk.path('data'));
        expectNothingLeft(disk);
      }
      expect(killed).to.be.at.least(1);
    });
  }

  it('a snapshot that is deleted meanwhile ends it Incomplete; nothing is read live', async function () {
    const { disk, setOf } = frozen(this);
    const source = many(disk);
    const set = setOf(source);
    const begun = copying(set.engine);
    const outcome = refusal(set.run({ snapshot: 'Btrfs', requireSnapshot: true }));
    await begun;
    const [snapshot = ''] = disk.snapshots();
    btrfsTool('subvolume', 'delete', disk.path(snapshot));
    expect((await outcome).data).to.include({ id: 'SnapshotLost', retryable: true });
    expect(await set.names()).to.deep.equal([]);
    expect(await set.names({ state: 'Incomplete' })).to.have.length(1);
    expectNothingLeft(disk);
    await expectNextIsWhole(set, source);
  });

  it('the snapshot of an engine that runs is left alone by others', async function () {
    const { disk, setOf, start, sandbox } = frozen(this);
    const set = setOf(many(disk));
    const begun = copying(set.engine);
    const outcome = set.run({ snapshot: 'Btrfs' });
    await begun;
    mkdirSync(sandbox.path('other set'));
    const other = await start().request<{ state: string }>('createGeneration', {
      setPath: sandbox.path('other set'),
      sources: [{ path: disk.path('data') }],
      snapshot: 'Btrfs',
    });
    expect(other.state).to.equal('Complete');
    expect((await outcome).generation.state).to.equal('Complete');
    expectNothingLeft(disk);
  });
});
