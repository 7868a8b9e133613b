import { expect } from 'chai';
import { useEngineClient } from '../../support/engine-client.ts';

const good = { setPath: '/no/such/set', sources: [{ path: '/no/such/source' }] };

describe('parameters', () => {
  const engine = useEngineClient();

  it('an unknown method is an error that lists the known ones', async () => {
    const { error } = await engine().request('makeCoffee', {});
    expect(error?.code).to.equal(-32601);
    expect(error?.message).to.contain('"makeCoffee"');
    expect(error?.data.id).to.equal('MethodNotFound');
    expect(error?.data.details?.['methods']).to.include('createGeneration');
  });

  for (const method of ['constructor', '__proto__', 'toString', '$/cancelRequest']) {
    it(`${method} is no method`, async () => {
      expect((await engine().request(method, {})).error?.code).to.equal(-32601);
    });
  }

  const cases: [what: string, method: string, params: unknown, field: string, text: string][] = [
    ['a missing field', 'createGeneration', { sources: good.sources }, 'params.setPath', 'is missing'],
    ['no parameters at all', 'listGenerations', undefined, 'params.setPath', 'is missing'],
    [
      'a missing field inside an array',
      'createGeneration',
      { ...good, sources: [{}] },
      'params.sources[0].path',
      'is missing',
    ],
    ['a string for an array', 'createGeneration', { ...good, sources: '/a' }, 'params.sources', 'is "/a"'],
    ['an empty array', 'createGeneration', { ...good, sources: [] }, 'params.sources', 'at least 1'],
    ['a number for a string', 'createGeneration', { ...good, setPath: 5 }, 'params.setPath', 'is 5'],
    ['null', 'createGeneration', { ...good, workers: null }, 'params.workers', 'is null'],
    ['a number out of bounds', 'createGeneration', { ...good, workers: 65 }, 'params.workers', 'from 1 to 64'],
    ['a fraction', 'createGeneration', { ...good, maxLinks: 2.5 }, 'params.maxLinks', 'an integer, at least 2'],
    ['a number for a boolean', 'createGeneration', { ...good, whatIf: 1 }, 'params.whatIf', 'true or false'],
    ['an unknown word', 'createGeneration', { ...good, snapshot: 'Zfs' }, 'params.snapshot', '"Vss"'],
    ['a relative path', 'createGeneration', { ...good, setPath: 'a/b' }, 'params.setPath', 'an absolute path'],
    ['a path with NUL', 'createGeneration', { ...good, setPath: '/a\0b' }, 'params.setPath', 'without NUL'],
    ['a local time', 'createGeneration', { ...good, olderThan: '2026-11-23 10:00' }, 'params.olderThan', 'RFC 3339'],
    ['a month 13', 'listGenerations', { setPath: '/s', before: '2026-13-01T00:00:00Z' }, 'params.before', 'RFC 3339'],
    ['one of several forms', 'listGenerations', { setPath: '/s', state: 7 }, 'params.state', 'or an array'],
    [
      'inside one of several forms',
      'listGenerations',
      { setPath: '/s', state: ['Good'] },
      'params.state[0]',
      '"Complete"',
    ],
    ['a name with a slash', 'removeGenerations', { setPath: '/s', names: ['../x'] }, 'params.names[0]', 'is "../x"'],
    ['parameters by position', 'listGenerations', ['/s'], 'params', 'an object'],
    ['a field of a nested object', 'initialize', { client: { name: 1 } }, 'params.client.name', 'a string'],
  ];
  for (const [what, method, params, field, text] of cases) {
    it(`${what}: the error names ${field}`, async () => {
      const { error } = await engine().request(method, params);
      expect(error?.code).to.equal(-32602);
      expect(error?.data.id).to.equal('InvalidParameter');
      expect(error?.message).to.contain(`${field} is `).and.to.contain(text);
      const errors = error?.data.details?.['errors'] as { field: string; message: string }[];
      expect(errors.map((each) => each.field)).to.deep.equal([field]);
    });
  }

  it('names all fields that are wrong', async () => {
    const { error } = await engine().request('createGeneration', { sources: [{ path: 1 }, {}], workers: 0 });
    const errors = error?.data.details?.['errors'] as { field: string }[];
    expect(errors.map((each) => each.field)).to.have.members([
      'params.setPath',
      'params.sources[0].path',
      'params.sources[1].path',
      'params.workers',
    ]);
  });

  it('cuts long values in messages', async () => {
    const { error } = await engine().request('listGenerations', { setPath: 'x'.repeat(100_000) });
    expect(error?.message.length).to.be.below(300);
  });

  it('ignores fields it does not know', async () => {
    const { result } = await engine().request('initialize', { colour: 'blue', client: { name: 'a', mood: 1 } });
    expect(result).to.have.property('protocolVersion', 1);
  });

  it('refuses a version it does not speak', async () => {
    const { error } = await engine().request('initialize', { protocolVersion: 2 });
    expect(error?.data.id).to.equal('ProtocolVersionNotSupported');
    expect(error?.data.details).to.deep.equal({ supported: [1] });
  });
});
