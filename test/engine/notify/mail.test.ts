import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { SMTPServerOptions } from 'smtp-server';
import { notify } from '../../../engine/notify/notify.ts';
import type { Mail } from '../../../engine/types/job.ts';
import type { JobResult, NotificationResult } from '../../../engine/types/protocol.ts';
import { loadNative } from '../../../native/index.ts';
import { MAIL, makeGeneration, makeJob, makeResult } from '../../support/notify/job-result.ts';
import { notifyOnce } from '../../support/notify/notify-once.ts';
import { makeCertificate, startMailServer, startRawServer, type ReceivedMail } from '../../support/notify/smtp.ts';
import { useCleanup } from '../../support/notify/cleanup.ts';
import { requires } from '../../support/requires.ts';
import { useSandbox } from '../../support/sandbox.ts';

const never = new AbortController().signal;
const PASSWORD = 'correct horse battery';

describe('notifications: mail', () => {
  const sandbox = useSandbox();
  const keep = useCleanup();

  describe('what arrives', () => {
    it('says in subject, text and page what happened', async () => {
      const { mail, outcome } = await receive({}, makeResult(), { description: 'all of /srv' });
      expect(outcome).to.deep.equal([{ channel: 'Mail', target: 'admin@example.org', sent: true }]);
      expect(mail.parsed.subject).to.match(/^\[MirrorBackup\] FAILED: nightly on SRV1 \(2026-11-2\d \d\d:\d\d\)$/);
      for (const text of [mail.parsed.text, plain(mail.parsed.html)]) {
        expect(text).to.contain('There is no new backup.');
        expect(text).to.contain("The source '/srv/data' does not exist. (SourceNotFound)");
        expect(text).to.contain('Mount it, or correct the path.');
        expect(text).to.contain('all of /srv');
        expect(text).to.contain('/var/log/mirrorbackup/nightly-2026-11-26T023104Z.jsonl');
        expect(text).to.match(/after 2 min 5 s|after 2 min 4 s/);
      }
    });

    it('has the headers of a message by a machine', async () => {
      const { mail } = await receive({ to: ['a@example.org', 'B <b@example.org>'] }, makeResult());
      expect(header(mail, 'auto-submitted')).to.equal('auto-generated');
      expect(header(mail, 'x-mirrorbackup-state')).to.equal('Failed');
      expect(header(mail, 'x-mirrorbackup-job')).to.equal('nightly');
      expect(header(mail, 'message-id')).to.match(/^<[^@<>\s]+@example\.org>$/);
      expect(header(mail, 'content-type')).to.match(/^multipart\/alternative/);
      expect(header(mail, 'importance')).to.equal('High');
      expect(mail).to.deep.include({ sender: 'backup@example.org', receivers: ['a@example.org', 'b@example.org'] });
    });

    it('tells the numbers of a generation, and what retention removed', async () => {
      const { mail } = await receive(
        {},
        makeResult({
          state: 'Partial',
          exitCode: 3,
          generation: makeGeneration({ failed: 2 }),
          removed: ['2026-10-01T023000Z', '2026-10-02T023000Z'],
          freedBytes: 3 * 2 ** 30,
          damage: 1,
        }),
      );
      const text = mail.parsed.text ?? '';
      expect(text).to.contain('Generation 2026-11-26T023104Z was made: 31,204 files, 5.0 GiB');
      expect(text).to.contain('12 files (48.0 MiB) were copied');
      expect(text).to.contain('1 item in the backup is damaged');
      expect(text).to.match(/Failed items: +2/);
      expect(text).to.contain('/mnt/backup/srv1/2026-11-26T023104Z');
      expect(text).to.contain('2026-10-01T023000Z, 2026-10-02T023000Z, which freed 3.0 GiB');
    });

    it('tells the first ten of many problems', async () => {
      const problems = Array.from({ length: 25 }, (_, n) => ({ id: 'ReadFailed', message: `file ${n} is unreadable` }));
      const { mail } = await receive({}, makeResult({ problems }));
      expect(mail.parsed.text).to.contain('10. file 9 is unreadable').and.contain('and 15 more, see the log');
      expect(mail.parsed.text).to.not.contain('file 10 is');
      expect(plain(mail.parsed.html)).to.contain('and 15 more, see the log');
    });

    it('is not sent for an outcome nobody asked for', async () => {
      const server = keep(await startMailServer());
      const job = makeJob({ mail: { ...MAIL, port: server.port } });
      const result = makeResult({ state: 'Complete', exitCode: 0, problems: [] });
      expect(await notify(await loadNative(), job, result, { secrets: {} }, never)).to.deep.equal([]);
      expect(server.mails).to.be.empty;
    });

    it('has the report attached', async () => {
      const report = sandbox().path('report.html');
      writeFileSync(report, '<p>all generations</p>');
      const { mail } = await receive({ attachReport: true }, makeResult(), { report });
      const [attachment] = mail.parsed.attachments;
      expect(attachment).to.include({ filename: 'report.html', mimeType: 'text/html', disposition: 'attachment' });
      expect(Buffer.from(attachment?.content as ArrayBuffer).toString()).to.equal('<p>all generations</p>');
    });

    it('says why a report is not attached', async () => {
      const { mail } = await receive({ attachReport: true }, makeResult(), { report: sandbox().path('none.html') });
      expect(mail.parsed.attachments).to.be.empty;
      expect(mail.parsed.text).to.match(/Report: +not attached, because it could not be read: ENOENT/);
    });
  });

  describe('login and protection', () => {
    it('logs in over STARTTLS, verifying the certificate', async function () {
      requires(this, 'linux', 'tool:openssl');
      const { outcome, mails } = await overTls('StartTls', true);
      expect(outcome.message).to.be.undefined;
      expect(mails).to.have.length(1);
      expect(mails[0]).to.include({ isSecure: true, user: 'backup' });
    });

    it('speaks TLS from the start', async function () {
      requires(this, 'linux', 'tool:openssl');
      const { outcome, mails } = await overTls('Tls', true);
      expect(outcome.message).to.be.undefined;
      expect(mails[0]).to.include({ isSecure: true, user: 'backup' });
    });

    for (const security of ['StartTls', 'Tls'] as const)
      it(`sends nothing to a server that has a certificate nobody vouches for (${security})`, async function () {
        requires(this, 'linux', 'tool:openssl');
        const { outcome, mails } = await overTls(security, false);
        expect(outcome.sent).to.be.false;
        expect(outcome.message).to.match(/certificate .* is not trusted: .*DEPTH_ZERO_SELF_SIGNED_CERT/);
        expect(outcome.message).to.contain('NODE_EXTRA_CA_CERTS');
        expect(mails).to.be.empty;
      });

    it('sends nothing to a server that has the certificate of another one', async function () {
      requires(this, 'linux', 'tool:openssl');
      const { outcome, mails } = await overTls('StartTls', true, '127.0.0.1');
      expect(outcome.sent).to.be.false;
      expect(outcome.message).to.match(/certificate .* is not accepted: .*127\.0\.0\.1.*ERR_TLS_CERT_ALTNAME_INVALID/);
      expect(mails).to.be.empty;
    });

    it('tells that a port does not speak TLS from the start', async () => {
      const server = keep(await startMailServer());
      const { sent, message } = await send({ ...login('Tls'), port: server.port });
      expect(sent).to.be.false;
      expect(message).to.match(/^No TLS connection to the mail server .* Perhaps this port does not speak TLS/);
    });

    it('sends nothing, least of all a password, to a server without STARTTLS', async () => {
      const lines: string[] = [];
      const server = keep(
        await startRawServer((socket) => {
          socket.write('220 hello\r\n');
          socket.on('data', (chunk) => {
            lines.push(chunk.toString());
            socket.write(/^EHLO/.test(chunk.toString()) ? '250-hello\r\n250 AUTH PLAIN LOGIN\r\n' : '500 what?\r\n');
          });
        }),
      );
      const outcome = await send({ ...login('StartTls'), port: server.port });
      expect(outcome.sent).to.be.false;
      expect(outcome.message).to.contain('offers no TLS by STARTTLS').and.contain('500 what?');
      expect(lines.map((line) => line.split(/\s/)[0])).to.deep.equal(['EHLO', 'STARTTLS']);
    });

    it('reports a refused login with the words of the server, without the password', async () => {
      const onAuth: SMTPServerOptions['onAuth'] = ({ username, password }, _session, done) =>
        done(new Error(`no ${username} with ${password} or ${Buffer.from(password ?? '').toString('base64')}`));
      const server = keep(await startMailServer({ onAuth, allowInsecureAuth: true }));
      const outcome = await send({ ...login('None'), port: server.port });
      expect(outcome.sent).to.be.false;
      expect(outcome.message).to.match(/refuses the login: 535 .*no backup with \*\*\* or \*\*\*/);
      expect(server.mails).to.be.empty;
    });

    it('reports a password that is not there', async () => {
      const outcome = await send({ ...login('None'), port: 1 }, {});
      expect(outcome.sent).to.be.false;
      expect(outcome.message).to.contain("'team/smtp' was not found").and.contain('Set-Secret');
    });
  });

  describe('failures', () => {
    it('tells which receivers are refused, and sends to the others', async () => {
      const server = keep(
        await startMailServer({
          onRcptTo: ({ address }, _session, done) => done(address.startsWith('b') ? new Error('no such user') : null),
        }),
      );
      const outcome = await send({ port: server.port, to: ['a@example.org', 'b@example.org'] });
      expect(outcome.sent).to.be.false;
      expect(outcome.message).to.match(/^Sent, but not to 1 of 2 receivers.*b@example.org: 550 no such user/);
      expect(server.mails.map(({ receivers }) => receivers)).to.deep.equal([['a@example.org']]);
    });

    it('tells that all receivers are refused', async () => {
      const server = keep(
        await startMailServer({
          onRcptTo: (_to, _session, done) => done(new Error('no such user')),
        }),
      );
      const outcome = await send({ port: server.port });
      expect(outcome.sent).to.be.false;
      expect(outcome.message).to.match(/refuses all receivers: admin@example.org: 550 no such user/);
    });

    it('tells that the sender is refused', async () => {
      const server = keep(await startMailServer({ onMailFrom: (_from, _session, done) => done(new Error('not you')) }));
      expect((await send({ port: server.port })).message).to.match(/refuses the sender: 550 not you/);
    });

    it('reports a server that drops the connection', async () => {
      const server = keep(await startRawServer((socket) => socket.destroy()));
      const outcome = await send({ port: server.port });
      expect(outcome.sent).to.be.false;
      expect(outcome.message).to.match(/^No connection to the mail server 127\.0\.0\.1:\d+: it dropped the connection/);
    });

    it('reports a server that nobody runs', async () => {
      const { port } = await freePort();
      expect((await send({ port })).message)
        .to.contain('refuses the connection')
        .and.contain('ECONNREFUSED');
    });

    it('reports a name that does not exist', async () => {
      const { message } = await send({ server: 'mail.invalid', port: 25 });
      expect(message).to.match(/mail\.invalid:25: its name (was not found|could not be looked up)/);
    });

    it('is given up when a server does not greet @slow', async () => {
      const server = keep(await startRawServer(() => undefined));
      const { sent, message } = await send({ port: server.port });
      expect(sent).to.be.false;
      expect(message).to.match(/^The mail server 127\.0\.0\.1:\d+ did not answer in time \(ETIMEDOUT\)\.$/);
    });

    it('is stopped while a server says nothing', async () => {
      const connected = Promise.withResolvers<void>();
      const server = keep(await startRawServer(() => connected.resolve()));
      const stop = new AbortController();
      const job = makeJob({ mail: { ...MAIL, port: server.port } });
      const outcome = notify(await loadNative(), job, makeResult(), { secrets: {} }, stop.signal);
      await connected.promise;
      stop.abort();
      expect(await outcome).to.deep.equal([
        { channel: 'Mail', target: 'admin@example.org', sent: false, message: 'It was stopped.' },
      ]);
    });
  });

  async function receive(
    mail: Partial<Mail>,
    result: JobResult,
    { description, report }: { description?: string; report?: string } = {},
  ): Promise<{ mail: ReceivedMail; outcome: NotificationResult[] }> {
    const server = keep(await startMailServer());
    const job = makeJob({ mail: { ...MAIL, port: server.port, ...mail } }, description);
    const outcome = await notify(await loadNative(), job, result, { secrets: {}, reportHtmlFile: report }, never);
    const [received] = server.mails;
    if (!received) throw new Error(`nothing arrived: ${JSON.stringify(outcome)}`);
    return { mail: received, outcome };
  }

  async function overTls(
    security: 'StartTls' | 'Tls',
    isTrusted: boolean,
    name = 'localhost',
  ): Promise<{ outcome: NotificationResult; mails: ReceivedMail[] }> {
    const { key, cert, file } = makeCertificate(sandbox().root);
    const server = keep(
      await startMailServer({
        ...{ key, cert, secure: security === 'Tls' },
        onAuth: ({ username, password }, _session, done) =>
          password === PASSWORD ? done(null, { user: username }) : done(new Error('wrong')),
      }),
    );
    const job = makeJob({ mail: { ...MAIL, ...login(security), server: name, port: server.port } });
    const request = { job, result: makeResult(), secrets: { 'team/smtp': PASSWORD } };
    const env = isTrusted ? { NODE_EXTRA_CA_CERTS: file } : {};
    const [outcome] = await notifyOnce(sandbox().root, request, env);
    if (!outcome) throw new Error('no outcome');
    return { outcome, mails: server.mails };
  }
});

function login(security: Mail['security']): Pick<Mail, 'security' | 'user' | 'password'> {
  return { security, user: 'backup', password: { secret: 'smtp', vault: 'team' } };
}

async function send(
  mail: Partial<Mail>,
  secrets: Record<string, string> = { 'team/smtp': PASSWORD },
): Promise<NotificationResult> {
  const job = makeJob({ mail: { ...MAIL, ...mail } });
  const [outcome] = await notify(await loadNative(), job, makeResult(), { secrets }, never);
  if (!outcome) throw new Error('no outcome');
  return outcome;
}

async function freePort(): Promise<{ port: number }> {
  const server = await startRawServer(() => undefined);
  await server[Symbol.asyncDispose]();
  return { port: server.port };
}

function header({ parsed }: ReceivedMail, name: string): string | undefined {
  return parsed.headers.find(({ key }) => key === name)?.value;
}

/** What is left of a page without its tags. */
function plain(html = ''): string {
  return html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}
