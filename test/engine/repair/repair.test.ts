import { expect } from 'chai';
import { existsSync, mkdirSync } from 'node:fs';
import { refusal, type BackupSet } from '../../support/backup-set.ts';
import { EngineProcess } from '../../support/engine-process.ts';
import { useFixture } from '../../support/fixture.ts';
import { useFrozen } from '../../support/frozen.ts';
import { expectNothingUnfinished } from '../../support/interrupted.ts';
import { buildMany, buildTree } from '../../support/tree-everything.ts';

interface Action {
  kind: string;
  path: string;
  action: string;
  done: boolean;
}

const repair = async (set: BackupSet, params: object = {}): Promise<string[][]> => {
  const { actions } = await set.engine.request<{ actions: Action[] }>('repairSet', { setPath: set.path, ...params });
  return actions.map(({ kind, action, done }) => [kind, action, done ? 'done' : 'not done']);
};

describe('repairing a set', () => {
  const fixture = useFixture();

  async function interrupt(set: BackupSet): Promise<void> {
    const engine = new EngineProcess();
    const copying = new Promise<void>((resolve) => {
      engine.onNote = ({ params }) => {
        if (params['phase'] === 'Copying') resolve();
      };
    });
    const outcome = set
      .through(engine)
      .run({ snapshot: 'None' })
      .catch(() => undefined);
    await copying;
    engine.kill();
    await Promise.all([outcome, engine.exited]);
  }

  it('that is whole does nothing', async () => {
    const { set, source } = fixture();
    buildTree(source, { file: 'file' });
    await set.run({ snapshot: 'None' });
    expect(await repair(set)).to.deep.equal([]);
  });

  it('keeps what an interrupted run has copied, until that is to go', async () => {
    const { set, source } = fixture();
    buildMany(source, 20, 100, 500);
    await interrupt(set);
    expect(await repair(set, { whatIf: true })).to.deep.equal([['Staging', 'Keep', 'not done']]);
    expect(await repair(set)).to.deep.equal([['Staging', 'Keep', 'not done']]);
    expect(set.staged()).to.have.length(1);
    expect(await repair(set, { removeStaging: true, whatIf: true })).to.deep.equal([['Staging', 'Remove', 'not done']]);
    expect(set.staged()).to.have.length(1);
    expect(await repair(set, { removeStaging: true })).to.deep.equal([['Staging', 'Remove', 'done']]);
    expectNothingUnfinished(set);
    expect(await repair(set)).to.deep.equal([]);
  });

  it('empties the trash', async () => {
    const { set, source } = fixture();
    buildTree(source, { file: 'file' });
    await set.run({ snapshot: 'None' });
    const trash = `${set.path}/.mirrorbackup/trash/2020-01-01T000000Z`;
    mkdirSync(`${trash}/folder`, { recursive: true });
    expect(await repair(set, { whatIf: true })).to.deep.equal([['Trash', 'Remove', 'not done']]);
    expect(existsSync(trash)).to.equal(true);
    expect(await repair(set)).to.deep.equal([['Trash', 'Remove', 'done']]);
    expect(existsSync(trash)).to.equal(false);
  });

  it('that is none is an error', async () => {
    expect((await refusal(repair(fixture().set))).data.id).to.equal('SetNotFound');
  });
});

describe('repairing a machine', () => {
  const frozen = useFrozen();

  it('removes snapshots of killed engines with their links, and no others', async function () {
    const { disk, start, setOf, sandbox } = frozen(this);
    buildTree(disk.makeSubvolume('data'), { file: 'file' });
    disk.makeSubvolume('data/foreign');
    const set = setOf(disk.path('data'));
    const volumes = [disk.path('data')];
    await set.engine.request('newShadowCopies', { volumes });
    const engine = start();
    const held = new Promise<{ shadowCopies: { id: string }[] }>((resolve) => {
      engine.onNote = ({ method, params }) => {
        if (method === 'shadowCopies') resolve(params as unknown as { shadowCopies: { id: string }[] });
      };
    });
    engine.start('holdShadowCopies', { volumes }).answer.catch(() => undefined);
    const { shadowCopies } = await held;
    await set.engine.request('mountShadowCopy', { id: shadowCopies[0]?.id, path: sandbox.path('link') });
    expect(await repair(set, { setPath: undefined })).to.deep.equal([]);
    engine.kill();
    await engine.exited;
    expect(await repair(set, { setPath: undefined, whatIf: true })).to.deep.equal([['Snapshot', 'Remove', 'not done']]);
    expect(disk.snapshots()).to.have.length(2);
    expect(await repair(set, { setPath: undefined })).to.deep.equal([['Snapshot', 'Remove', 'done']]);
    expect(disk.snapshots()).to.have.length(1);
    expect(existsSync(sandbox.path('link'))).to.equal(false);
    expect(disk.subvolumes()).to.include('data/foreign');
  });
});
