import { expect } from 'chai';
import { laterWait, retryOf, usualTiming } from '../../../../engine/snapshot/vss/timing.ts';
import { hresult } from '../../../../native/vss/hresults.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

describe('when shadow copies are tried again', () => {
  it('what the documentation calls transient', () => {
    for (const name of ['TIMEOUT', 'RETRYABLE', 'OUTOFRESOURCES'])
      expect(retryOf(hresult(`VSS_E_WRITERERROR_${name}`)), name).to.equal('later');
    for (const name of ['FLUSH_WRITES_TIMEOUT', 'HOLD_WRITES_TIMEOUT', 'PROVIDER_VETO', 'UNEXPECTED_PROVIDER_ERROR'])
      expect(retryOf(hresult(`VSS_E_${name}`), 'IVssBackupComponents::DoSnapshotSet'), name).to.equal('later');
    expect(retryOf(hresult('VSS_E_SNAPSHOT_SET_IN_PROGRESS'))).to.equal('soon');
  });

  it('nothing else', () => {
    expect(retryOf(hresult('VSS_E_PROVIDER_VETO'), 'IVssBackupComponents::AddToSnapshotSet')).to.equal('never');
    for (const name of ['VSS_E_WRITERERROR_NONRETRYABLE', 'VSS_E_INSUFFICIENT_STORAGE', 'E_ACCESSDENIED'])
      expect(retryOf(hresult(name)), name).to.equal('never');
  });

  it('after ten minutes, or so that all tries fit into the time-out', () => {
    expect(laterWait(usualTiming, 60 * MINUTE)).to.equal(10 * MINUTE);
    expect(laterWait(usualTiming, 15 * MINUTE)).to.equal(225 * SECOND);
    expect(usualTiming.writerAttempts).to.equal(1 + 3);
  });
});
