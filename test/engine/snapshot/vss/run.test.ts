import { expect } from 'chai';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BackupSet } from '../../../support/backup-set.ts';
import { EngineProcess } from '../../../support/engine-process.ts';
import { skip } from '../../../support/requires.ts';
import { VssDouble, withoutVssDouble } from '../../../support/win32/vss-double.ts';

/** Of the test run: another volume than that of the temporary folder. */
const OTHER = process.env['MIRRORBACKUP_TEST_ROOT'] ?? '';

describe('a run that reads from shadow copies by VSS', function () {
  this.timeout(120_000);
  let double: VssDouble;
  let other: string;
  let engine: EngineProcess;

  before(function () {
    if (withoutVssDouble !== undefined) skip(this, withoutVssDouble);
    if (!/^[A-Z]:\\$/i.test(OTHER)) skip(this, 'needs a second drive in MIRRORBACKUP_TEST_ROOT');
  });
  beforeEach(() => {
    double = new VssDouble();
    other = mkdtempSync(join(OTHER, 'vss-'));
    double.set('TREES', `${double.source};${other}`);
    double.writers(
      'writer|Mail store',
      `exclude|${double.source}|cache.bin|0`,
      'component|1||store|1',
      `database|${double.source}|*.edb|0`,
    );
    for (const name of ['mail.edb', 'cache.bin']) writeFileSync(join(double.source, name), name);
    writeFileSync(join(other, 'file'), 'file');
    engine = new EngineProcess({ environment: { MIRRORBACKUP_STATE: join(double.root, 'state') } });
  });
  afterEach(async () => {
    await engine?.close();
    double?.[Symbol.dispose]();
    if (other) rmSync(other, { recursive: true, force: true });
  });

  it('has two volumes of one instant under their own paths, documents beside it, and leaves nothing', async () => {
    const path = join(OTHER, `set-${process.pid}`);
    mkdirSync(path, { recursive: true });
    try {
      const set = new BackupSet(engine, path, { path: double.source, name: 'first' }, { path: other, name: 'second' });
      const { generation, errors } = await set.run({ snapshot: 'Vss' });
      expect(errors).to.deep.equal([]);
      expect(generation).to.include({ state: 'Complete', files: 2 });
      expect(generation.snapshot.kind).to.equal('Vss');
      expect(readFileSync(set.at(generation, 'first/mail.edb'), 'utf8')).to.equal('mail.edb');
      expect(readFileSync(set.at(generation, 'second/file'), 'utf8')).to.equal('file');
      const trace = double.trace();
      expect(trace.filter((line) => line.startsWith('AddToSnapshotSet'))).to.have.length(2);
      expect(trace).to.include('BackupComplete');
      expect(double.misuse()).to.deep.equal([]);
      expect(double.left()).to.deep.equal({ snapshots: [], devices: [], creating: false });
      const live = await set.run({ snapshot: 'None' });
      expect(live.generation).to.include({ state: 'Complete', copiedFiles: 1, linkedFiles: 2, removed: 0 });
    } finally {
      rmSync(path, { recursive: true, force: true });
    }
  });

  for (const how of ['its request is cancelled', 'its input ends', 'it is killed'] as const)
    it(`holds them for Use-ShadowCopy until ${how}`, async () => {
      const params = { volumes: [double.source, other], withWriters: true, timeoutSeconds: 60 };
      await engine.request('initialize', {});
      const { id, answer } = engine.start('holdShadowCopies', params);
      const ended = answer.catch(() => undefined);
      const copies = await new Promise<{ devicePath: string }[]>((resolve) => {
        engine.onNote = ({ method, params: said }) => {
          if (method === 'shadowCopies') resolve(said['shadowCopies'] as { devicePath: string }[]);
        };
      });
      expect(copies).to.have.length(2);
      for (const { devicePath } of copies) expect(devicePath).to.match(/HarddiskVolumeShadowCopy\d+$/);
      expect(double.left().snapshots).to.have.length(2);
      if (how === 'its request is cancelled') engine.notify('$/cancelRequest', { id });
      else if (how === 'its input ends') engine.process.stdin?.end();
      else engine.kill();
      await ended;
      if (how !== 'its request is cancelled') await engine.exited;
      if (how === 'it is killed') {
        const next = new EngineProcess({ environment: { MIRRORBACKUP_STATE: join(double.root, 'state') } });
        await next.request('repairSet', { removeStaging: false, whatIf: false });
        await next.close();
      }
      expect(double.left().snapshots).to.deep.equal([]);
      expect(readdirSync(join(double.root, 'state', 'snapshots'))).to.deep.equal([]);
      expect(double.misuse()).to.deep.equal([]);
    });
});
