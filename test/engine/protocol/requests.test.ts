import { expect } from 'chai';
import { useEngineClient } from '../../support/engine-client.ts';
import { scriptedEngine } from '../../support/scripted-engine.ts';

describe('requests', () => {
  const engine = useEngineClient({ entry: scriptedEngine });
  const list = (setPath: string): Promise<{ error?: { code: number; message: string; data: object } }> =>
    engine().request('listGenerations', { setPath });

  it('run side by side', async () => {
    const slow = engine().start('listGenerations', { setPath: '/short' });
    const quick = engine().start('listGenerations', { setPath: '/quick' });
    await engine().response(slow);
    expect(engine().messages.map(({ id }) => id)).to.deep.equal([quick, slow]);
  });

  it('an id that is running is refused, and the one that runs goes on', async () => {
    engine().start('listGenerations', { setPath: '/short' }, 'a');
    engine().start('listGenerations', { setPath: '/quick' }, 'a');
    await engine().find(({ result }) => result !== undefined);
    expect(engine().messages.map(({ error }) => error?.data.id)).to.deep.equal(['InvalidRequest', undefined]);
  });

  it('an error of the engine comes with all it knows', async () => {
    const { error } = await list('/engine-error');
    expect(error).to.deep.include({ code: -32000, message: 'Busy.' });
    expect(error?.data).to.deep.include({
      id: 'SetBusy',
      category: 'ResourceBusy',
      path: '/set',
      retryable: true,
      details: { pid: 1 },
    });
    expect(error?.data).to.have.property('hint');
  });

  for (const [script, text] of [
    ['/type-error', 'x is not a function'],
    ['/string', 'just text'],
  ] as const) {
    it(`${script.slice(1)}: a defect is an InternalError without a stack, and the engine lives on`, async () => {
      const { error } = await list(script);
      expect(error?.code).to.equal(-32603);
      expect(error?.message).to.contain(text);
      expect(JSON.stringify(error)).to.not.contain(' at ');
      expect(await list('/quick')).to.have.property('result');
      expect(engine().stderr).to.equal('');
    });
  }

  it('after an exception that nobody caught the request is answered and the engine ends', async () => {
    const { error } = await list('/uncaught');
    expect(error?.code).to.equal(-32603);
    expect(error?.message).to.contain('nobody catches this');
    expect(await engine().exited).to.deep.equal({ code: 1, signal: null });
    expect(engine().stderr).to.contain('nobody catches this');
  });

  it('shutdown is answered; what runs may end; what comes later is refused', async () => {
    const slow = engine().start('listGenerations', { setPath: '/short' });
    const shutdown = engine().start('shutdown');
    const late = engine().start('listGenerations', { setPath: '/quick' });
    expect(await engine().exited).to.deep.equal({ code: 0, signal: null });
    expect((await engine().response(slow)).result).to.deep.equal({ generations: [] });
    expect((await engine().response(shutdown)).result).to.deep.equal({});
    expect((await engine().response(late)).error?.data.id).to.equal('InvalidRequest');
  });
});
