import { expect } from 'chai';
import { useEngineClient } from '../../support/engine-client.ts';
import { scriptedEngine } from '../../support/scripted-engine.ts';
import { setTimeout as delay } from 'node:timers/promises';

describe('notifications', () => {
  const engine = useEngineClient({ entry: scriptedEngine });

  /** Runs a script and returns the parameters of its notifications of this kind. */
  async function collect(setPath: string, method: string): Promise<Record<string, unknown>[]> {
    await engine().request('listGenerations', { setPath }, 'r');
    return engine().messages.flatMap((message) => (message.method === method ? [message.params ?? {}] : []));
  }

  it('progress comes at most ten times a second, and once at the end of each phase', async () => {
    const start = performance.now();
    const progress = await collect('/progress', 'progress');
    const tenths = (performance.now() - start) / 100;
    expect(progress.every(({ requestId }) => requestId === 'r')).to.be.true;
    // The first one, and the last one of each phase, come in addition.
    expect(progress.length).to.be.within(3, tenths + 3);
    const lastScan = progress.findLast(({ phase }) => phase === 'Scanning');
    expect(lastScan).to.include({ items: 50, path: 'docs/50' });
    expect(progress.at(-1)).to.include({
      phase: 'Copying',
      items: 50,
      totalItems: 50,
      bytes: 50_000,
      percent: 100,
      secondsRemaining: 0,
    });
    expect(progress.at(-1)?.['bytesPerSecond']).to.be.above(0);
  });

  it('items come in batches, in order, and before the response', async () => {
    const batches = (await collect('/items', 'item')).map(({ items }) => items as { path: string }[]);
    expect(batches.length).to.be.within(2, 20);
    expect(batches.flat().map(({ path }) => path)).to.deep.equal(Array.from({ length: 1000 }, (_, i) => `docs/${i}`));
    expect(engine().messages.at(-1)?.id).to.equal('r');
  });

  it('item errors, warnings and log messages carry the request', async () => {
    await engine().request('listGenerations', { setPath: '/reports' }, 'r');
    const [itemError, warning, log] = engine().messages.map(({ params }) => params);
    expect(itemError).to.have.property('requestId', 'r');
    expect(itemError?.['error']).to.deep.include({
      id: 'ItemUnreadable',
      message: 'No.',
      path: 'docs/a',
      native: { code: 13, name: 'EACCES', text: 'Permission denied' },
    });
    expect(warning).to.deep.equal({ requestId: 'r', id: 'ClockNotLater', message: 'Hm.' });
    expect(log).to.deep.equal({ requestId: 'r', level: 'debug', message: 'Well.' });
  });

  it('nothing comes after the response', async () => {
    await engine().request('listGenerations', { setPath: '/late' });
    await delay(50);
    await engine().request('listGenerations', { setPath: '/quick' });
    expect(engine().messages.filter(({ method }) => method !== undefined)).to.deep.equal([]);
  });
});
