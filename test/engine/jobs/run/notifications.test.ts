import { rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { JobResult } from '../../../../engine/types/protocol.ts';
import { hook, useJob } from '../../../support/job.ts';

const ALL = ['Complete', 'Partial', 'Failed', 'Cancelled'];

describe('notifications of a run', () => {
  const job = useJob();
  let server: Server;
  let url: string;
  let received: { headers: IncomingHttpHeaders; body: JobResult }[];

  beforeEach(async () => {
    received = [];
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        received.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) as JobResult });
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterEach(() => server.close());

  it('tell how it ended, hooks at the end included', async () => {
    job().write({ hooks: { after: [hook('process.exit(1)')] }, notify: { webhook: [{ url, when: ALL }] } });
    const result = await job().run();
    expect(received).to.have.length(1);
    expect(received[0].body).to.include({ job: 'docs', state: 'Partial', exitCode: 3 });
    expect(received[0].body.hooks).to.have.length(1);
    expect(result.notifications).to.have.length(1);
    expect(result.notifications[0]).to.include({ channel: 'Webhook', sent: true });
    expect(
      job()
        .log(result)
        .filter(({ event }) => event === 'notification'),
    ).to.have.length(1);
    expect(Date.parse(result.endedAt)).to.equal(Date.parse(received[0].body.endedAt));
  });

  it('are sent for the outcomes that ask for it', async () => {
    job().write({ notify: { webhook: [{ url }] } });
    expect((await job().run()).notifications).to.deep.equal([]);
    rmSync(job().source, { recursive: true });
    expect(await job().run()).to.include({ state: 'Failed' });
    expect(received.map(({ body }) => body.state)).to.deep.equal(['Failed']);
  });

  it('that cannot be sent make a complete job partial, and no other job better', async () => {
    job().write({ notify: { webhook: [{ url: 'http://127.0.0.1:1/', when: ALL }] } });
    const result = await job().run();
    expect(result).to.include({ state: 'Partial', exitCode: 3 });
    expect(result.problems[0]).to.include({ id: 'NotificationFailed' });
    expect(result.generation).to.include({ state: 'Complete' });
    rmSync(job().source, { recursive: true });
    expect(await job().run()).to.include({ state: 'Failed', exitCode: 1 });
  });

  it('get the secrets that came with the request', async () => {
    const headers = { Authorization: { secret: 'token', vault: 'Team' } };
    job().write({ notify: { webhook: [{ url, when: ALL, headers }] } });
    expect(await job().run({ secrets: { 'Team/token': 'Bearer 1234' } })).to.include({ state: 'Complete' });
    expect(received[0].headers.authorization).to.equal('Bearer 1234');
  });

  it('whose secrets could not be had: that is a problem, from the first run on', async () => {
    job().write({ notify: { webhook: [{ url, headers: { Authorization: { secret: 'token' } } }] } });
    const secretProblems = [{ id: 'SecretNotFound', category: 'ObjectNotFound', message: 'There is no secret.' }];
    const result = await job().run({ secretProblems });
    expect(result).to.include({ state: 'Partial' });
    expect(result.problems[0]).to.include({ id: 'SecretNotFound' });
    expect(result.generation).to.include({ state: 'Complete' });
  });
});
