import { expect } from 'chai';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineError } from '../../../../engine/errors/engine-error.ts';
import { skip } from '../../../support/requires.ts';
import { withoutVssDouble } from '../../../support/win32/vss-double.ts';
import { nothing, VssSandbox } from '../../../support/win32/vss-sandbox.ts';

describe('shadow copies by VSS', () => {
  let sandbox: VssSandbox;

  before(function () {
    if (withoutVssDouble !== undefined) skip(this, withoutVssDouble);
  });
  beforeEach(() => {
    sandbox = new VssSandbox();
    const { source } = sandbox.double;
    writeFileSync(join(source, 'file.txt'), 'before');
    sandbox.double.writers(
      'writer|Mail store',
      `exclude|${source}|cache.bin|0`,
      'component|1||store|1',
      `database|${source}|*.edb|0`,
      `log|${source}|*.log|0`,
      'component|2|store|index|0',
      `file|${source}\\index|*|1`,
      'writer|Somebody else',
      'component|2||elsewhere|1',
      'file|C:\\nowhere|*|1',
    );
  });
  afterEach(() => sandbox?.[Symbol.dispose]());

  it('show the files of one instant until they are released', async () => {
    const snapshot = await sandbox.create();
    const { source } = sandbox.double;
    const [{ path, readPath, snapshotId }] = snapshot.sources;
    expect(path).to.equal(source);
    expect(readPath).to.match(/^\\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy\d+\\/);
    expect(readPath).to.not.match(/\\$/);
    writeFileSync(join(source, 'file.txt'), 'after');
    expect(readFileSync(`${readPath}\\file.txt`, 'utf8')).to.equal('before');
    expect(Date.now() - snapshot.createdAt.getTime()).to.be.within(-1000, 20_000);
    await snapshot.check();
    expect(sandbox.journal.find(snapshotId)).to.include({ state: 'Made', kind: 'Vss', persistent: false });
    expect(await sandbox.provider.list()).to.have.length(1);
    expect(await snapshot.complete(true)).to.deep.equal([]);
    await snapshot.release();
    await snapshot.release();
    expect(sandbox.leftovers()).to.deep.equal(nothing);
  });

  const golden: Record<string, { withWriters: boolean; persistent: boolean }> = {
    'with-writers': { withWriters: true, persistent: false },
    'without-writers': { withWriters: false, persistent: false },
    'persistent-with-writers': { withWriters: true, persistent: true },
    'persistent-without-writers': { withWriters: false, persistent: true },
  };
  for (const [name, changes] of Object.entries(golden))
    it(`make the calls of ${name}.txt`, async () => {
      const snapshot = await sandbox.create(changes);
      await snapshot.complete(true);
      await snapshot.release();
      const file = join(import.meta.dirname, 'traces', `${name}.txt`);
      const text = `${normalised(sandbox.double.trace()).join('\n')}\n`;
      if (process.env['UPDATE_TRACES'] === '1') writeFileSync(file, text);
      expect(text).to.equal(readFileSync(file, 'utf8').replaceAll('\r\n', '\n'));
      expect(sandbox.leftovers()).to.deep.equal(nothing);
    });

  it('keep the documents a restore needs', async () => {
    const snapshot = await sandbox.create();
    await snapshot.complete(true);
    const names = snapshot.documents.map(({ name }) => name);
    expect(names).to.have.length(3);
    expect(names[0]).to.equal('vss-backup-components.xml');
    expect(snapshot.documents[1].content).to.contain('Mail store');
    await snapshot.release();
  });

  it('report what writers and the registry want left out', async () => {
    const { source } = sandbox.double;
    const backupRestore = 'SYSTEM\\CurrentControlSet\\Control\\BackupRestore';
    sandbox.registry[`${backupRestore}\\FilesNotToBackup`] = { Temporary: [`${source}\\temp\\* /s`] };
    const snapshot = await sandbox.create();
    expect(snapshot.exclusions).to.deep.equal([
      { source, pattern: '/temp/**', reason: "FilesNotToBackup of the registry, 'Temporary'" },
      { source, pattern: '/cache.bin', reason: "the writer 'Mail store'" },
      { source, pattern: '!/cache.bin/', reason: "the writer 'Mail store'" },
    ]);
    await snapshot.complete(true);
    await snapshot.release();
  });

  it('that persist stay until they are removed, and only ours are', async () => {
    const snapshot = await sandbox.create({ persistent: true });
    await snapshot.complete(true);
    const [copy] = await sandbox.provider.list();
    expect(copy).to.include({ persistent: true, owner: 'MirrorBackup (test)', id: snapshot.sources[0].snapshotId });
    const entry = sandbox.journal.find(copy.id);
    if (!entry) throw new Error('no entry');
    sandbox.journal.end(entry);
    expect(await idOf(sandbox.provider.remove(copy.id))).to.equal('ShadowCopyNotOurs');
    expect((await sandbox.provider.list())[0].owner).to.equal('another program');
    sandbox.journal.write(entry);
    await sandbox.provider.remove(copy.id.toUpperCase());
    expect(await sandbox.provider.list()).to.deep.equal([]);
    for (const unknown of [copy.id, 'x'])
      expect(await idOf(sandbox.provider.remove(unknown))).to.equal('ShadowCopyNotFound');
    await snapshot.release();
    expect(sandbox.leftovers()).to.deep.equal(nothing);
  });

  it('that are lost are noticed, and nothing is left', async () => {
    const snapshot = await sandbox.create();
    sandbox.double.loseSnapshots();
    expect(await idOf(snapshot.check())).to.equal('SnapshotLost');
    expect(await snapshot.complete(false)).to.deep.equal([]);
    await snapshot.release();
    expect(sandbox.leftovers()).to.deep.equal(nothing);
  });

  it('of a backup that failed are aborted', async () => {
    const snapshot = await sandbox.create();
    await snapshot.complete(false);
    await snapshot.release();
    expect(sandbox.double.trace()).to.include('AbortBackup').and.not.include('BackupComplete');
    expect(sandbox.leftovers()).to.deep.equal(nothing);
  });

  it('wait while another one is made', async () => {
    sandbox.double.set('FAIL', 'StartSnapshotSet@2-=80042316');
    const snapshot = await sandbox.create();
    expect(sandbox.phases.filter((phase) => phase === 'Waiting for another shadow copy')).to.have.length(2);
    await snapshot.complete(true);
    await snapshot.release();
    expect(sandbox.leftovers()).to.deep.equal(nothing);
  });

  for (const [state, code, tries, warned] of [
    ['once', '800423f2', 2, false],
    ['each time', '800423f3', 4, true],
    ['for good', '800423f4', 1, true],
  ] as const)
    it(`are tried again where a writer may do better: one that fails ${state}`, async () => {
      sandbox.double.set('WRITER_STATE', `Mail store=9,${code}${state === 'once' ? ',1' : ''}`);
      const snapshot = await sandbox.create();
      const sets = sandbox.double.trace().filter((line) => line === 'StartSnapshotSet');
      expect(sets).to.have.length(tries);
      expect(snapshot.warnings.map(({ id }) => id)).to.deep.equal(warned ? ['SnapshotWriterFailed'] : []);
      if (warned) expect(snapshot.warnings[0].message).to.contain('Mail store').and.to.contain('VSS_E_WRITERERROR');
      expect(readdirSync(snapshot.sources[0].readPath)).to.deep.equal(['file.txt']);
      await snapshot.complete(true);
      const told = sandbox.double.trace().filter((line) => line.startsWith('SetBackupSucceeded'));
      expect(told.map((line) => line.slice(-2, -1))).to.deep.equal([warned ? '0' : '1']);
      await snapshot.release();
      expect(sandbox.leftovers()).to.deep.equal(nothing);
    });

  it('are said to be unavailable before anything is made', async () => {
    const { provider, double } = sandbox;
    expect(await provider.unavailable(sandbox.request())).to.equal(undefined);
    const share = await provider.unavailable(sandbox.request({ sources: [{ path: '\\\\server\\share\\x' }] }));
    expect(share?.reason).to.contain('remote VSS agent');
    expect((await provider.unavailable(sandbox.request({ crossMount: true })))?.reason).to.contain('-CrossMount');
    const letter = await provider.unavailable(sandbox.request({ sources: [{ path: 'Q:\\x' }] }));
    expect(letter?.reason).to.contain('Q:\\x').and.to.contain('ERROR_PATH_NOT_FOUND');
    double.set('FAIL', 'InitializeForBackup=80070005');
    const denied = await provider.unavailable(sandbox.request());
    expect(denied?.native?.name).to.equal('E_ACCESSDENIED');
    double.set('FAIL', '');
    double.set('UNSUPPORTED', '\\\\?\\Volume{00000000-0000-0000-0000-000000000043}\\');
    expect((await provider.unavailable(sandbox.request()))?.reason).to.contain('no shadow copies can be made');
    expect(await idOf(sandbox.create())).to.equal('SnapshotFailed');
    expect(sandbox.leftovers()).to.deep.equal(nothing);
  });
});

/** Ids of volumes are the machine's. */
function normalised(trace: readonly string[]): string[] {
  const ids = new Map<string, string>();
  return trace.map((line) =>
    line
      .replace(/Volume\{[^}]*\}/g, 'Volume{…}')
      .replace(/#\d+/g, (id) => ids.get(id) ?? (ids.set(id, `#${ids.size + 1}`), `#${ids.size}`)),
  );
}

async function idOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    return (error as EngineError).id;
  }
}
