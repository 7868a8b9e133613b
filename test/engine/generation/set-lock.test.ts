import { expect } from 'chai';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Layout } from '../../../engine/generation/layout.ts';
import { lockSet } from '../../../engine/generation/set-lock.ts';
import { loadNative } from '../../../native/index.ts';
import { useSandbox } from '../../support/sandbox.ts';

describe('the lock of a set', () => {
  const sandbox = useSandbox();

  /** Whoever asks whether it is locked (a report) holds it for a moment. */
  for (const [asked, outcome] of [
    [2, 'is waited for'],
    [3, 'is refused'],
  ] as const)
    it(`that others are seen to hold ${asked} times in a row ${outcome}`, async () => {
      const native = await loadNative();
      const layout = new Layout(sandbox().path('set'));
      mkdirSync(dirname(layout.text(layout.lock)), { recursive: true });
      let left: number = asked;
      const take = (): (() => void) =>
        lockSet({ ...native, lock: (path) => (left-- > 0 ? undefined : native.lock(path)) }, layout).release;
      if (outcome === 'is refused') expect(take).to.throw('in use by another process');
      else take()();
    });
});
