import { expect } from 'chai';
import { useEngineClient, type EngineClient } from '../../support/engine-client.ts';

/** Sends something bad and expects this error for it, and an engine that still answers. */
async function expectError(engine: EngineClient, bad: string | Uint8Array, id: string | number | null, code: number) {
  engine.write(bad);
  const { error } = await engine.response(id);
  expect(error?.code).to.equal(code);
  expect((await engine.request('initialize', {}, 'still there')).result).to.be.an('object');
  return { message: error?.message ?? '', data: error?.data };
}

describe('input that is no request', () => {
  const engine = useEngineClient();

  const notJson: Record<string, string | Uint8Array> = {
    garbage: 'hello\n',
    'half an object': '{"jsonrpc":"2.0","id":1\n',
    'invalid UTF-8': Buffer.from([0x22, 0xff, 0xfe, 0x22, 0x0a]),
    'a truncated character': Buffer.from([0x22, 0xe2, 0x82, 0x22, 0x0a]),
    // Without the second byte of the line feed, which would begin the next line.
    'UTF-16': Buffer.from('{"jsonrpc":"2.0"}\n', 'utf16le').subarray(0, -1),
    'a NUL character': '\0\n',
    'half of a surrogate pair': String.raw`{"jsonrpc":"2.0","id":1,"method":"\ud83d"}` + '\n',
    'a line of 17 MiB': `"${'x'.repeat(17 * 1024 * 1024)}"\n`,
  };
  for (const [name, bad] of Object.entries(notJson)) {
    it(`${name}: ParseError`, async () => {
      const { data } = await expectError(engine(), bad, null, -32700);
      expect(data?.id).to.equal('ParseError');
    });
  }

  const noRequest: Record<string, [string, string | number | null, string]> = {
    'a number': ['5', null, 'a number'],
    null: ['null', null, 'null'],
    'a batch': ['[{"jsonrpc":"2.0","id":1,"method":"initialize"}]', null, 'Batches'],
    'an empty batch': ['[]', null, 'Batches'],
    'no version': ['{"id":1,"method":"initialize"}', 1, 'jsonrpc is missing'],
    'another version': ['{"jsonrpc":"1.0","id":1,"method":"initialize"}', 1, 'jsonrpc is'],
    'no method': ['{"jsonrpc":"2.0","id":"a"}', 'a', 'method is missing'],
    'a method that is a number': ['{"jsonrpc":"2.0","id":1,"method":7}', 1, 'method is a number'],
    'an id that is null': ['{"jsonrpc":"2.0","id":null,"method":"initialize"}', null, 'id is null'],
    'an id that is an object': ['{"jsonrpc":"2.0","id":{},"method":"initialize"}', null, 'id is an object'],
    'an id that would not come back as it was': [
      '{"jsonrpc":"2.0","id":9007199254740993,"method":"initialize"}',
      null,
      'id is',
    ],
    'a response': ['{"jsonrpc":"2.0","id":1,"result":{}}', 1, 'method is missing'],
  };
  for (const [name, [bad, id, text]] of Object.entries(noRequest)) {
    it(`${name}: InvalidRequest`, async () => {
      const { message, data } = await expectError(engine(), `${bad}\n`, id, -32600);
      expect(data?.id).to.equal('InvalidRequest');
      expect(message).to.contain(text);
    });
  }

  it('ignores blank lines', async () => {
    engine().write('\n\r\n  \n');
    await engine().request('initialize');
    expect(engine().messages).to.have.length(1);
  });
});
