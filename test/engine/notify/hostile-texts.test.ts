import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Told } from '../../../engine/notify/channel.ts';
import { describeResult } from '../../../engine/notify/describe-result.ts';
import { eventText, LONGEST_TEXT } from '../../../engine/notify/event-log/event-text.ts';
import { resultHtml } from '../../../engine/notify/mail/html.ts';
import { notify } from '../../../engine/notify/notify.ts';
import { resultLine, resultText } from '../../../engine/notify/result-text.ts';
import { journalEntry } from '../../../engine/notify/syslog/entries.ts';
import type { JobProblem, JobResult } from '../../../engine/types/protocol.ts';
import { loadNative, type LogEvent } from '../../../native/index.ts';
import { useCleanup } from '../../support/notify/cleanup.ts';
import { notUnderWine } from '../../support/requires.ts';
import { MAIL, makeGeneration, makeJob, makeResult, WEBHOOK } from '../../support/notify/job-result.ts';
import { startMailServer } from '../../support/notify/smtp.ts';

const never = new AbortController().signal;

/** What names of files and output of programs may hold. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom('\r', '\n', '\0', '\u2028', '\u0085', ' ', ':', 'B', 'c', '\ud800', '%', '1') }),
  fc.constantFrom(
    'x\r\nBcc: victim@example.org',
    'x\n\n<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' & <b>",
    '%1 %%2 %n',
    '=?utf-8?Q?=0D=0ABcc:_a@b?=',
    'a\nPRIORITY=0\nMESSAGE',
    '\r\n.\r\nMAIL FROM:<a@b>',
  ),
);
const filled = text.map((value) => value || 'x');

const problem: fc.Arbitrary<JobProblem> = fc.record(
  { id: fc.constant('ReadFailed'), message: filled, path: filled, hint: filled },
  { requiredKeys: ['id', 'message'] },
);

const result: fc.Arbitrary<JobResult> = fc
  .record({
    job: text.map((name) => `job${name}`),
    computer: filled,
    destination: filled,
    file: filled,
    logFile: filled,
    problems: fc.array(problem, { maxLength: 15 }),
    removed: fc.array(filled, { maxLength: 15 }),
    reports: fc.array(filled, { maxLength: 3 }),
    state: fc.constantFrom('Complete', 'Partial', 'Failed', 'Cancelled'),
  })
  .map((changes) => makeResult({ ...changes, generation: makeGeneration() }));

describe('notifications: hostile texts', () => {
  const keep = useCleanup();

  it('add no header, no receiver and no part to a mail', async () => {
    const server = keep(await startMailServer());
    const native = await loadNative();
    const receive = async (told: JobResult, description: string): Promise<[string[], number, string]> => {
      const mail = { ...MAIL, port: server.port, when: [told.state] };
      const outcome = await notify(native, makeJob({ mail }, description), told, { secrets: {} }, never);
      expect(outcome[0]?.message).to.be.undefined;
      const received = server.mails.pop();
      expect(received?.receivers).to.deep.equal(['admin@example.org']);
      const { headers = [], attachments = [], subject = '' } = received?.parsed ?? {};
      return [headers.map(({ key }) => key), attachments.length, subject];
    };
    const usual = new Map<string, string[]>();
    for (const state of ['Complete', 'Partial', 'Failed', 'Cancelled'] as const)
      usual.set(state, (await receive(makeResult({ state }), 'description'))[0]);
    await fc.assert(
      fc.asyncProperty(result, filled, async (told, description) => {
        const [headers, attachments, subject] = await receive(told, description);
        expect(headers).to.deep.equal(usual.get(told.state));
        expect(attachments).to.equal(0);
        expect(subject).to.match(/^\[MirrorBackup\] /);
      }),
      { numRuns: 25 },
    );
  }).timeout(120_000);

  it('add no tag to the page of a mail', () => {
    fc.assert(
      fc.property(result, filled, (told, description) => {
        const hostile = describeResult(makeJob({}, description), told);
        const harmless = {
          ...hostile,
          title: 'x',
          summary: 'x',
          problems: hostile.problems.map((one) => ({
            id: 'x',
            message: 'x',
            ...(one.path !== undefined && !one.message.includes(one.path) && { path: 'y' }),
            ...(one.hint !== undefined && { hint: 'x' }),
          })),
          facts: hostile.facts.map(() => ({ label: 'x', value: 'x' })),
        };
        expect(tagsOf(resultHtml(hostile))).to.deep.equal(tagsOf(resultHtml(harmless)));
      }),
    );
  });

  it('add no line to texts and entries of logs', () => {
    fc.assert(
      fc.property(result, filled, (told, description) => {
        const described = describeResult(makeJob({}, description), told);
        expect(resultLine(described)).to.not.match(/[\p{Cc}\u2028\u2029]/u);
        expect(resultText(described).replaceAll('\n', '')).to.not.match(/[\p{Cc}\u2028\u2029]/u);
        const { input } = journalEntry(toldOf(told, description), 'daemon');
        expect(input.replaceAll('\n', '')).to.not.match(/[\p{Cc}\u2028\u2029]/u);
        for (const line of input.trimEnd().split('\n'))
          expect(line).to.match(/^(MIRRORBACKUP|SYSLOG|MESSAGE|PRIORITY)/);
        const names = input
          .trimEnd()
          .split('\n')
          .map((line) => line.split('=')[0]);
        expect(new Set(names).size).to.equal(names.length);
      }),
    );
  });

  it('make no event too long or full of placeholders, and leave its JSON whole', () => {
    const long = fc.array(problem, { maxLength: 400 });
    fc.assert(
      fc.property(result, long, fc.integer({ min: 1, max: 300 }), (told, problems, times) => {
        const lengthened = problems.map((one) => ({ ...one, message: one.message.repeat(times) }));
        const event = eventText(toldOf({ ...told, problems: lengthened }, 'x'));
        expect(event.length).to.be.at.most(LONGEST_TEXT);
        expect(event).to.not.match(/%[0-9!]/);
        const json = event.split('\r\n\r\n').find((part) => part.startsWith('{"'));
        if (json !== undefined) expect((JSON.parse(json) as JobResult).job).to.equal(told.job);
      }),
      { numRuns: 60 },
    );
  });

  it('hold no secret, in whatever is sent and returned', async function () {
    notUnderWine(this, 'fetch cannot connect');
    const mails = keep(await startMailServer());
    const bodies: string[] = [];
    const server = createServer((request, response) => {
      void request.toArray().then((chunks) => {
        bodies.push(Buffer.concat(chunks as Buffer[]).toString());
        response.writeHead(400).end(`${request.url} ${request.headers.authorization}`);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const events: string[] = [];
    const eventLog = {
      isRegistered: () => true,
      register: () => undefined,
      report: (event: LogEvent) => void events.push(event.text),
    };
    const native = { ...(await loadNative()), eventLog };
    const secret = fc
      .string({ unit: fc.constantFrom(...'abcdefXYZ0123456789-._~+/=&%"\\ '), minLength: 8, maxLength: 40 })
      .map((value) => `s3c${value.trim()}T`);
    const when: JobResult['state'][] = ['Failed'];
    try {
      await fc.assert(
        fc.asyncProperty(secret, secret, async (password, token) => {
          const job = makeJob({
            mail: { ...MAIL, port: mails.port, when, password: { secret: 'mail' } },
            webhook: (['Result', 'Text', 'AdaptiveCard'] as const).map((body) => ({
              ...WEBHOOK,
              ...{ when, body, url: { secret: 'url' }, headers: { Authorization: { secret: 'mail' } } },
            })),
            eventLog: { when },
          });
          const url = `http://127.0.0.1:${port}/hooks/${encodeURIComponent(token)}`;
          const leak = `login with ${password} or ${btoa(password)} at ${url} failed`;
          const problems = [{ id: 'HookFailed', message: leak, hint: leak, path: leak }];
          const hooks = [{ stage: 'Before', command: leak, exitCode: 1, duration: 1, message: leak } as const];
          const told = makeResult({ problems, hooks });
          const outcome = await notify(native, job, told, { secrets: { mail: password, url } }, never);
          const mail = mails.mails.pop();
          const all = [JSON.stringify(outcome), ...bodies.splice(0), ...events.splice(0)];
          all.push(mail?.raw ?? '', mail?.parsed.text ?? '', mail?.parsed.html ?? '');
          for (const form of [
            password,
            btoa(password),
            JSON.stringify(password).slice(1, -1),
            url,
            encodeURIComponent(token),
          ])
            for (const sent of all) expect(sent).to.not.contain(form);
          expect(outcome.map(({ sent }) => sent)).to.deep.equal([true, false, false, false, true]);
          expect(outcome[1]?.message).to.contain('HTTP 400');
        }),
        { numRuns: 20 },
      );
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }).timeout(120_000);
});

function tagsOf(html: string): string[] {
  return html.match(/<[^>]*>/g) ?? [];
}

function toldOf(told: JobResult, description: string): Told {
  const job = makeJob({}, description);
  return { job, result: told, description: describeResult(job, told), secrets: {} };
}
