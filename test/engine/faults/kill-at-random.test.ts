import { writeFileSync } from 'node:fs';
import { EngineProcess } from '../../support/engine-process.ts';
import { rewriteInPlace } from '../../support/edit.ts';
import { sleep, useFixture } from '../../support/fixture.ts';
import { expectRecovery, KnownGood } from '../../support/interrupted.ts';
import { buildMany } from '../../support/tree-everything.ts';

describe('killed at a random moment @slow', () => {
  const fixture = useFixture();

  async function rounds(count: number, folders: number, files: number): Promise<void> {
    const { set, source } = fixture();
    buildMany(source, folders, files, 2000);
    const known = new KnownGood(set).add((await set.run({ workers: 2 })).generation.name);
    const began = Date.now();
    await set.run({ workers: 2 });
    const usual = Date.now() - began;
    known.add((await set.names()).at(-1) ?? '');
    for (let round = 0; round < count; round++) {
      rewriteInPlace(`${source}/folder1/file${round % files}`, `round ${round}`);
      writeFileSync(`${source}/folder0/new${round}`, 'n'.repeat(3000));
      const engine = new EngineProcess();
      await engine.request('initialize', {});
      const outcome = set
        .through(engine)
        .run({ workers: 2 })
        .catch(() => undefined);
      await sleep(((usual * 1.2 * (round + 0.5)) / count / 1000) * (0.7 + Math.random() * 0.6));
      engine.kill();
      await Promise.all([outcome, engine.exited]);
      await expectRecovery(set, known);
    }
  }

  it('the set is whole and the next run Complete', function () {
    this.timeout(60_000);
    return rounds(4, 4, 50);
  });

  it('the set is whole and the next run Complete, many times on a larger tree @slow', function () {
    this.timeout(300_000);
    return rounds(10, 20, 50);
  });
});
