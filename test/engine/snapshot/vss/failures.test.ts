import { expect } from 'chai';
import { describeHresult, documentedHresults } from '../../../../native/vss/hresults.ts';
import { EngineError } from '../../../../engine/errors/engine-error.ts';
import { retryOf } from '../../../../engine/snapshot/vss/timing.ts';
import { skip } from '../../../support/requires.ts';
import { withoutVssDouble } from '../../../support/win32/vss-double.ts';
import { nothing, VssSandbox } from '../../../support/win32/vss-sandbox.ts';

const OPERATIONS = ['GatherWriterMetadata', 'PrepareForBackup', 'GatherWriterStatus', 'DoSnapshotSet'];

/** Every step of making a set that can fail. */
const MAKING = [
  'CreateVssBackupComponents',
  'InitializeForBackup',
  'SetContext',
  'SetBackupState',
  'GetWriterMetadataCount',
  'GetWriterMetadata',
  'FreeWriterMetadata',
  'GetIdentity',
  'GetFileCounts',
  'GetExcludeFile',
  'GetPath',
  'GetFilespec',
  'GetRecursive',
  'GetComponent',
  'GetComponentInfo',
  'GetFile',
  'GetDatabaseFile',
  'GetDatabaseLogFile',
  'WriterSaveAsXML',
  'AddComponent',
  'StartSnapshotSet',
  'IsVolumeSupported',
  'AddToSnapshotSet',
  'GetWriterStatusCount',
  'GetWriterStatus',
  'FreeWriterStatus',
  'GetSnapshotProperties',
  'SaveAsXML',
  ...OPERATIONS.flatMap((name) => [name, `${name}.Async`, `${name}.Wait@1`, `${name}.QueryStatus@1`]),
  'GatherWriterStatus@2',
  'GatherWriterStatus.Async@2',
];

