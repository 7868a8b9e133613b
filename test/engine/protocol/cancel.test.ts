import { expect } from 'chai';
import { useEngineClient } from '../../support/engine-client.ts';
import { scriptedEngine } from '../../support/scripted-engine.ts';

describe('$/cancelRequest', () => {
  const engine = useEngineClient({ entry: scriptedEngine });

  for (const setPath of ['/wait', '/abort-error']) {
    it(`ends a running request with Cancelled (${setPath})`, async () => {
      const id = engine().start('listGenerations', { setPath });
      await engine().notification('log');
      engine().notify('$/cancelRequest', { id });
      const { error } = await engine().response(id);
      expect(error?.code).to.equal(-32800);
      expect(error?.data.id).to.equal('Cancelled');
      expect(error?.data).to.have.property('category', 'OperationStopped');
    });
  }

  it('lets the command clean up before the response', async () => {
    const id = engine().start('listGenerations', { setPath: '/wait' });
    await engine().notification('log');
    engine().notify('$/cancelRequest', { id });
    await engine().response(id);
    expect(engine().messages.map(({ params }) => params?.['message'])).to.deep.equal([
      'waiting',
      'cleaning up',
      undefined,
    ]);
  });

  it('works on a request of the same chunk', async () => {
    engine().write(
      '{"jsonrpc":"2.0","id":1,"method":"listGenerations","params":{"setPath":"/wait"}}\n' +
        '{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}\n',
    );
    expect((await engine().response(1)).error?.data.id).to.equal('Cancelled');
  });

  it('leaves other requests alone, also those whose id is of another type', async () => {
    engine().start('listGenerations', { setPath: '/wait' }, 1);
    engine().start('listGenerations', { setPath: '/short' }, '1');
    engine().notify('$/cancelRequest', { id: 1 });
    expect((await engine().response(1)).error?.data.id).to.equal('Cancelled');
    expect((await engine().response('1')).result).to.be.an('object');
  });

  it('of an id that is not running is ignored', async () => {
    engine().notify('$/cancelRequest', { id: 'nobody' });
    await engine().request('listGenerations', { setPath: '/quick' });
    expect(engine().messages).to.have.length(1);
  });

  it('a notification that is wrong, or unknown, is told in the log', async () => {
    engine().notify('$/cancelRequest', {});
    engine().notify('listGenerations', { setPath: '/quick' });
    engine().notify('$/whatever', {});
    await engine().request('listGenerations', { setPath: '/quick' });
    const [first, second, ...rest] = engine().messages;
    expect(first?.params?.['message']).to.contain('params.id is missing');
    expect(second?.params?.['message']).to.contain('needs an id');
    expect(rest).to.have.length(1);
  });
});
