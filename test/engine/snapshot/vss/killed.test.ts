import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SnapshotJournal } from '../../../../engine/snapshot/journal.ts';
import { Mounts } from '../../../../engine/snapshot/mount.ts';
import { sweepSnapshots } from '../../../../engine/snapshot/sweep.ts';
import { VssProvider } from '../../../../engine/snapshot/vss/provider.ts';
import { pathCalls } from '../../../../engine/snapshot/vss/volumes.ts';
import { loadNative, type Native } from '../../../../native/index.ts';
import { vss } from '../../../../native/win32/vss/calls.ts';
import { sleep } from '../../../support/fixture.ts';
import { skip } from '../../../support/requires.ts';
import { VssDouble, withoutVssDouble } from '../../../support/win32/vss-double.ts';

/** What a process that the double ends gives. */
const DIED = 99;
const HOLDER = join(import.meta.dirname, '../../../support/win32/hold-vss.ts');

/** Up to the journal's note that a copy is made: persistent ones are meant to stay from there on. */
const UNTIL_MADE = [
  'CreateVssBackupComponents',
  'StartSnapshotSet',
  'PrepareForBackup.Async',
  'DoSnapshotSet',
  'DoSnapshotSet.Async',
  'GetSnapshotProperties',
];

describe('shadow copies by VSS of a process that is killed', function () {
  this.timeout(300_000);
  let double: VssDouble;
  let native: Native;

  before(async function () {
    if (withoutVssDouble !== undefined) skip(this, withoutVssDouble);
    native = await loadNative();
  });
  beforeEach(() => {
    double = new VssDouble();
    writeFileSync(join(double.source, 'file.txt'), 'content');
    double.writers('writer|Mail store', 'component|1||store|1', `file|${double.source}|*.txt|0`);
  });
  afterEach(() => double?.[Symbol.dispose]());

  const journalFolder = (): string => join(double.root, 'journal');

  function start(isPersistent: boolean): { kill(): void; exited: Promise<unknown> } {
    const args = [HOLDER, double.source, journalFolder(), isPersistent ? '1' : '0'];
    const child = spawn(process.execPath, args, { stdio: 'ignore' });
    return { kill: () => child.kill('SIGKILL'), exited: once(child, 'exit').then(([code]: unknown[]) => code) };
  }

  /** What the next start does. @returns how many entries it found */
  async function sweep(): Promise<number> {
    const journal = new SnapshotJournal(native, journalFolder());
    const found = journal.entries().length;
    const provider = new VssProvider(vss, pathCalls(native, vss), journal);
    await sweepSnapshots(journal, [provider], new Mounts(native, journal), ({ error }) =>
      expect(error).to.equal(undefined),
    );
    // The service looks after those that end with their requester.
    expect(await provider.list()).to.deep.equal([]);
    expect(journal.entries()).to.deep.equal([]);
    expect(double.left().snapshots).to.deep.equal([]);
    return found;
  }

  for (const isPersistent of [false, true])
    it(`${isPersistent ? 'that persist ' : ''}are gone after the next start, whatever the step`, async () => {
      let found = 0;
      for (const step of UNTIL_MADE) {
        double.set('DIE', step);
        expect(await start(isPersistent).exited, step).to.equal(DIED);
        double.set('DIE', '');
        found += await sweep();
        // At any other moment the double, which dies with the process as the service would not, may be half-way with one.
        expect(double.left().devices, step).to.deep.equal([]);
      }
      expect(found, 'entries that were left').to.be.at.least(2);
    });

  it('are gone after the next start, whatever the moment', async () => {
    let found = 0;
    for (let round = 0; round < 8; round++) {
      const { kill, exited } = start(false);
      if (round === 0) while (new SnapshotJournal(native, journalFolder()).entries().length === 0) await sleep(0.02);
      else await sleep(0.2 + Math.random() * 1.8);
      kill();
      await exited;
      found += await sweep();
    }
    expect(found, 'entries that were left').to.be.at.least(1);
  });
});