describe('shadow copies by VSS that fail', function () {
  this.timeout(300_000);
  let sandbox: VssSandbox;

  before(function () {
    if (withoutVssDouble !== undefined) skip(this, withoutVssDouble);
  });
  beforeEach(() => {
    sandbox = new VssSandbox();
    const { source } = sandbox.double;
    sandbox.double.writers(
      'writer|Mail store',
      `exclude|${source}|cache.bin|0`,
      'component|1||store|1',
      `file|${source}|*.txt|0`,
      `database|${source}|*.edb|0`,
      `log|${source}|*.log|0`,
    );
  });
  afterEach(() => sandbox?.[Symbol.dispose]());

  it('end with one clear error at every step, and leave nothing', async () => {
    for (const step of MAKING) {
      sandbox.double.set('RESET', '1');
      sandbox.double.set('FAIL', `${step}=8000ffff`);
      const error = await failure(sandbox.create());
      expect(error, step).to.be.instanceOf(EngineError);
      expect(error.id, step).to.equal('SnapshotFailed');
      expect(error.native?.name, step).to.equal('E_UNEXPECTED');
      expect(error.message, step).to.match(/^No shadow copy was made: .* \(E_UNEXPECTED, \w+/);
      expect(sandbox.leftovers(), step).to.deep.equal(nothing);
    }
  });

  for (const step of ['StartSnapshotSet', 'DoSnapshotSet.Async'])
    it(`say what every documented HRESULT of ${step} means`, async () => {
      for (const { code, name, text } of documentedHresults) {
        sandbox.double.set('RESET', '1');
        sandbox.double.set('FAIL', `${step}=${(code >>> 0).toString(16)}`);
        const retry = retryOf(code, `IVssBackupComponents::${step.split('.')[0]}`);
        const timeoutSeconds = retry === 'soon' ? 4 : 20;
        const error = await failure(sandbox.create({ withWriters: false, timeoutSeconds }));
        expect(error.native, name).to.deep.equal(describeHresult(code));
        expect(error.message, name).to.contain(text).and.to.contain(name);
        expect(error.retryable, name).to.equal(retry !== 'never');
        expect(sandbox.leftovers(), name).to.deep.equal(nothing);
      }
    });

  it('say so of an HRESULT that nobody documented', async () => {
    sandbox.double.set('FAIL', 'DoSnapshotSet=80abcdef');
    expect((await failure(sandbox.create())).message).to.contain('0x80abcdef');
    expect(sandbox.leftovers()).to.deep.equal(nothing);
  });

  it('only warn when writers cannot be told that the backup is complete', async () => {
    for (const step of ['SetBackupSucceeded', 'BackupComplete', 'BackupComplete.Async', 'BackupComplete.Wait@1']) {
      sandbox.double.set('FAIL', '');
      const snapshot = await sandbox.create();
      sandbox.double.set('RESET', '1');
      sandbox.double.set('FAIL', `${step}=800423f4`);
      const warnings = await snapshot.complete(true);
      expect(
        warnings.map(({ id }) => id),
        step,
      ).to.deep.equal(['SnapshotWriterFailed']);
      expect(warnings[0].message, step).to.contain('VSS_E_WRITERERROR_NONRETRYABLE');
      await snapshot.release();
      expect(sandbox.leftovers(), step).to.deep.equal(nothing);
    }
  });

  it('are given back although deleting fails', async () => {
    const snapshot = await sandbox.create();
    sandbox.double.set('FAIL', 'DeleteSnapshots=80042302');
    await snapshot.complete(true);
    await snapshot.release();
    expect(sandbox.leftovers()).to.deep.equal(nothing);
  });

  it('stay in the journal when they persist and cannot be deleted', async () => {
    const snapshot = await sandbox.create({ persistent: true });
    await snapshot.complete(true);
    sandbox.double.set('FAIL', 'DeleteSnapshots=80042302');
    await snapshot.release();
    expect(sandbox.journal.entries.size).to.equal(1);
    expect(sandbox.double.live()).to.equal(0);
    const [id] = sandbox.journal.entries.keys();
    expect((await failure(sandbox.provider.remove(id))).native?.name).to.equal('VSS_E_UNEXPECTED');
    sandbox.double.set('FAIL', '');
    await sandbox.provider.remove(id);
    expect(sandbox.leftovers()).to.deep.equal(nothing);
  });

  it('cannot be listed without an error', async () => {
    for (const step of ['Query', 'Next']) {
      const snapshot = await sandbox.create();
      sandbox.double.set('FAIL', `${step}=80042302`);
      expect((await failure(sandbox.provider.list())).id, step).to.equal('SnapshotFailed');
      sandbox.double.set('FAIL', '');
      await snapshot.release();
      expect(sandbox.leftovers(), step).to.deep.equal(nothing);
    }
  });

  it('are cancelled in every wait', async () => {
    for (const operation of OPERATIONS)
      for (const kind of ['Async', 'Deaf']) {
        sandbox.double.clearTrace();
        sandbox.double.set('RESET', '1');
        sandbox.double.set('HANG', `${operation}.${kind}`);
        const cancel = new AbortController();
        let began = Infinity;
        const watch = setInterval(() => {
          if (began !== Infinity || !sandbox.double.trace().includes(operation)) return;
          began = Date.now();
          cancel.abort();
        }, 50);
        const error = await failure(sandbox.create({}, cancel.signal)).finally(() => clearInterval(watch));
        expect(error.id, operation).to.equal('Cancelled');
        expect(Date.now() - began, operation).to.be.lessThan(4000);
        expect(sandbox.double.trace(), operation).to.include(`${operation}.Cancel`);
        const { misuse, ...rest } = sandbox.leftovers() as { misuse: string[] };
        expect({ ...rest, misuse: kind === 'Deaf' ? [] : misuse }, operation).to.deep.equal(nothing);
      }
  });

  it('run into the time-out where something hangs', async () => {
    for (const operation of OPERATIONS) {
      sandbox.double.set('RESET', '1');
      sandbox.double.set('HANG', `${operation}.Async`);
      const error = await failure(sandbox.create({ timeoutSeconds: 1 }));
      expect(error.id, operation).to.equal('SnapshotFailed');
      expect(error.category, operation).to.equal('OperationTimeout');
      expect(error.message, operation).to.contain(operation).and.to.contain('too long');
      expect(sandbox.leftovers(), operation).to.deep.equal(nothing);
    }
  });

  it('do not wait for a call that does not come back', async () => {
    sandbox.double.set('BLOCK_MS', '2000');
    sandbox.double.set('HANG', 'StartSnapshotSet');
    const began = Date.now();
    const error = await failure(sandbox.create({ timeoutSeconds: 0.5 }));
    expect(Date.now() - began).to.be.lessThan(1900);
    expect(error.message).to.contain('StartSnapshotSet');
    expect(sandbox.double.live()).to.equal(1);
    // Once it comes back, the object is given up.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(sandbox.leftovers()).to.deep.equal(nothing);
  });
});

async function failure(promise: Promise<unknown>): Promise<EngineError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}
