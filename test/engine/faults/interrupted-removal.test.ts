import { expect } from 'chai';
import { existsSync, readdirSync } from 'node:fs';
import type { BackupSet } from '../../support/backup-set.ts';
import { useFixture } from '../../support/fixture.ts';
import { expectNothingUnfinished, killedAt } from '../../support/interrupted.ts';
import { expectMirror, expectSameLines, frozen } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import { buildMany } from '../../support/tree-everything.ts';
import type { Generation } from '../../support/wire.ts';

describe('a removal that is killed @slow', () => {
  const fixture = useFixture();

  async function twoGenerations(): Promise<[Generation, Generation]> {
    const { set, source } = fixture();
    buildMany(source, 3, 10);
    return [(await set.run()).generation, (await set.run()).generation];
  }

  function expectWholeOrGone(set: BackupSet, names: string[], first: Generation, before: string[]): void {
    if (names.includes(first.name)) expectSameLines(frozen(first.path), before, 'listed, so whole');
    else expect(existsSync(first.path), 'not listed, so not at its place').to.equal(false);
    expect(readdirSync(set.path)).to.include('.mirrorbackup');
  }

  for (const [call, k] of [
    ['unlinkat', 1],
    ['unlinkat', 15],
    ['rename', 1],
    ['fsync', 1],
    ['syncfs', 1],
  ] as const) {
    it(`at ${call} #${k}: never listed when half deleted; the next command finishes it`, async function () {
      requires(this, 'root', 'tool:strace');
      const { set, source } = fixture();
      const [first, second] = await twoGenerations();
      const before = [frozen(first.path), frozen(second.path)];
      await killedAt(call, k, (other) => other.remove([first.name]), set);
      const names = await set.names();
      expect(names).to.include(second.name);
      expectWholeOrGone(set, names, first, before[0] ?? []);
      expectSameLines(frozen(second.path), before[1] ?? [], 'the other one');
      const next = await set.run();
      expect(next.generation).to.include({ state: 'Complete', copiedFiles: 0 });
      expectMirror(source, set.at(next.generation, 'source'));
      expectNothingUnfinished(set);
    });
  }

  it('is finished by the next removal, too', async function () {
    requires(this, 'root', 'tool:strace');
    const { set } = fixture();
    const [first, second] = await twoGenerations();
    const third = (await set.run()).generation;
    expect(await killedAt('unlinkat', 10, (other) => other.remove([first.name]), set)).to.equal(true);
    const results = await set.remove([second.name]);
    expect(results.map((result) => result.name)).to.include(second.name);
    expect(await set.names()).to.deep.equal([third.name]);
    expectNothingUnfinished(set);
  });
});
