import { expect } from 'chai';
import { EngineError } from '../../../../engine/errors/engine-error.ts';
import type { SnapshotProvider } from '../../../../engine/snapshot/provider.ts';
import { vssError } from '../../../../engine/snapshot/vss/errors.ts';
import { VssOrTool } from '../../../../engine/snapshot/vss/or-tool.ts';
import { NativeError } from '../../../../native/index.ts';
import { describeHresult, hresult } from '../../../../native/vss/hresults.ts';
import { create, request, VssToolSandbox, WatchedJournal } from '../../../support/vss-tool-sandbox.ts';

const REFUSALS = ['E_ACCESSDENIED', 'REGDB_E_CLASSNOTREG', 'RPC_S_SERVER_UNAVAILABLE'];

describe('shadow copies where COM is refused', () => {
  let sandbox: VssToolSandbox;
  let journal: WatchedJournal;

  beforeEach(() => {
    sandbox = new VssToolSandbox();
    journal = new WatchedJournal(sandbox);
  });
  afterEach(() => sandbox[Symbol.dispose]());

  function withCom(name: string, call = 'CreateVssBackupComponentsInternal'): VssOrTool {
    return new VssOrTool(refusing(name, call), sandbox.provider(journal), journal);
  }

  for (const name of REFUSALS)
    it(`are made by programs after ${name}, which is said`, async () => {
      const provider = withCom(name);
      expect(await provider.unavailable(request())).to.equal(undefined);
      const snapshot = await create(provider);
      expect(snapshot.warnings.map(({ id }) => id)).to.deep.equal(['SnapshotByTool']);
      expect(snapshot.warnings[0]?.message).to.contain('program of Windows').and.to.contain(name);
      const [copy] = await provider.list();
      expect(copy?.id).to.equal(snapshot.sources[0]?.snapshotId);
      await snapshot.check();
      await snapshot.release();
      expect(sandbox.copies).to.deep.equal([]);
      expect(journal.entries.size).to.equal(0);
    });

  it('are removed by programs', async () => {
    const provider = withCom('E_ACCESSDENIED');
    const snapshot = await create(provider, { persistent: true });
    await provider.remove(snapshot.sources[0]?.snapshotId ?? '');
    expect(sandbox.copies).to.deep.equal([]);
  });

  it('are looked for by programs when one may have left them, although COM is there', async () => {
    sandbox.behave({ create: { hang: 'before' } });
    await failure(create(sandbox.provider(journal), { timeoutSeconds: 0.5 }));
    const [entry] = [...journal.entries.values()];
    const problem = await failure(withCom('VSS_E_OBJECT_NOT_FOUND').remove(entry?.id ?? ''));
    expect(problem.message).to.contain('may still come into being');
  });

  it('are not made by programs when it was the service that failed', async () => {
    for (const [name, call] of [
      ['VSS_E_INSUFFICIENT_STORAGE', 'CreateVssBackupComponentsInternal'],
      ['E_ACCESSDENIED', 'IVssBackupComponents::DoSnapshotSet'],
    ] as const) {
      const error = await failure(create(withCom(name, call)));
      expect(error.native?.name).to.equal(name);
      expect(sandbox.calls).to.deep.equal([]);
    }
    const problem = await withCom('VSS_E_PROVIDER_VETO').unavailable(request());
    expect(problem?.native?.name).to.equal('VSS_E_PROVIDER_VETO');
  });

  it('that neither way can make are refused with both reasons', async () => {
    sandbox.behave({ list: { exit: 1, says: 'Invalid class' } });
    const provider = withCom('REGDB_E_CLASSNOTREG');
    const problem = await provider.unavailable(request());
    expect(problem?.native?.name).to.equal('REGDB_E_CLASSNOTREG');
    expect(problem?.reason).to.contain('REGDB_E_CLASSNOTREG').and.to.contain('Invalid class');
    for (const attempt of [() => create(provider), () => provider.list(), () => provider.remove('x')]) {
      const { id, message, native, hint } = await failure(attempt());
      expect({ id, native: native?.name }).to.deep.equal({ id: 'SnapshotFailed', native: 'REGDB_E_CLASSNOTREG' });
      expect(message).to.contain('REGDB_E_CLASSNOTREG').and.to.contain('Invalid class');
      expect(hint).to.contain('vssadmin list providers');
    }
  });
});

/** Where every call of COM ends with an HRESULT. */
function refusing(name: string, call: string): SnapshotProvider {
  const native = describeHresult(hresult(name));
  const error = vssError('SnapshotFailed', 'No shadow copy was made', new NativeError(call, native));
  if (!(error instanceof EngineError)) throw new Error('No error of the engine');
  const refuse = (): Promise<never> => Promise.reject(error);
  return {
    kind: 'Vss',
    unavailable: () => Promise.resolve({ reason: `the service refuses (${name})`, native }),
    create: refuse,
    list: refuse,
    remove: refuse,
  };
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
