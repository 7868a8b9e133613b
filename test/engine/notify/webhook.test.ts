import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { notify } from '../../../engine/notify/notify.ts';
import type { Webhook } from '../../../engine/types/job.ts';
import type { JobResult, NotificationResult } from '../../../engine/types/protocol.ts';
import { loadNative } from '../../../native/index.ts';
import { useCleanup } from '../../support/notify/cleanup.ts';
import { makeGeneration, makeJob, makeResult, WEBHOOK } from '../../support/notify/job-result.ts';
import { notifyOnce } from '../../support/notify/notify-once.ts';
import { startRawServer } from '../../support/notify/smtp.ts';
import { notUnderWine } from '../../support/requires.ts';
import { useSandbox } from '../../support/sandbox.ts';

const never = new AbortController().signal;
const TOKEN = 'T0KEN-of-the-chat';

describe('notifications: webhook', () => {
  const sandbox = useSandbox();
  const keep = useCleanup();

  before(function () {
    notUnderWine(this, 'fetch cannot connect');
  });

  describe('what arrives', () => {
    it('is the result as JSON', async () => {
      const server = keep(await startWebServer());
      const result = makeResult({ generation: makeGeneration() });
      expect(await post({ url: server.url('/hook') }, result)).to.deep.equal({
        channel: 'Webhook',
        target: server.url('/hook'),
        sent: true,
      });
      const [request] = server.requests;
      expect(request).to.include({ method: 'POST', path: '/hook' });
      expect(request?.headers['content-type']).to.equal('application/json; charset=utf-8');
      expect(JSON.parse(request?.body ?? '')).to.deep.equal({ schemaVersion: 1, ...result });
    });

    it('is a text that chat programs do not take for links and mentions', async () => {
      const server = keep(await startWebServer());
      const problems = [{ id: 'ReadFailed', message: 'a & <!channel> b' }];
      await post({ url: server.url('/'), body: 'Text' }, makeResult({ problems }));
      const { text, ...rest } = JSON.parse(server.requests[0]?.body ?? '') as { text: string };
      expect(rest).to.deep.equal({});
      expect(text).to.match(/^FAILED: nightly on SRV1 /);
      expect(text).to.contain('a &amp; &lt;!channel&gt; b');
    });

    it('is a card as Teams takes it', async () => {
      const server = keep(await startWebServer());
      const problems = [{ id: 'ReadFailed', message: 'the file *a*_b_[c](d)' }];
      await post({ url: server.url('/'), body: 'AdaptiveCard' }, makeResult({ problems }));
      const { type, attachments } = JSON.parse(server.requests[0]?.body ?? '') as {
        type: string;
        attachments: { contentType: string; content: { type: string; body: { type: string; text?: string }[] } }[];
      };
      expect(type).to.equal('message');
      expect(attachments).to.have.length(1);
      expect(attachments[0]?.contentType).to.equal('application/vnd.microsoft.card.adaptive');
      expect(attachments[0]?.content.type).to.equal('AdaptiveCard');
      const body = attachments[0]?.content.body ?? [];
      expect(body.map((one) => one.type)).to.deep.equal(['TextBlock', 'TextBlock', 'TextBlock', 'FactSet']);
      expect(body[2]?.text).to.equal(String.raw`the file \*a\*\_b\_\[c\](d) (ReadFailed)`);
    });
  });

  describe('secrets', () => {
    it('come from the environment and from what was resolved, and are not told', async () => {
      const server = keep(await startWebServer());
      process.env['MIRRORBACKUP_TEST_HEADER'] = 'Bearer of-the-environment';
      try {
        const headers = { Authorization: { env: 'MIRRORBACKUP_TEST_HEADER' }, 'X-Plain': 'plain' };
        const outcome = await post({ url: { secret: 'chat' }, headers }, makeResult(), {
          chat: server.url(`/services/${TOKEN}?key=${TOKEN}`),
        });
        expect(outcome).to.deep.equal({ channel: 'Webhook', target: 'secret chat', sent: true });
        expect(server.requests[0]).to.deep.include({ path: `/services/${TOKEN}?key=${TOKEN}` });
        expect(server.requests[0]?.headers).to.include({
          authorization: 'Bearer of-the-environment',
          'x-plain': 'plain',
        });
      } finally {
        delete process.env['MIRRORBACKUP_TEST_HEADER'];
      }
    });

    it('do not stand in what the server says', async () => {
      const server = keep(
        await startWebServer(({ path, headers }, response) => {
          response.writeHead(403).end(`no ${path} for ${headers.authorization}`);
        }),
      );
      const outcome = await post(
        { url: { secret: 'chat' }, headers: { Authorization: { secret: 'login' } } },
        makeResult(),
        { chat: server.url(`/services/${TOKEN}`), login: 'Basic c2VjcmV0' },
      );
      expect(outcome.sent).to.be.false;
      expect(outcome.message).to.match(/answers with HTTP 403 Forbidden: no \*\*\* for \*\*\*$/);
    });

    it('of a URL are neither in its target nor in its errors', async () => {
      const server = keep(await startWebServer((_request, response) => response.writeHead(401).end()));
      const { host } = new URL(server.url('/'));
      const outcome = await post({ url: `http://user:${TOKEN}@${host}/hook?key=${TOKEN}` });
      expect(outcome).to.include({ sent: false, target: `http://${host}/hook` });
      expect(JSON.stringify(outcome)).to.not.contain(TOKEN);
      expect(server.requests[0]?.headers.authorization).to.equal(`Basic ${btoa(`user:${TOKEN}`)}`);
    });

    it('that are missing are named', async () => {
      const missing = await post({ url: { env: 'MIRRORBACKUP_NOT_SET' } });
      expect(missing).to.include({ sent: false, target: 'secret MIRRORBACKUP_NOT_SET' });
      expect(missing.message).to.contain("environment variable 'MIRRORBACKUP_NOT_SET'");
    });

    it('that no header can have are not repeated', async () => {
      const outcome = await post(
        { url: 'http://127.0.0.1:1/', headers: { 'X-Key': { secret: 'key' } } },
        makeResult(),
        {
          key: `${TOKEN}\nX-Other: ${TOKEN}`,
        },
      );
      expect(outcome.message).to.contain("header 'X-Key'").and.not.contain(TOKEN);
    });
  });

  describe('failures', () => {
    it('of a server are tried again', async () => {
      const answers = [500, 429, 503, 204];
      const server = keep(
        await startWebServer((_request, response, index) => {
          response.writeHead(answers[index] ?? 500, { 'Retry-After': '0' }).end();
        }),
      );
      expect(await post({ url: server.url('/') })).to.include({ sent: true });
      expect(server.requests).to.have.length(4);
    });

    it('that stay are reported with what the server said', async () => {
      const server = keep(
        await startWebServer((_request, response) => {
          const past = new Date(Date.now() - 60_000).toUTCString();
          response.writeHead(503, { 'Retry-After': past }).end(`down for maintenance\n${'x'.repeat(100_000)}`);
        }),
      );
      const { sent, message } = await post({ url: server.url('/') });
      expect(sent).to.be.false;
      expect(server.requests).to.have.length(4);
      expect(message).to.match(/HTTP 503 Service Unavailable: down for maintenance x{1,200} \(after 4 attempts\)$/);
    });

    it('of the request are not tried again', async () => {
      const server = keep(await startWebServer((_request, response) => response.writeHead(400).end('invalid_payload')));
      const { sent, message } = await post({ url: server.url('/') });
      expect(sent).to.be.false;
      expect(message).to.match(/answers with HTTP 400 Bad Request: invalid_payload$/);
      expect(server.requests).to.have.length(1);
    });

    it('of the network are tried again', async () => {
      const server = keep(
        await startWebServer((_request, response, index) => {
          if (index === 0) response.destroy();
          else response.end('ok');
        }),
      );
      expect(await post({ url: server.url('/') })).to.include({ sent: true });
      expect(server.requests).to.have.length(2);
    });

    it('end by the time limit of a server that says nothing', async () => {
      const server = keep(await startWebServer(() => undefined));
      const { sent, message } = await post({ url: server.url('/'), timeout: '0.2s' });
      expect(sent).to.be.false;
      expect(message).to.match(/^127\.0\.0\.1:\d+ did not answer within 0\.2 s\.$/);
      expect(server.requests).to.have.length(1);
    });

    it('end when they are stopped, also between two attempts', async () => {
      const stop = new AbortController();
      const server = keep(
        await startWebServer((_request, response) => {
          response.writeHead(500, { 'Retry-After': '1000' }).end(() => stop.abort());
        }),
      );
      const job = makeJob({ webhook: [{ ...WEBHOOK, url: server.url('/') }] });
      const outcome = await notify(await loadNative(), job, makeResult(), { secrets: {} }, stop.signal);
      expect(outcome).to.have.length(1);
      expect(outcome[0]).to.include({ sent: false, message: 'It was stopped.' });
    });

    it('of one channel leave the others alone', async () => {
      const bad = keep(await startWebServer((_request, response) => response.writeHead(404).end()));
      const good = keep(await startWebServer());
      const job = makeJob({ webhook: [bad, good].map((server) => ({ ...WEBHOOK, url: server.url('/') })) });
      const outcome = await notify(await loadNative(), job, makeResult(), { secrets: {} }, never);
      expect(outcome.map(({ sent }) => sent)).to.deep.equal([false, true]);
    });
  });

  describe('redirects', () => {
    for (const status of [307, 308])
      it(`are followed on the same server (${status})`, async () => {
        const server = keep(
          await startWebServer(({ path }, response) => {
            if (path === '/old') response.writeHead(status, { Location: '/new' }).end();
            else response.end('ok');
          }),
        );
        const outcome = await post({ url: server.url('/old'), headers: { 'X-Key': { secret: 'key' } } }, makeResult(), {
          key: TOKEN,
        });
        expect(outcome).to.include({ sent: true });
        expect(server.requests.map(({ path }) => path)).to.deep.equal(['/old', '/new']);
        expect(server.requests[1]).to.include({ method: 'POST', body: server.requests[0]?.body });
      });

    it('to another server are not followed', async () => {
      const other = keep(await startWebServer());
      const server = keep(
        await startWebServer((_request, response) => {
          response.writeHead(307, { Location: other.url(`/there?${TOKEN}`) }).end();
        }),
      );
      const outcome = await post({ url: server.url('/'), headers: { 'X-Key': { secret: 'key' } } }, makeResult(), {
        key: TOKEN,
      });
      expect(outcome.sent).to.be.false;
      expect(outcome.message).to.contain(`HTTP 307: it redirects to ${other.url('/there')}, which is not followed`);
      expect(outcome.message).to.not.contain(TOKEN);
      expect(other.requests).to.be.empty;
    });

    it('that would lose the message are not followed', async () => {
      const server = keep(
        await startWebServer((_request, response) => {
          response.writeHead(302, { Location: '/login' }).end();
        }),
      );
      expect((await post({ url: server.url('/') })).message).to.match(/HTTP 302: it redirects to .*\/login/);
      expect(server.requests).to.have.length(1);
    });

    it('in a circle end', async () => {
      const server = keep(
        await startWebServer(({ path }, response) => {
          response.writeHead(307, { Location: `${path}x` }).end();
        }),
      );
      expect((await post({ url: server.url('/') })).sent).to.be.false;
      expect(server.requests).to.have.length(4);
    });
  });

  it('names what a proxy answers', async () => {
    const proxy = keep(
      await startRawServer((socket) => {
        socket.once('data', () => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'));
      }),
    );
    const job = makeJob({ webhook: [{ ...WEBHOOK, url: 'http://chat.invalid/hook' }] });
    const env = { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: '' };
    const [outcome] = await notifyOnce(sandbox().root, { job, result: makeResult(), secrets: {} }, env);
    expect(outcome?.message).to.match(/^No request to chat\.invalid: Proxy response \(407\)/);
  });

  it('goes through the proxy that the environment names', async () => {
    const heard: string[] = [];
    const proxy = keep(
      await startRawServer((socket) => {
        socket.on('data', (chunk) => {
          const [line = ''] = chunk.toString().split('\r\n');
          heard.push(line);
          socket.write(line.startsWith('CONNECT') ? 'HTTP/1.1 200 OK\r\n\r\n' : 'HTTP/1.1 204 No Content\r\n\r\n');
        });
      }),
    );
    const job = makeJob({ webhook: [{ ...WEBHOOK, url: 'http://chat.invalid/hook' }] });
    const [outcome] = await notifyOnce(
      sandbox().root,
      { job, result: makeResult(), secrets: {} },
      { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: '' },
    );
    expect(outcome).to.include({ sent: true });
    expect(heard[0]).to.equal('CONNECT chat.invalid:80 HTTP/1.1');
  });
});

interface WebRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface WebServer extends AsyncDisposable {
  url(path: string): string;
  readonly requests: WebRequest[];
}

async function startWebServer(
  answer: (request: WebRequest, response: ServerResponse, index: number) => unknown = (_request, response) =>
    response.end('ok'),
): Promise<WebServer> {
  const requests: WebRequest[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url: path = '', headers } = incoming;
      const request = { method, path, headers, body: Buffer.concat(chunks).toString() };
      requests.push(request);
      answer(request, response, requests.length - 1);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (path) => `http://127.0.0.1:${port}${path}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function post(
  webhook: Partial<Webhook> & Pick<Webhook, 'url'>,
  result: JobResult = makeResult(),
  secrets: Record<string, string> = {},
): Promise<NotificationResult> {
  const job = makeJob({ webhook: [{ ...WEBHOOK, ...webhook }] });
  const [outcome] = await notify(await loadNative(), job, result, { secrets }, never);
  if (!outcome) throw new Error('no outcome');
  return outcome;
}
