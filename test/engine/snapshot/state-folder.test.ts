import { expect } from 'chai';
import { chmodSync, chownSync, lchownSync, mkdirSync, renameSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { refusal } from '../../support/backup-set.ts';
import { useFrozen, type Frozen } from '../../support/frozen.ts';
import { buildTree } from '../../support/tree-everything.ts';

const SOMEBODY = 12_345;

describe('the journal of snapshots', () => {
  const frozen = useFrozen();

  /** A machine whose journal names a snapshot that a killed engine has left. */
  async function withLeftover({ disk, setOf, start }: Frozen): Promise<string> {
    buildTree(disk.makeSubvolume('data'), { file: 'file' });
    const engine = start();
    const held = engine.start('holdShadowCopies', {
      volumes: [disk.path('data')],
      withWriters: false,
      timeoutSeconds: 60,
    });
    const ended = held.answer.catch(() => undefined);
    await new Promise<void>((resolve) => {
      engine.onNote = ({ method }) => {
        if (method === 'shadowCopies') resolve();
      };
    });
    engine.kill();
    await Promise.all([ended, engine.exited]);
    expect(disk.snapshots()).to.have.length(1);
    return setOf(disk.path('data')).path;
  }

  for (const [what, plant, reason] of [
    ['belongs to another user', (state: string) => chownSync(state, SOMEBODY, SOMEBODY), 'belongs to user 12345'],
    ['can be written by others', (state: string) => chmodSync(state, 0o777), 'others may write to it (mode 0777)'],
    [
      'has a part of another user',
      (state: string) => chownSync(join(state, 'snapshots'), SOMEBODY, SOMEBODY),
      'belongs to user 12345',
    ],
    [
      'is a link of another user',
      (state: string) => {
        renameSync(state, `${state}.real`);
        symlinkSync(`${state}.real`, state);
        lchownSync(state, SOMEBODY, SOMEBODY);
      },
      'belongs to user 12345',
    ],
  ] as const)
    it(`is not believed when its folder ${what}: nothing is removed, no snapshot made`, async function () {
      const machine = frozen(this);
      const { disk, setOf, start } = machine;
      await withLeftover(machine);
      plant(disk.environment['MIRRORBACKUP_STATE'] ?? '');
      const set = setOf(disk.path('data')).through(start());
      const refused = await refusal(set.run({ snapshot: 'Btrfs' }));
      expect(refused.data.id).to.equal('StateFolderUntrusted');
      expect(refused.message).to.contain(reason);
      const { generation, warnings } = await set.run({ snapshot: 'Auto' });
      expect(generation.state).to.equal('Complete');
      expect(warnings.map(({ id, message }) => [id, message.includes(reason)])).to.deep.equal([
        ['LiveFilesRead', true],
      ]);
      const engine = start();
      const { actions } = await engine.request<{ actions: { done: boolean; reason: string }[] }>('repairSet', {
        removeStaging: false,
        whatIf: false,
      });
      expect(actions.map(({ done, reason: said }) => [done, said.includes(reason)])).to.deep.equal([[false, true]]);
      expect(disk.snapshots()).to.have.length(1);
    });

  it('is for its account only', async function () {
    const machine = frozen(this);
    await withLeftover(machine);
    const state = machine.disk.environment['MIRRORBACKUP_STATE'] ?? '';
    for (const part of ['', 'snapshots', 'processes', 'scratch'])
      expect(statSync(join(state, part)).mode & 0o777, part).to.equal(0o700);
    mkdirSync(join(state, 'snapshots', 'no entry'));
    await machine.setOf(machine.disk.path('data')).run({ snapshot: 'Btrfs' });
    expect(machine.disk.snapshots()).to.deep.equal([]);
  });
});
