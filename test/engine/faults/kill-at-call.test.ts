import { expect } from 'chai';
import { renameSync, writeFileSync } from 'node:fs';
import type { BackupSet } from '../../support/backup-set.ts';
import { rewriteInPlace } from '../../support/edit.ts';
import { useFixture } from '../../support/fixture.ts';
import { countCalls, expectRecovery, killedAt, KnownGood } from '../../support/interrupted.ts';
import { requires } from '../../support/requires.ts';
import { buildMany } from '../../support/tree-everything.ts';

const CALLS = [
  ...['linkat', 'mkdirat', 'mkdir', 'renameat', 'renameat2', 'rename', 'symlinkat', 'symlink', 'write', 'fsync'],
  ...['fdatasync', 'syncfs', 'utimensat', 'fchmod', 'unlinkat', 'unlink', 'rmdir', 'openat', 'flock', 'pwrite64'],
];

/** Where most of a tree is kept and some of everything has changed. */
function change(source: string): void {
  rewriteInPlace(`${source}/folder0/file1`, 'edited');
  writeFileSync(`${source}/folder1/new`, 'new');
  renameSync(`${source}/folder2`, `${source}/moved`);
}

describe('killed at a system call @slow', () => {
  const fixture = useFixture();
  // One thread, so that it makes all the calls that are counted.
  const run = (set: BackupSet): Promise<unknown> => set.run({ workers: 1 });

  async function killAndRecover(call: string, k: number): Promise<boolean> {
    const { set, source } = fixture();
    buildMany(source, 3, 8);
    const known = new KnownGood(set).add((await set.run()).generation.name);
    change(source);
    const killed = await killedAt(call, k, run, set);
    await expectRecovery(set, known);
    return killed;
  }

  for (const [call, k] of [
    ['linkat', 20],
    ['mkdirat', 2],
    ['renameat2', 1],
    ['fsync', 3],
    ['syncfs', 1],
  ] as const) {
    it(`${call} #${k}: the set is whole and the next run Complete`, async function () {
      requires(this, 'root', 'tool:strace');
      await killAndRecover(call, k);
    });
  }

  it('early or late in the first run: what staging held is not copied again', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildMany(source, 4, 15, 5000);
    expect(await killedAt('utimensat', 50, run, set)).to.equal(true);
    const { generation } = await expectRecovery(set, new KnownGood(set));
    expect(generation.reusedFiles).to.be.at.least(30);
    expect(generation.copiedBytes).to.be.below(30 * 5000);
    expect(generation.copiedFiles + generation.reusedFiles).to.be.within(60, 61);
  });

  it('twice in a row', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildMany(source, 4, 15, 5000);
    for (const k of [20, 40]) expect(await killedAt('utimensat', k, run, set)).to.equal(true);
    const { generation } = await expectRecovery(set, new KnownGood(set));
    expect(generation.reusedFiles).to.be.at.least(10);
  });

  it('and the source changed before the next run', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildMany(source, 4, 15);
    await killedAt('utimensat', 50, run, set);
    expect(await set.names()).to.deep.equal([]);
    for (let folder = 0; folder < 3; folder++) rewriteInPlace(`${source}/folder${folder}/file1`, 'CHANGED', true);
    change(source);
    await expectRecovery(set, new KnownGood(set));
  });

  for (const call of CALLS) {
    it(`${call}: at every one of a run @slow`, async function () {
      requires(this, 'root', 'tool:strace');
      this.timeout(300_000);
      const { set, source, sandbox } = fixture();
      buildMany(source, 3, 8);
      const known = new KnownGood(set).add((await set.run()).generation.name);
      change(source);
      const total = (await countCalls([call], sandbox.path('log'), set, { workers: 1 })).get(call) ?? 0;
      known.add((await set.names()).at(-1) ?? '');
      const step = Math.max(1, Math.floor(total / 6));
      for (let k = 1; k <= total; k += step) {
        rewriteInPlace(`${source}/folder0/file1`, `edit ${k}`);
        await killedAt(call, k, run, set);
        await expectRecovery(set, known);
      }
    });
  }
});
