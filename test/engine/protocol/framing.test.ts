import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { useEngineClient } from '../../support/engine-client.ts';

const request = (id: unknown): string => JSON.stringify({ jsonrpc: '2.0', id, method: 'initialize' });

describe('framing', () => {
  const engine = useEngineClient();

  it('takes a request byte by byte, also inside a character', async () => {
    for (const byte of Buffer.from(`${request('Grüße 🎉')}\n`)) {
      engine().write(Uint8Array.of(byte));
      await delay(1);
    }
    expect(await engine().response('Grüße 🎉')).to.have.property('result');
  });

  it('takes many requests in one chunk', async () => {
    engine().write(Array.from({ length: 200 }, (_, id) => `${request(id)}\n`).join(''));
    await Promise.all(Array.from({ length: 200 }, (_, id) => engine().response(id)));
    expect(engine().messages).to.have.length(200);
  });

  it('takes CR LF', async () => {
    engine().write(`${request(1)}\r\n${request(2)}\r\n`);
    await Promise.all([engine().response(1), engine().response(2)]);
  });

  it('takes a byte order mark', async () => {
    engine().write(`\ufeff${request(1)}\n`);
    await engine().response(1);
  });

  it('takes a last line without an end, and answers it before it exits', async () => {
    engine().write(request(1));
    expect(await engine().close()).to.deep.equal({ code: 0, signal: null });
    expect(engine().messages.map(({ id }) => id)).to.deep.equal([1]);
  });

  it('keeps the type of ids', async () => {
    engine().write(`${request(1)}\n${request('1')}\n${request(-5)}\n${request('')}\n`);
    for (const id of [1, '1', -5, '']) await engine().response(id);
    expect(engine().messages).to.have.length(4);
  });

  it('answers within a line of 15 MiB', async () => {
    const { result } = await engine().request('initialize', { client: { name: 'x'.repeat(15 * 1024 * 1024) } });
    expect(result).to.have.property('pid', engine().process.pid);
  });
});
