import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { notify } from '../../../engine/notify/notify.ts';
import type { EventLog } from '../../../engine/types/job.ts';
import type { JobState, NotificationResult } from '../../../engine/types/protocol.ts';
import { loadNative, NativeError, type Native } from '../../../native/index.ts';
import { makeJob, makeResult } from '../../support/notify/job-result.ts';
import { skip } from '../../support/requires.ts';
import { EventLogDouble, withoutEventLogDouble } from '../../support/win32/event-log-double.ts';

const KEY = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application';
const SOURCE = 'MirrorBackupTest';
const EVENT_LOG: EventLog = { when: ['Complete', 'Partial', 'Failed', 'Cancelled'] };
const ERROR_ACCESS_DENIED = 5;
const RPC_S_SERVER_UNAVAILABLE = 1722;

describe('native/win32: the event log (on a double of it)', () => {
  let double: EventLogDouble;
  let native: Native;
  let eventLog: NonNullable<Native['eventLog']>;

  before(async function () {
    if (withoutEventLogDouble !== undefined) return skip(this, withoutEventLogDouble);
    double = new EventLogDouble();
    native = await loadNative();
    if (!native.eventLog) throw new Error('there is no event log');
    eventLog = native.eventLog;
  });

  beforeEach(() => {
    double.fail('', 0);
  });

  afterEach(() => {
    if (withoutEventLogDouble !== undefined) return;
    expect(double.open, 'handles that were not closed').to.equal(0);
    for (const source of [SOURCE, 'MirrorBackup']) forget(source);
  });

  after(() => {
    if (withoutEventLogDouble === undefined) double[Symbol.dispose]();
  });

  it('gets source, kind, id and text', () => {
    const text = 'first line\r\nsecond: ä€😀 | done';
    eventLog.report({ source: SOURCE, kind: 'Warning', id: 103, text });
    expect(double.last).to.deep.equal({ source: SOURCE, type: 2, category: 0, id: 103, strings: 1, text });
  });

  it('takes the longest text there may be, and says what is wrong with a longer one', () => {
    const text = 'x'.repeat(31_839);
    eventLog.report({ source: SOURCE, kind: 'Error', id: 101, text });
    expect(double.last?.text).to.equal(text);
    expect(() => eventLog.report({ source: SOURCE, kind: 'Error', id: 101, text: `${text}x` }))
      .to.throw(NativeError)
      .with.property('call', 'ReportEventW');
  });

  it('shows events of a source that was registered, which is for good', () => {
    expect(eventLog.isRegistered(SOURCE)).to.be.false;
    eventLog.register(SOURCE);
    expect(eventLog.isRegistered(SOURCE)).to.be.true;
    const shown = execFileSync('reg.exe', ['query', `${KEY}\\${SOURCE}`], { encoding: 'utf8' });
    expect(shown).to.match(/EventMessageFile\s+REG_EXPAND_SZ\s+%SystemRoot%\\System32\\EventCreate\.exe/);
    expect(shown).to.match(/TypesSupported\s+REG_DWORD\s+0x7\b/);
  });

  describe('notifications', () => {
    const events = { Complete: [100, 4], Failed: [101, 1], Partial: [103, 2], Cancelled: [230, 2] } as const;
    for (const [state, [id, type]] of Object.entries(events) as [JobState, readonly [number, number]][])
      it(`report ${state} as ${id}, and register the source`, async () => {
        const result = makeResult({ state });
        expect(await send(native, state)).to.deep.equal({
          channel: 'EventLog',
          target: 'Application, source MirrorBackup',
          sent: true,
        });
        expect(double.last).to.include({ source: 'MirrorBackup', id, type, strings: 1 });
        const [text, json] = (double.last?.text ?? '').split('\r\n\r\n{');
        expect(text).to.contain('nightly on SRV1').and.contain('SourceNotFound');
        expect(JSON.parse(`{${json}`)).to.deep.equal(result);
        expect(eventLog.isRegistered('MirrorBackup')).to.be.true;
      });

    it('tell how to register the source when this account may not', async () => {
      const refused = { ...eventLog, register: refuse };
      const outcome = await send({ ...native, eventLog: refused }, 'Failed');
      expect(outcome.sent).to.be.false;
      expect(outcome.message).to.contain('is not registered').and.contain('once as administrator');
      expect(double.last).to.be.undefined;
    });

    for (const call of ['RegisterEventSourceW', 'ReportEventW'] as const)
      it(`tell that ${call} fails`, async () => {
        double.fail(call, RPC_S_SERVER_UNAVAILABLE);
        const { sent, message } = await send(native, 'Failed');
        expect(sent).to.be.false;
        expect(message).to.match(new RegExp(`^${call}: .*1722`));
      });
  });
});

function refuse(): never {
  throw new NativeError('RegCreateKeyExW', {
    code: ERROR_ACCESS_DENIED,
    name: 'ERROR_ACCESS_DENIED',
    text: 'Access is denied.',
  });
}

async function send(native: Native, state: JobState): Promise<NotificationResult> {
  const job = makeJob({ eventLog: EVENT_LOG });
  const [outcome] = await notify(native, job, makeResult({ state }), { secrets: {} }, new AbortController().signal);
  if (!outcome) throw new Error('no outcome');
  return outcome;
}

function forget(source: string): void {
  try {
    execFileSync('reg.exe', ['delete', `${KEY}\\${source}`, '/f'], { stdio: 'ignore' });
  } catch {
    // It was not there.
  }
}
