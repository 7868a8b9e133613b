import { expect } from 'chai';
import { globSync } from 'node:fs';
import { refusal, type BackupSet } from '../../support/backup-set.ts';
import { EngineProcess } from '../../support/engine-process.ts';
import { until, useFixture } from '../../support/fixture.ts';
import { expectRecovery, KnownGood } from '../../support/interrupted.ts';
import { requires } from '../../support/requires.ts';
import { straceCommand } from '../../support/strace.ts';
import { buildMany } from '../../support/tree-everything.ts';

describe('a run that is cancelled', () => {
  const fixture = useFixture();

  /** An engine that takes its time: about 10 ms for each new file. */
  function slowEngine(): EngineProcess {
    return new EngineProcess({ through: straceCommand([{ calls: ['utimensat'], delayBeforeMs: 10 }]) });
  }

  it('ends with Cancelled, soon; the next one goes on where it was', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildMany(source, 10, 20);
    const engine = slowEngine();
    await engine.request('initialize', {});
    const { id, answer } = engine.start('createGeneration', { setPath: set.path, sources: set.sources });
    const refused = refusal(answer);
    await until(() => copied(set) >= 10, 30);
    const asked = Date.now();
    engine.notify('$/cancelRequest', { id });
    expect((await refused).data).to.include({ id: 'Cancelled', category: 'OperationStopped' });
    expect((await refused).code).to.equal(-32_800);
    expect(Date.now() - asked).to.be.below(2000);
    expect(await set.names()).to.deep.equal([]);
    expect(await set.names({ state: 'Incomplete' })).to.have.length(1);
    await engine.close();
    const { generation } = await expectRecovery(set, new KnownGood(set));
    expect(generation.reusedFiles).to.be.at.least(5);
    expect(await set.names({ state: 'Incomplete' })).to.deep.equal([]);
  });

  it('because the input ended: the engine ends with 0 and leaves the lock', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildMany(source, 10, 20);
    const known = new KnownGood(set);
    const engine = slowEngine();
    await engine.request('initialize', {});
    const answer = set
      .through(engine)
      .run()
      .catch(() => undefined);
    await until(() => copied(set) >= 10, 30);
    engine.process.stdin?.end();
    expect(await engine.exited).to.deep.equal({ code: 0, signal: null });
    await answer;
    const { generation } = await expectRecovery(set, known);
    expect(generation.reusedFiles).to.be.at.least(5);
  });
});

/** Files that the run has copied so far. */
function copied(set: BackupSet): number {
  return set.staged().flatMap((path) => globSync('source/*/*', { cwd: path })).length;
}
