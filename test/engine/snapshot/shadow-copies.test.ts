import { expect } from 'chai';
import { existsSync, mkdirSync, readFileSync, readlinkSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { refusal } from '../../support/backup-set.ts';
import type { BtrfsDisk } from '../../support/btrfs.ts';
import type { EngineProcess } from '../../support/engine-process.ts';
import { sleep, until } from '../../support/fixture.ts';
import { useFrozen } from '../../support/frozen.ts';
import { buildTree } from '../../support/tree-everything.ts';

interface ShadowCopy {
  id: string;
  kind: string;
  volume: string;
  devicePath: string;
  persistent: boolean;
  mounts: string[];
}

describe('shadow copies', () => {
  const frozen = useFrozen();

  const make = async (engine: EngineProcess, ...volumes: string[]): Promise<ShadowCopy[]> =>
    (await engine.request<{ shadowCopies: ShadowCopy[] }>('newShadowCopies', { volumes })).shadowCopies;
  const list = async (engine: EngineProcess): Promise<ShadowCopy[]> =>
    (await engine.request<{ shadowCopies: ShadowCopy[] }>('getShadowCopies', {})).shadowCopies;
  const change = async (engine: EngineProcess, method: string, params: object): Promise<ShadowCopy> =>
    (await engine.request<{ shadowCopy: ShadowCopy }>(method, params)).shadowCopy;

  function data(disk: BtrfsDisk): string {
    buildTree(disk.makeSubvolume('data'), { file: 'then' });
    return disk.path('data');
  }

  it('outlive the engine, keep what was, and go when they are removed', async function () {
    const { disk, start } = frozen(this);
    const source = data(disk);
    const first = start();
    const [copy] = await make(first, source);
    await first.close();
    writeFileSync(`${source}/file`, 'now');
    const engine = start();
    const listed = await list(engine);
    expect(listed).to.deep.equal([copy]);
    expect(listed[0]).to.include({ kind: 'Btrfs', volume: source, persistent: true });
    expect(readFileSync(`${listed[0]?.devicePath}/file`, 'utf8')).to.equal('then');
    await change(engine, 'removeShadowCopy', { id: listed[0]?.id });
    expect(await list(engine)).to.deep.equal([]);
    expect([disk.snapshots(), disk.journal(), disk.locks()]).to.deep.equal([[], [], []]);
  });

  it('of folders in one subvolume are one', async function () {
    const { disk, start } = frozen(this);
    const source = data(disk);
    mkdirSync(`${source}/folder`);
    expect(await make(start(), source, `${source}/folder`)).to.have.length(1);
  });

  it('are mounted by links, which go with them', async function () {
    const { disk, start, sandbox } = frozen(this);
    const engine = start();
    const [copy] = await make(engine, data(disk));
    const id = copy?.id;
    for (const link of ['one', 'two']) await change(engine, 'mountShadowCopy', { id, path: sandbox.path(link) });
    expect((await list(engine))[0]?.mounts).to.deep.equal([sandbox.path('one'), sandbox.path('two')]);
    expect(readFileSync(sandbox.path('one/file'), 'utf8')).to.equal('then');
    await change(engine, 'dismountShadowCopy', { id, mount: sandbox.path('one') });
    expect(existsSync(sandbox.path('one'))).to.equal(false);
    await change(engine, 'removeShadowCopy', { id });
    expect(existsSync(sandbox.path('two'))).to.equal(false);
  });

  it('leave alone what took the place of their link', async function () {
    const { disk, start, sandbox } = frozen(this);
    const engine = start();
    const [copy] = await make(engine, data(disk));
    await change(engine, 'mountShadowCopy', { id: copy?.id, path: sandbox.path('link') });
    unlinkSync(sandbox.path('link'));
    symlinkSync('/tmp', sandbox.path('link'));
    await change(engine, 'removeShadowCopy', { id: copy?.id });
    expect(readlinkSync(sandbox.path('link'))).to.equal('/tmp');
  });

  it('bad requests are one clear error each, and change nothing', async function () {
    const { disk, start, sandbox } = frozen(this);
    const engine = start();
    const [copy] = await make(engine, data(disk));
    const id = copy?.id;
    writeFileSync(sandbox.path('taken'), 'mine');
    for (const [method, params, error] of [
      ['newShadowCopies', { volumes: [sandbox.path('nowhere')] }, 'FolderNotFound'],
      ['newShadowCopies', { volumes: [sandbox.root] }, 'SnapshotNotAvailable'],
      ['newShadowCopies', { volumes: [disk.path('data'), sandbox.root] }, 'SnapshotNotAvailable'],
      ['removeShadowCopy', { id: 'unknown' }, 'ShadowCopyNotFound'],
      ['mountShadowCopy', { id: 'unknown', path: sandbox.path('x') }, 'ShadowCopyNotFound'],
      ['mountShadowCopy', { id, path: sandbox.path('taken') }, 'MountFailed'],
      ['mountShadowCopy', { id, path: sandbox.path('no/folder') }, 'MountFailed'],
      ['mountShadowCopy', { id, driveLetter: 'X' }, 'MountFailed'],
      ['mountShadowCopy', { id }, 'InvalidParameter'],
      ['dismountShadowCopy', { id, mount: sandbox.path('taken') }, 'MountNotFound'],
    ] as const)
      expect((await refusal(engine.request(method, params))).data.id, JSON.stringify(params)).to.equal(error);
    expect(await list(engine)).to.deep.equal([copy]);
    expect(readFileSync(sandbox.path('taken'), 'utf8')).to.equal('mine');
    expect(disk.snapshots()).to.have.length(1);
  });

  for (const how of ['cancelled', 'its input ends', 'SIGTERM', 'killed'] as const) {
    it(`held ones are given back when the request is ${how}`, async function () {
      const { disk, start } = frozen(this);
      const engine = start();
      await engine.request('initialize', {});
      const { id, answer } = engine.start('holdShadowCopies', { volumes: [data(disk)] });
      const outcome = answer.catch((error: unknown) => error);
      await until(() => engine.notes.some(({ method }) => method === 'shadowCopies'));
      expect((await list(start())).map(({ persistent }) => persistent)).to.deep.equal([false]);
      if (how === 'cancelled') engine.notify('$/cancelRequest', { id });
      else if (how === 'its input ends') engine.process.stdin?.end();
      else engine.process.kill(how === 'killed' ? 'SIGKILL' : how);
      await outcome;
      if (how === 'killed') {
        expect(disk.snapshots()).to.have.length(1);
        await engine.exited;
        const { actions } = await start().request<{ actions: object[] }>('repairSet', {});
        expect(actions).to.have.length(1);
      }
      expect([disk.snapshots(), disk.journal(), disk.locks()]).to.deep.equal([[], [], []]);
    });
  }

  it('held ones stay although the input was there all at once, and are given back when it is ended', async function () {
    const { disk, start } = frozen(this);
    const engine = start();
    const { answer } = engine.start('holdShadowCopies', { volumes: [data(disk)] });
    const outcome = answer.catch((error: unknown) => error);
    engine.process.stdin?.end();
    await until(() => engine.notes.some(({ method }) => method === 'shadowCopies'));
    await sleep(0.2);
    expect(engine.process.exitCode).to.equal(null);
    engine.process.kill('SIGTERM');
    await Promise.all([outcome, engine.exited]);
    expect([disk.snapshots(), disk.journal(), disk.locks()]).to.deep.equal([[], [], []]);
  });

  it('a journal that cannot be written stops it before anything is made', async function () {
    const { disk, start, sandbox } = frozen(this);
    writeFileSync(sandbox.path('no folder'), '');
    const engine = start({ environment: { MIRRORBACKUP_STATE: sandbox.path('no folder') } });
    const { data: error } = await refusal(engine.request('newShadowCopies', { volumes: [data(disk)] }));
    expect(error.id).to.equal('SnapshotFailed');
    expect(disk.snapshots()).to.deep.equal([]);
  });
});
