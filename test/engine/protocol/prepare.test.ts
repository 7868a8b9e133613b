import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { EngineClient, useEngineClient } from '../../support/engine-client.ts';
import { makeSandbox, type Sandbox } from '../../support/sandbox.ts';

describe('initialize with prepare', () => {
  const engine = useEngineClient();
  let folder: Sandbox;

  beforeEach(() => {
    folder = makeSandbox();
  });
  afterEach(() => folder.remove());

  for (const method of [
    'createGeneration',
    'removeGenerations',
    'listGenerations',
    'initialize',
    'of tomorrow',
    '__proto__',
  ])
    it(`is answered, and the engine ends well, whatever comes next is called: ${method}`, async () => {
      const client = new EngineClient();
      const { result } = await client.request('initialize', { prepare: method });
      expect(result).to.include({ protocolVersion: 1 });
      expect(await client.close()).to.deep.equal({ code: 0, signal: null });
      expect(client.stderr).to.equal('');
    });

  it('changes nothing about the method, nor about another one', async () => {
    mkdirSync(folder.path('source'));
    writeFileSync(folder.path('source', 'file'), 'text');
    const setPath = folder.path('set');
    await engine().request('initialize', { prepare: 'createGeneration' });
    const made = await engine().request('createGeneration', { setPath, sources: [{ path: folder.path('source') }] });
    expect(made.result).to.include({ state: 'Complete', files: 1 });
    const listed = await engine().request('listGenerations', { setPath });
    expect(listed.result?.generations).to.have.length(1);
  });

  it('leaves no thread behind when a plan needs only one', async () => {
    const client = new EngineClient();
    await client.request('initialize', { prepare: 'createGeneration' });
    const { error } = await client.request('createGeneration', {
      setPath: folder.path('set'),
      sources: [{ path: folder.path('missing') }],
      whatIf: true,
    });
    expect(error?.data.id).to.equal('SourceNotFound');
    expect(await client.close()).to.deep.equal({ code: 0, signal: null });
  });
});
