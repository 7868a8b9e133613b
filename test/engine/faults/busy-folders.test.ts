import { expect } from 'chai';
import { refusal, withEngine, type BackupSet } from '../../support/backup-set.ts';
import { useFixture } from '../../support/fixture.ts';
import { expectNothingUnfinished } from '../../support/interrupted.ts';
import { expectMirror, expectSameLines, frozen } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import { straceCommand } from '../../support/strace.ts';
import { buildTree } from '../../support/tree-everything.ts';

/** As on Windows, where a folder cannot be renamed while a program has something below it open. */
describe('a folder that is in use while it is to be renamed', () => {
  const fixture = useFixture();

  /** Lets renames of the coordinating thread fail; `when` counts them. */
  function withBusy<T>(when: string, work: (set: BackupSet) => Promise<T>): Promise<T> {
    const through = straceCommand([{ calls: ['rename'], error: 'EBUSY', when }]);
    return withEngine({ through }, (engine) => work(fixture().set.through(engine)));
  }

  // In a set that exists: journal, manifest, journal, then the commit.
  const COMMIT = 4;

  it('for a moment: the commit is tried again', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    await set.run();
    const { generation } = await withBusy(`${COMMIT}..${COMMIT + 2}`, (busy) => busy.run());
    expect(generation.state).to.equal('Complete');
    expectMirror(source, set.at(generation, 'source'));
    expectNothingUnfinished(set);
  });

  it('CommitDelayed: the run stays Incomplete, and the next one commits it without copying again', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    await set.run();
    buildTree(source, { new: 'file' });
    const { data } = await withBusy(`${COMMIT}+`, (busy) => refusal(busy.run()));
    expect(data).to.include({ id: 'CommitDelayed', category: 'ResourceBusy', retryable: true });
    const [incomplete] = await set.names({ state: 'Incomplete' });
    const { generation } = await set.run();
    expect(generation).to.include({ state: 'Complete', copiedFiles: 0, added: 0 });
    expect(await set.names()).to.include(incomplete);
    expectMirror(source, `${set.path}/${incomplete}/source`);
    expectNothingUnfinished(set);
  });

  it('GenerationBusy: it is not removed and stays whole; the others go', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    const generations = [(await set.run()).generation, (await set.run()).generation, (await set.run()).generation];
    const [first, second, third] = generations.map(({ name }) => name);
    const before = frozen(generations[0].path);
    // Five attempts, then the next generation's turn.
    const results = await withBusy('1..5', (busy) => busy.remove([first, second]));
    expect(results.map(({ name, action }) => [name, action])).to.deep.equal([
      [first, 'Keep'],
      [second, 'Remove'],
    ]);
    expect(await set.names()).to.deep.equal([first, third]);
    expectSameLines(frozen(generations[0].path), before, 'kept whole');
    await set.remove([first]);
    expect(await set.names()).to.deep.equal([third]);
    expectNothingUnfinished(set);
  });
});
