import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { refusal, type BackupSet } from '../../support/backup-set.ts';
import { useFrozen, type Frozen } from '../../support/frozen.ts';
import { expectMirror } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';

const NOBODY = 65_534;

describe('snapshots without root', () => {
  const frozen = useFrozen();

  /** A set of `data`, which the account owns or not, through an engine that runs as it. */
  function asNobody({ sandbox, disk, setOf, start }: Frozen, isOwner: boolean): BackupSet {
    buildTree(disk.makeSubvolume('data'), { file: 'file' });
    const set = setOf(disk.path('data'));
    chmodSync(sandbox.root, 0o755);
    mkdirSync(sandbox.path('state'), { recursive: true });
    for (const path of [set.path, sandbox.path('state')]) chownSync(path, NOBODY, NOBODY);
    for (const path of isOwner ? ['data', 'data/file'] : []) chownSync(disk.path(path), NOBODY, NOBODY);
    const through = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
    return set.through(start({ through, environment: { HOME: sandbox.root } }));
  }

  it('of a subvolume of somebody else: a clear error, and Auto reads live', async function () {
    requires(this, 'root', 'tool:setpriv');
    const all = frozen(this);
    const set = asNobody(all, false);
    const { data, message } = await refusal(set.run({ snapshot: 'Btrfs' }));
    expect(data.id).to.equal('SnapshotNotAvailable');
    expect(message).to.contain(`only root or the owner of the subvolume '${all.disk.path('data')}' may freeze it`);
    const { generation, warnings } = await set.run({ snapshot: 'Auto' });
    expect(generation.snapshot.reason).to.contain('only root or the owner');
    expect(warnings.map(({ id }) => id)).to.deep.equal(['LiveFilesRead']);
  });

  it('of an own subvolume: only where it could be deleted again', async function () {
    requires(this, 'root', 'tool:setpriv');
    const all = frozen(this);
    const set = asNobody(all, true);
    const { data, message } = await refusal(set.run({ snapshot: 'Btrfs' }));
    expect(data.id).to.equal('SnapshotNotAvailable');
    expect(message).to.contain('user_subvol_rm_allowed');
    spawnSync('mount', ['-o', 'remount,user_subvol_rm_allowed', all.disk.root]);
    const { generation } = await set.run({ snapshot: 'Btrfs' });
    expect(generation.state).to.equal('Complete');
    expectMirror(all.disk.path('data'), set.at(generation, 'data'));
    expect(all.disk.snapshots()).to.deep.equal([]);
    expect(all.disk.journal()).to.deep.equal([]);
  });
});
