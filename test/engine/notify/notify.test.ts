import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { EVENTS } from '../../../engine/notify/event-log/channel.ts';
import { notify } from '../../../engine/notify/notify.ts';
import { resolveSecret, secretValuesOf } from '../../../engine/notify/secrets.ts';
import { MESSAGE_IDS } from '../../../engine/notify/syslog/entries.ts';
import { loadNative, type LogEvent } from '../../../native/index.ts';
import { MAIL, makeJob, makeResult, WEBHOOK } from '../../support/notify/job-result.ts';

const never = new AbortController().signal;
const forFailures = { when: ['Failed' as const] };
const states = ['Complete', 'Partial', 'Failed', 'Cancelled'] as const;

describe('notifications', () => {
  for (const state of states)
    it(`of a job that is ${state} go to those who want to hear of it`, async () => {
      const events: LogEvent[] = [];
      const eventLog = {
        isRegistered: () => true,
        register: () => undefined,
        report: (event: LogEvent) => void events.push(event),
      };
      const native = { ...(await loadNative()), eventLog };
      const others = states.filter((one) => one !== state);
      const wanted = await notify(
        native,
        makeJob({ eventLog: { when: [state] } }),
        makeResult({ state }),
        { secrets: {} },
        never,
      );
      expect(wanted.map(({ sent }) => sent)).to.deep.equal([true]);
      const unwanted = makeJob({ eventLog: { when: others }, mail: { ...MAIL, when: others } });
      expect(await notify(native, unwanted, makeResult({ state }), { secrets: {} }, never)).to.deep.equal([]);
      expect(events).to.have.length(1);
    });

  it('are none for a job without', async () => {
    const { notify: _none, ...settings } = makeJob({}).settings;
    const job = { ...makeJob({}), settings };
    expect(await notify(await loadNative(), job, makeResult(), { secrets: {} }, never)).to.deep.equal([]);
  });

  it('say what to use where there is no event log, or no syslog', async () => {
    const { eventLog: _eventLog, logSockets: _logSockets, ...native } = await loadNative();
    const [windows] = await notify(native, makeJob({ eventLog: forFailures }), makeResult(), { secrets: {} }, never);
    expect(windows).to.include({ channel: 'EventLog', sent: false });
    expect(windows?.message).to.contain('On Linux use syslog');
    const syslog = { ...forFailures, facility: 'daemon' as const };
    const [linux] = await notify(native, makeJob({ syslog }), makeResult(), { secrets: {} }, never);
    expect(linux).to.include({ channel: 'Syslog', sent: false });
    expect(linux?.message).to.contain('Use eventLog');
  });

  it('leave out the log of the other system in a job for both', async () => {
    const { eventLog: _eventLog, logSockets: _logSockets, ...others } = await loadNative();
    const eventLog = { isRegistered: () => true, register: () => undefined, report: () => undefined };
    const job = makeJob({ eventLog: forFailures, syslog: { ...forFailures, facility: 'daemon' } });
    const outcome = await notify({ ...others, eventLog }, job, makeResult(), { secrets: {} }, never);
    expect(outcome.map(({ channel }) => channel)).to.deep.equal(['EventLog']);
  });

  it('are results, too, when what a system calls fails in ways nobody knows', async () => {
    const eventLog = {
      isRegistered: (): never => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- what foreign code may do.
        throw 'a text';
      },
      register: () => undefined,
      report: () => undefined,
    };
    const native = { ...(await loadNative()), eventLog };
    const outcome = await notify(
      native,
      makeJob({ eventLog: { when: ['Failed'] } }),
      makeResult(),
      { secrets: {} },
      never,
    );
    expect(outcome).to.deep.equal([
      { channel: 'EventLog', target: 'Application, source MirrorBackup', sent: false, message: 'a text' },
    ]);
  });

  it('have the ids that are documented, by which people filter', () => {
    const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'notifications.md'), 'utf8');
    for (const state of states) {
      expect(page).to.contain(`| ${EVENTS[state].id} | \`${state}\` | ${EVENTS[state].kind} |`);
      expect(page).to.match(new RegExp(`\\| \`${state}\` \\|[^|]+\\| \`${MESSAGE_IDS[state]}\` \\|`));
    }
  });

  describe('secrets', () => {
    it('of a job are found wherever they are, under the names they are sent with', () => {
      const job = makeJob({
        mail: { ...MAIL, password: { secret: 'smtp', vault: 'team' } },
        webhook: [
          { ...WEBHOOK, url: { secret: 'chat' }, headers: { A: { env: 'MIRRORBACKUP_NOT_SET' }, B: 'plain' } },
          { ...WEBHOOK, url: 'https://example.org/', headers: { A: { secret: 'missing' }, B: { secret: 'smtp' } } },
        ],
      });
      const secrets = { 'team/smtp': '1', chat: '2', smtp: '3', other: '4', MIRRORBACKUP_NOT_SET: '5' };
      expect(secretValuesOf(job, secrets)).to.deep.equal(['1', '2', '3']);
    });

    it('are not taken from elsewhere', () => {
      expect(resolveSecret({ secret: 'a' }, { a: 'value' })).to.equal('value');
      expect(() => resolveSecret({ secret: 'a', vault: 'v' }, { a: 'value' })).to.throw(/'v\/a' was not found/);
      expect(() => resolveSecret({ secret: 'toString' }, {})).to.throw(/was not found/);
      expect(() => resolveSecret({ secret: 'a' }, { a: '' })).to.throw(/was not found/);
      expect(() => resolveSecret({ env: 'MIRRORBACKUP_NOT_SET' }, { MIRRORBACKUP_NOT_SET: 'x' })).to.throw(
        /is not set/,
      );
    });
  });
});
