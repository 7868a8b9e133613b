import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { EngineError } from '../../../../engine/errors/engine-error.ts';
import { SnapshotJournal, type SnapshotEntry } from '../../../../engine/snapshot/journal.ts';
import { Mounts } from '../../../../engine/snapshot/mount.ts';
import { sweepSnapshots } from '../../../../engine/snapshot/sweep.ts';
import type { VssByTool } from '../../../../engine/snapshot/vss/by-tool.ts';
import { loadNative } from '../../../../native/index.ts';
import { sleep, until } from '../../../support/fixture.ts';
import { requires } from '../../../support/requires.ts';
import {
  create,
  request,
  volumeC,
  volumeD,
  VssToolSandbox,
  WatchedJournal,
} from '../../../support/vss-tool-sandbox.ts';

const both = [{ path: 'C:\\data' }, { path: 'D:\\' }, { path: 'C:\\more' }];

describe('shadow copies by the programs of Windows', () => {
  let sandbox: VssToolSandbox;
  let journal: WatchedJournal;
  let provider: VssByTool;

  beforeEach(() => {
    sandbox = new VssToolSandbox();
    journal = new WatchedJournal(sandbox);
    provider = sandbox.provider(journal);
  });
  afterEach(() => sandbox[Symbol.dispose]());

  function expectNothingLeft(): void {
    expect(sandbox.copies, 'copies').to.deep.equal([]);
    expect([...journal.entries.values()], 'journal').to.deep.equal([]);
    expect(sandbox.scratch, 'scratch').to.deep.equal([]);
  }

  /** The journal's one entry, of copies whose program did not come to its end. */
  function leftover(): SnapshotEntry {
    const entries = [...journal.entries.values()];
    expect(entries).to.have.length(1);
    return entries[0];
  }

  for (const withWriters of [false, true])
    it(`are made ${withWriters ? 'with writers by diskshadow' : 'by WMI'}, read, and deleted`, async () => {
      const snapshot = await create(provider, { sources: both, withWriters });
      const maker = withWriters ? 'diskshadow' : 'powershell';
      expect(sandbox.calls).to.deep.equal(['powershell list', `${maker} create`, 'powershell list']);
      expect(sandbox.copies.map(({ volume }) => volume)).to.deep.equal([volumeC, volumeD]);
      const [c, d] = sandbox.copies.map(({ id }) => id.toLowerCase());
      const device = '\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy';
      expect(snapshot.sources).to.deep.equal([
        { path: 'C:\\data', readPath: `${device}1\\data`, snapshotId: c },
        { path: 'D:\\', readPath: `${device}2\\`, snapshotId: d },
        { path: 'C:\\more', readPath: `${device}1\\more`, snapshotId: c },
      ]);
      expect(snapshot.warnings.map(({ id }) => id)).to.deep.equal(withWriters ? ['SnapshotWritersNotTold'] : []);
      expect(Date.now() - snapshot.createdAt.getTime()).to.be.within(-1000, 20_000);
      expect((await provider.list()).map(({ owner, volume }) => [owner, volume])).to.deep.equal([
        ['MirrorBackup (test)', volumeC],
        ['MirrorBackup (test)', volumeD],
      ]);
      await snapshot.check();
      expect(await snapshot.complete(true)).to.deep.equal([]);
      await snapshot.release();
      await snapshot.release();
      expectNothingLeft();
    });

  it('are written down before they are made, and then with their ids', async () => {
    const snapshot = await create(provider, { persistent: true });
    const [before, ...after] = journal.written;
    expect(before?.copies).to.equal(0);
    expect(before?.entry).to.include({ state: 'Making', volume: volumeC, devicePath: '' });
    expect(JSON.parse(before?.entry.facts['volumes'] ?? '')).to.deep.equal([volumeC]);
    expect(after.at(-1)?.entry).to.include({ state: 'Made', persistent: true, id: snapshot.sources[0]?.snapshotId });
    expect(leftover().id).to.equal(snapshot.sources[0]?.snapshotId);
    await provider.remove(leftover().id.toUpperCase());
    expectNothingLeft();
  });

  it('are not made where they cannot be written down', async () => {
    journal.begin = () => {
      throw new EngineError('SnapshotFailed', { message: 'The disk is full.' });
    };
    expect((await failure(create(provider))).message).to.equal('The disk is full.');
    expect(sandbox.calls).to.deep.equal(['powershell list']);
    expectNothingLeft();
  });

  it('without diskshadow are made without writers, which is said', async () => {
    const snapshot = await create(sandbox.provider(journal, { diskshadow: false }), { withWriters: true });
    expect(snapshot.warnings.map(({ id }) => id)).to.deep.equal(['SnapshotWithoutWriters']);
    await snapshot.release();
    expectNothingLeft();
  });

  for (const [what, behaviour, text] of [
    [
      'a documented answer',
      { exit: 3, says: 'ReturnValue 6\n' },
      /exe ended with 3: the shadow storage has no room \(/,
    ],
    ['an unknown answer', { exit: 3, says: 'ReturnValue 77\n' }, /unknown failure .*77/],
    [
      'an error text',
      { exit: 1, says: 'Zugriff verweigert.\n' },
      /powershell\.exe ended with 1: Zugriff verweigert\.$/,
    ],
    ['nothing', { exit: 5 }, /powershell\.exe ended with 5\.$/],
    ['half of the copies', { exit: 7, copies: 1 }, /powershell\.exe ended with 7/],
    ['half of the copies and no error', { copies: 1 }, /no shadow copy of .*44\}\\ was found/],
  ] as const)
    it(`of a program that ends with ${what} fail, and nothing is left`, async () => {
      sandbox.behave({ create: behaviour });
      const error = await failure(create(provider, { sources: both }));
      expect(error.id).to.equal('SnapshotFailed');
      expect(error.message).to.match(text);
      expectNothingLeft();
    });

  it('that run into the time-out are deleted when the program has said their id', async () => {
    sandbox.behave({ create: { hang: 'after' } });
    const error = await failure(create(provider, { timeoutSeconds: 3 }));
    expect(error.message).to.contain('took too long');
    expectNothingLeft();
  });

  it('that are cancelled are waited for a while, and deleted', async () => {
    sandbox.behave({ create: { hang: 'after' } });
    const cancel = new AbortController();
    const failed = failure(create(provider, {}, cancel.signal));
    await until(() => sandbox.copies.length > 0, 30);
    // Its output may still be on the way.
    await sleep(0.3);
    const began = Date.now();
    cancel.abort();
    expect((await failed).id).to.equal('Cancelled');
    expect(Date.now() - began).to.be.lessThan(8000);
    expectNothingLeft();
    expect((await failure(create(provider, {}, AbortSignal.abort()))).id).to.equal('Cancelled');
    expectNothingLeft();
  });

  it('that an ended program may still bring about are looked for later', async () => {
    sandbox.behave({ create: { hang: 'before' } });
    const error = await failure(create(provider, { timeoutSeconds: 0.5 }));
    expect(error.message).to.contain('took too long');
    const entry = leftover();
    expect((await failure(provider.remove(entry.id))).message).to.contain('may still come into being');
    passTime(entry);
    await provider.remove(entry.id);
    expectNothingLeft();
  });

  it('that may be of another program are named, and left alone', async () => {
    sandbox.behave({ create: { hang: 'after', mute: true } });
    await failure(create(provider, { timeoutSeconds: 3 }));
    const entry = leftover();
    const [copy] = sandbox.copies;
    passTime(entry);
    const error = await failure(provider.remove(entry.id));
    expect(error.message).to.contain(copy?.id.toLowerCase());
    expect(error.hint).to.contain(`Remove-ShadowCopy '${copy?.id.toLowerCase()}'`);
    expect(sandbox.copies).to.have.length(1);
    // Said once; and a user who says so may remove it.
    expect(journal.find(entry.id)).to.equal(undefined);
    const [listed] = await provider.list();
    expect(listed?.owner).to.contain('or another program');
    expect(journal.find(listed?.id ?? '')).to.include({ persistent: true, state: 'Made' });
    await provider.remove(listed?.id ?? '');
    expectNothingLeft();
  });

  it('that cannot be deleted stay in the journal', async () => {
    const snapshot = await create(provider);
    sandbox.behave({ delete: { exit: 1, says: 'in use' } });
    await snapshot.release();
    expect((await failure(provider.remove(leftover().id))).message).to.contain('in use');
    sandbox.behave({});
    await provider.remove(leftover().id);
    expectNothingLeft();
  });

  it('of others are listed, and never removed', async () => {
    const device = '\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy1';
    const id = '{11111111-2222-3333-4444-55555555555A}';
    const other = { id, volume: volumeC, device, time: '2026-01-02T03:04:05.0000000Z' };
    sandbox.copies = [other];
    const [listed] = await provider.list();
    expect(listed).to.include({ owner: 'another program', createdAt: '2026-01-02T03:04:05.000Z' });
    expect((await failure(provider.remove(id))).id).to.equal('ShadowCopyNotOurs');
    for (const unknown of ['x', '{11111111-2222-3333-4444-555555555550}'])
      expect((await failure(provider.remove(unknown))).id).to.equal('ShadowCopyNotFound');
    await (await create(provider)).release();
    expect(sandbox.copies).to.deep.equal([other]);
  });

  it('that are lost are noticed', async () => {
    const snapshot = await create(provider);
    sandbox.copies = [];
    expect((await failure(snapshot.check())).id).to.equal('SnapshotLost');
    await snapshot.release();
    expectNothingLeft();
  });

  it('are said to be unavailable before anything is made', async () => {
    expect(await provider.unavailable(request())).to.equal(undefined);
    const share = await provider.unavailable(request({ sources: [{ path: '\\\\server\\share' }] }));
    expect(share?.reason).to.contain('file server');
    expect((await provider.unavailable(request({ crossMount: true })))?.reason).to.contain('mounted inside');
    expect((await failure(create(provider, { sources: [{ path: 'Q:\\x' }] }))).message).to.contain('PATH_NOT_FOUND');
    sandbox.behave({ list: { exit: 1, says: 'Access denied' } });
    expect((await provider.unavailable(request()))?.reason).to.match(/^no shadow copy .* 1: Access denied$/);
    expect((await failure(create(provider))).message).to.contain('Access denied');
    expectNothingLeft();
  });

  it('of a process that is killed at random moments are deleted by the next one', async function () {
    requires(this, 'linux');
    this.timeout(120_000);
    const native = await loadNative();
    const folder = join(sandbox.root, 'journal');
    const helper = join(import.meta.dirname, '../../../support/hold-vss-by-tool.ts');
    let left = 0;
    for (let round = 0; round < 8; round++) {
      const child = spawn(process.execPath, [helper, sandbox.root, folder], { stdio: 'ignore' });
      const ended = once(child, 'exit');
      if (round === 0) while (new SnapshotJournal(native, folder).entries().length === 0) await sleep(0.02);
      else await sleep(0.1 + Math.random() * 0.9);
      child.kill('SIGKILL');
      await ended;
      // What it has started goes on without it.
      while (!sandbox.isQuiet) await sleep(0.05);
      const next = new SnapshotJournal(native, folder);
      left += next.entries().length;
      for (const entry of next.entries().filter(({ facts }) => facts['until'] !== undefined)) {
        passTime(entry);
        next.write(entry);
      }
      const tool = sandbox.provider(next);
      await sweepSnapshots(next, [tool], new Mounts(native, next), ({ error }) => expect(error).to.equal(undefined));
      expect(next.entries()).to.deep.equal([]);
      // An empty folder for temporary files may be there: it is made before it is written down.
      expect(sandbox.copies, 'copies').to.deep.equal([]);
    }
    expect(left, 'entries that were left').to.be.at.least(1);
  });
});

/** So that the service has nothing more to do with it. */
function passTime(entry: SnapshotEntry): void {
  entry.facts['until'] = new Date(Date.now()).toISOString();
}

async function failure(promise: Promise<unknown>): Promise<EngineError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}
