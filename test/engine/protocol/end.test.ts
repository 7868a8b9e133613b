import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EngineClient, useEngineClient } from '../../support/engine-client.ts';
import { scriptedEngine } from '../../support/scripted-engine.ts';
import { setTimeout as delay } from 'node:timers/promises';
import { notUnderWine, skip } from '../../support/requires.ts';

describe('the end of the engine', () => {
  const engine = useEngineClient({ entry: scriptedEngine });
  const cleanEnd = { code: 0, signal: null };

  async function startWaiting(client = engine()): Promise<string | number> {
    const id = client.start('listGenerations', { setPath: '/wait' });
    await client.notification('log');
    // Longer than input that was piped in at once would take to end.
    await delay(200);
    return id;
  }

  it('input that ends cancels what is running', async () => {
    await engine().request('initialize', {});
    const id = await startWaiting();
    expect(await engine().close()).to.deep.equal(cleanEnd);
    expect((await engine().response(id)).error?.data.id).to.equal('Cancelled');
    expect(engine().messages.map(({ params }) => params?.['message'])).to.include('cleaning up');
  });

  it('input that ends within a line cancels what is running, too', async () => {
    await engine().request('initialize', {});
    const id = await startWaiting();
    engine().write('{"jsonrpc":"2.0","id":');
    expect(await engine().close()).to.deep.equal(cleanEnd);
    expect((await engine().response(id)).error?.data.id).to.equal('Cancelled');
    expect((await engine().response(null)).error?.data.id).to.equal('ParseError');
  });

  it('input that ends when nothing is running ends the engine', async () => {
    expect(await engine().close()).to.deep.equal(cleanEnd);
    expect(engine().stderr).to.equal('');
  });

  it('input that was there all at once is answered', async () => {
    const id = engine().start('listGenerations', { setPath: '/short' });
    expect(await engine().close()).to.deep.equal(cleanEnd);
    expect((await engine().response(id)).result).to.deep.equal({ generations: [] });
  });

  it('a file is answered, however late its end is seen @slow', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'mirrorbackup-')), 'request.json');
    const request = { jsonrpc: '2.0', id: 1, method: 'listGenerations', params: { setPath: '/busy' } };
    writeFileSync(file, `${JSON.stringify(request)}\n`);
    const input = openSync(file, 'r');
    try {
      const { stdout, status } = spawnSync(process.execPath, [scriptedEngine], { stdio: [input, 'pipe', 'inherit'] });
      expect(JSON.parse(String(stdout))).to.deep.equal({ jsonrpc: '2.0', id: 1, result: { generations: [] } });
      expect(status).to.equal(0);
    } finally {
      closeSync(input);
      rmSync(dirname(file), { recursive: true });
    }
  }).timeout(60_000);

  it('after shutdown, input that ends cancels nothing', async () => {
    const id = engine().start('listGenerations', { setPath: '/short' });
    await engine().request('shutdown');
    expect(await engine().close()).to.deep.equal(cleanEnd);
    expect((await engine().response(id)).result).to.deep.equal({ generations: [] });
  });

  it('a reader that goes away cancels what is running', async () => {
    engine().start('listGenerations', { setPath: '/flood' });
    await engine().notification('item');
    engine().process.stdout.destroy();
    expect(await engine().exited).to.deep.equal(cleanEnd);
  });

  it('a reader that is slow holds the command back, which can still be cancelled', async function () {
    notUnderWine(this, 'a pipe whose reader has paused does not go on');
    const id = engine().start('listGenerations', { setPath: '/flood' });
    await engine().notification('item');
    engine().process.stdout.pause();
    while (!engine().stderr.includes('waiting for the reader')) await delay(10);
    engine().notify('$/cancelRequest', { id });
    engine().process.stdout.resume();
    expect((await engine().response(id)).error?.data.id).to.equal('Cancelled');
  });

  for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
    it(`${signal} is like input that ends`, async function () {
      if (process.platform === 'win32') skip(this, 'Windows has no such signals: it ends a process at once');
      const id = await startWaiting();
      engine().process.kill(signal);
      expect(await engine().exited).to.deep.equal(cleanEnd);
      expect((await engine().response(id)).error?.data.id).to.equal('Cancelled');
    });
  }

  it('SIGINT is left to the client', async function () {
    if (process.platform === 'win32') skip(this, 'Windows has no such signals: it ends a process at once');
    const id = await startWaiting();
    for (let i = 0; i < 3; i++) {
      engine().process.kill('SIGINT');
      await delay(20);
    }
    expect((await engine().request('listGenerations', { setPath: '/quick' })).result).to.be.an('object');
    engine().notify('$/cancelRequest', { id });
    expect((await engine().response(id)).error?.data.id).to.equal('Cancelled');
  });

  it('MIRRORBACKUP_DEBUG=1 writes the stack of a defect to standard error, and only there', async () => {
    const client = new EngineClient({ entry: scriptedEngine, environment: { MIRRORBACKUP_DEBUG: '1' } });
    await client.request('listGenerations', { setPath: '/type-error' });
    await client.close();
    expect(client.stderr).to.contain('scripted-engine.ts');
  });
});
