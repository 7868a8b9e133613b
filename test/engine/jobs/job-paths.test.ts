import { expect } from 'chai';
import { mkdirSync } from 'node:fs';
import { jobPaths } from '../../../engine/jobs/job-paths.ts';
import { StateFolder } from '../../../engine/snapshot/state-folder.ts';
import { EngineError } from '../../../engine/errors/engine-error.ts';
import { loadNative } from '../../../native/index.ts';
import { processRules } from '../../../native/process.ts';
import { useSandbox } from '../../support/sandbox.ts';

describe('the folders of a machine', () => {
  const sandbox = useSandbox();

  it('are not asked for jobs that were given, and may be missing', async () => {
    const native = await loadNative();
    expect(jobPaths(native, ['/a.yml'], sandbox().path('Jobs'))).to.deep.equal(['/a.yml']);
    expect(jobPaths(native, undefined, sandbox().path('missing/Jobs'))).to.deep.equal([]);
  });

  it('hold jobs where only trusted accounts may write', async () => {
    const native = await loadNative();
    native.makePrivateFolder(sandbox().path('machine'));
    mkdirSync(sandbox().path('machine/Jobs'), { mode: 0o755 });
    const folder = sandbox().path('machine/Jobs');
    expect(jobPaths(native, undefined, folder)).to.deep.equal([folder]);
  });

  for (const untrusted of ['machine', 'machine/Jobs'])
    it(`are refused when others may write to ${untrusted}`, async () => {
      mkdirSync(sandbox().path('machine/Jobs'), { recursive: true });
      const native = await loadNative();
      const others = {
        distrust: (path: string) =>
          path === sandbox().path(untrusted) ? 'others may write to it' : native.distrust(path),
      };
      const read = (): unknown => jobPaths(others, undefined, sandbox().path('machine/Jobs'));
      expect(read).to.throw(EngineError, 'others may write to it').with.property('id', 'JobFolderUntrusted');
    });

  it('are left to those whose folders there others trust', async () => {
    const saved = { ...process.env };
    process.env['XDG_STATE_HOME'] = sandbox().path('own');
    process.env['LOCALAPPDATA'] = sandbox().path('own');
    try {
      const folders = processRules.stateFolders();
      const native = { ...(await loadNative()), mayKeepMachineState: () => false };
      const state = new StateFolder(native, '');
      expect(state.existing()).to.be.undefined;
      expect(state.writable()).to.equal(folders[1]);
      expect(state.existing()).to.equal(folders[1]);
    } finally {
      for (const name of ['XDG_STATE_HOME', 'LOCALAPPDATA']) {
        if (saved[name] === undefined) delete process.env[name];
        else process.env[name] = saved[name];
      }
    }
  });
});
