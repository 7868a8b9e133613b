import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { notify } from '../../../engine/notify/notify.ts';
import type { Syslog } from '../../../engine/types/job.ts';
import type { JobResult, JobState, NotificationResult } from '../../../engine/types/protocol.ts';
import { loadNative, type LogSockets } from '../../../native/index.ts';
import { useCleanup } from '../../support/notify/cleanup.ts';
import { makeGeneration, makeJob, makeResult } from '../../support/notify/job-result.ts';
import { requires } from '../../support/requires.ts';
import { useSandbox } from '../../support/sandbox.ts';

const SYSLOG: Syslog = { when: ['Complete', 'Partial', 'Failed', 'Cancelled'], facility: 'daemon' };

/** Node.js has no datagram sockets with a path. Writes each datagram to a file, as a line in hex. */
const LISTENER = `
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
print('ready', flush=True)
while True:
    data, ancillary, flags, address = s.recvmsg(1 << 20)
    with open(sys.argv[2], 'a') as f: f.write(data.hex() + '\\n')
`;

describe('notifications: syslog', () => {
  const sandbox = useSandbox();
  const keep = useCleanup();

  before(function () {
    requires(this, 'linux', 'tool:logger', 'tool:python3');
  });

  describe('a socket of syslog', () => {
    const levels = { Complete: 6, Cancelled: 5, Partial: 4, Failed: 3 } as const;
    for (const [state, level] of Object.entries(levels) as [JobState, number][])
      it(`gets one line for ${state}`, async () => {
        const log = await listen('log');
        expect(await send({ syslog: log.socket }, makeResult({ state }))).to.deep.equal({
          channel: 'Syslog',
          target: 'syslog, mirrorbackup, facility daemon',
          sent: true,
        });
        const [message, ...others] = await log.received();
        expect(others).to.be.empty;
        // daemon is 3; https://datatracker.ietf.org/doc/html/rfc3164#section-4.1.1
        expect(message).to.match(new RegExp(`^<${3 * 8 + level}>\\w{3} [ \\d]\\d [\\d:]{8} mirrorbackup\\[\\d+\\]: `));
        expect(message).to.contain(`${state.toUpperCase()}: nightly on SRV1`.replace('COMPLETE', 'Complete'));
        expect(message).to.contain("The source '/srv/data' does not exist. (SourceNotFound)");
        expect(message).to.contain('Log: /var/log/mirrorbackup/nightly-2026-11-26T023104Z.jsonl');
      });

    it('gets the facility of the job', async () => {
      const log = await listen('log');
      await send({ syslog: log.socket }, makeResult(), { facility: 'local5' });
      expect((await log.received())[0]).to.match(new RegExp(`^<${21 * 8 + 3}>`));
    });

    it('gets no second line from a name with one', async () => {
      const log = await listen('log');
      const problems = [{ id: 'ReadFailed', message: 'a\n<0>Jan  1 00:00:00 kernel: panic\r\u2028\u0000\u001b[31mb' }];
      await send({ syslog: log.socket }, makeResult({ problems }));
      const messages = await log.received();
      expect(messages).to.have.length(1);
      expect(messages[0]).to.contain('a <0>Jan  1 00:00:00 kernel: panic [31mb');
    });

    it('gets no more of a long text than it takes, and whole characters', async () => {
      const log = await listen('log');
      const problems = [{ id: 'ReadFailed', message: 'ä€😀'.repeat(5000) }];
      await send({ syslog: log.socket }, makeResult({ problems }));
      const messages = await log.received();
      expect(messages).to.have.length(1);
      expect(Buffer.byteLength(messages[0] ?? '')).to.be.within(7900, 8192);
      expect(messages[0]).to.match(/…$/).and.not.contain('\ufffd');
    });

    it('that nobody listens at is reported', async () => {
      const gone = sandbox().path('gone');
      writeFileSync(gone, '');
      const { sent, message } = await send({ syslog: gone }, makeResult());
      expect(sent).to.be.false;
      expect(message).to.match(/^logger ended with 1: logger: socket .*gone/);
    });
  });

  it('is reported where there is no log', async () => {
    const { sent, message } = await send({}, makeResult());
    expect(sent).to.be.false;
    expect(message).to.match(/^No system log listens here: there is neither .*none-journal nor .*none-syslog\.$/);
  });

  it('is reported where there is no logger', async () => {
    const log = await listen('log');
    const path = process.env['PATH'];
    process.env['PATH'] = sandbox().path('empty');
    try {
      const { sent, message } = await send({ syslog: log.socket }, makeResult());
      expect(sent).to.be.false;
      expect(message).to.contain('There is no program logger').and.contain('util-linux');
    } finally {
      process.env['PATH'] = path;
    }
  });

  it('falls back to syslog where logger does not know the journal', async () => {
    const log = await listen('log');
    const journal = sandbox().path('journal');
    writeFileSync(journal, '');
    const bin = sandbox().path('bin');
    mkdirSync(bin);
    const real =
      (process.env['PATH'] ?? '')
        .split(':')
        .map((folder) => join(folder, 'logger'))
        .find(existsSync) ?? '';
    symlinkSync(real, join(bin, 'real-logger'));
    const script = `#!/bin/sh\n[ "$1" = --journald ] && { echo "unrecognized option" >&2; exit 1; }\nexec "${real}" "$@"\n`;
    writeFileSync(join(bin, 'logger'), script, { mode: 0o755 });
    const path = process.env['PATH'];
    process.env['PATH'] = `${bin}:${path}`;
    try {
      expect(await send({ syslog: log.socket, journal }, makeResult())).to.include({ sent: true });
      expect(await log.received()).to.have.length(1);
    } finally {
      process.env['PATH'] = path;
    }
  });

  describe('the journal of systemd', () => {
    /** A mount namespace of its own, in which the journal is a socket that this test listens at. */
    const inNamespace = `
mount --make-rprivate / && mount -t tmpfs none /run && mkdir -p /run/systemd/journal || exit 9
coproc LISTENER { exec python3 "$1" /run/systemd/journal/socket "$2"; }
read -r ready <&"\${LISTENER[0]}"
"$3" "$4" "$5"
code=$?
for i in {1..100}; do [ -s "$2" ] && break; sleep 0.1; done
kill "$LISTENER_PID"
exit $code
`;

    it('gets fields to search for', async function () {
      requires(this, 'root', 'tool:unshare');
      const result = makeResult({
        state: 'Partial',
        exitCode: 3,
        generation: makeGeneration(),
        problems: [{ id: 'ReadFailed', message: 'first\nMESSAGE=second\nPRIORITY=0' }],
      });
      const { fields, outcome } = await inJournal(result);
      expect(outcome).to.deep.equal([
        { channel: 'Syslog', target: 'journald, mirrorbackup, facility daemon', sent: true },
      ]);
      expect(fields).to.include({
        MESSAGE_ID: '7c9e4b0a5d3f4f6e8b2a1c6d9e0f3a21',
        PRIORITY: '4',
        SYSLOG_IDENTIFIER: 'mirrorbackup',
        SYSLOG_FACILITY: '3',
        MIRRORBACKUP_JOB: 'nightly',
        MIRRORBACKUP_STATE: 'Partial',
        MIRRORBACKUP_EXIT_CODE: '3',
        MIRRORBACKUP_DESTINATION: '/mnt/backup/srv1',
        MIRRORBACKUP_GENERATION: '2026-11-26T023104Z',
        MIRRORBACKUP_PROBLEM: 'ReadFailed',
        MIRRORBACKUP_LOG: '/var/log/mirrorbackup/nightly-2026-11-26T023104Z.jsonl',
      });
      expect(fields['MESSAGE']).to.match(/^PARTIAL: nightly on SRV1 .* first MESSAGE=second PRIORITY=0 \(ReadFailed\)/);
      expect(JSON.parse(fields['MIRRORBACKUP_RESULT'] ?? '')).to.deep.equal(result);
    });

    async function inJournal(
      result: JobResult,
    ): Promise<{ outcome: NotificationResult[]; fields: Record<string, string> }> {
      const { root, path } = sandbox();
      writeFileSync(path('listen.py'), LISTENER);
      writeFileSync(path('run.sh'), inNamespace);
      const job = makeJob({ syslog: SYSLOG });
      writeFileSync(path('request.json'), JSON.stringify({ job, result, secrets: {} }));
      const fixture = join(import.meta.dirname, '..', '..', 'fixtures', 'notify-once.ts');
      const script = ['bash', path('run.sh'), path('listen.py'), path('received')];
      const child = spawn('unshare', ['--mount', ...script, process.execPath, fixture, path('request.json')], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [chunks] = await Promise.all([child.stdout.toArray(), once(child, 'exit')]);
      const [entry = ''] = readFileSync(path('received'), 'utf8').split('\n');
      return {
        outcome: JSON.parse(Buffer.concat(chunks as Buffer[]).toString()) as NotificationResult[],
        fields: parseEntry(Buffer.from(entry, 'hex').toString()),
      };
    }
  });

  async function send(
    sockets: Partial<LogSockets>,
    result: JobResult,
    syslog: Partial<Syslog> = {},
  ): Promise<NotificationResult> {
    const none = { journal: sandbox().path('none-journal'), syslog: sandbox().path('none-syslog') };
    const native = { ...(await loadNative()), logSockets: { ...none, ...sockets } };
    const job = makeJob({ syslog: { ...SYSLOG, ...syslog } });
    const [outcome] = await notify(native, job, result, { secrets: {} }, new AbortController().signal);
    if (!outcome) throw new Error('no outcome');
    return outcome;
  }

  async function listen(name: string): Promise<{ socket: string; received(): Promise<string[]> }> {
    const [socket, file] = [sandbox().path(name), sandbox().path(`${name}.received`)];
    const child = spawn('python3', ['-c', LISTENER, socket, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    keep({
      [Symbol.asyncDispose]: async () => {
        child.kill();
        await once(child, 'exit');
      },
    });
    await once(child.stdout, 'data');
    // The last one may be about to be written.
    const lines = (): string[] => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []);
    return {
      socket,
      async received() {
        while (lines().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
        return lines().map((line) => Buffer.from(line, 'hex').toString());
      },
    };
  }
});

/** `NAME=value` lines: https://systemd.io/JOURNAL_NATIVE_PROTOCOL */
function parseEntry(entry: string): Record<string, string> {
  const lines = entry.split('\n').filter((line) => line !== '');
  const fields = lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const);
  expect(new Set(fields.map(([name]) => name)).size, 'no field is there twice').to.equal(fields.length);
  return Object.fromEntries(fields);
}
