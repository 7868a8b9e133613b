import { expect } from 'chai';
import { refusal } from '../../support/backup-set.ts';
import { EngineProcess } from '../../support/engine-process.ts';
import { until, useFixture } from '../../support/fixture.ts';
import { expectNothingUnfinished } from '../../support/interrupted.ts';
import { expectMirror } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import { straceCommand } from '../../support/strace.ts';
import { buildMany } from '../../support/tree-everything.ts';

describe('two runs on one set', () => {
  const fixture = useFixture();

  it('the second is refused with SetBusy and says who works on it; readers are not', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildMany(source, 2, 5);
    const first = await set.run();
    const slow = new EngineProcess({ through: straceCommand([{ calls: ['mkdirat'], delayBeforeMs: 250 }]) });
    const { engine } = await slow.request<{ engine: { name: string } }>('initialize', {});
    expect(engine.name).to.equal('MirrorBackup');
    const running = set.through(slow).run();
    await until(() => set.staged().length > 0);
    const busy = await refusal(set.run());
    expect(busy.data).to.include({ id: 'SetBusy', category: 'ResourceBusy', retryable: true });
    expect(JSON.stringify(busy.data.details ?? {})).to.match(/"pid":\d+/u);
    expect((await refusal(set.remove([first.generation.name], { force: true }))).data.id).to.equal('SetBusy');
    expect(await set.names()).to.deep.equal([first.generation.name]);
    const { generation } = await running;
    expect(generation.state).to.equal('Complete');
    expectMirror(source, set.at(generation, 'source'));
    await slow.close();
    expect((await set.run()).generation.state).to.equal('Complete');
    expectNothingUnfinished(set);
  });

  it('two requests to one engine exclude each other, too', async () => {
    const { set, source } = fixture();
    buildMany(source, 5, 20);
    const outcomes = await Promise.all(
      [set.run(), set.run(), set.run()].map((run) =>
        run.then(
          ({ generation }) => generation.state,
          (error: unknown) => (error as { data: { id: string } }).data.id,
        ),
      ),
    );
    expect(outcomes).to.include('Complete');
    for (const outcome of outcomes) expect(outcome).to.be.oneOf(['Complete', 'SetBusy']);
    expect((await set.names()).length).to.equal(outcomes.filter((outcome) => outcome === 'Complete').length);
  });
});
