import { expect } from 'chai';
import fc from 'fast-check';
import { mkdirSync } from 'node:fs';
import { BackupSet, useEngine } from '../../support/backup-set.ts';
import { Mutator, type Mutation } from '../../support/mutator.ts';
import { assertFor, rounds } from '../../support/properties.ts';
import { requires } from '../../support/requires.ts';
import { makeSandbox } from '../../support/sandbox.ts';
import { measure, spaceOnDisk } from '../../support/set-space.ts';
import { buildEverything, buildMany } from '../../support/tree-everything.ts';
import type { BackupOptions } from '../../support/wire.ts';

const options: fc.Arbitrary<BackupOptions> = fc.record({
  comparison: fc.constantFrom('Metadata', 'Content'),
  hash: fc.constantFrom('Sha256', 'None'),
  workers: fc.constantFrom(1, 2),
  maxLinks: fc.constantFrom(2, 3, 1000),
});

describe('space of random sets', () => {
  const engine = useEngine();

  /** Manifests say of any choice of generations what lstat says, and what removing them then frees. */
  async function check(
    changes: Mutation[][],
    choice: BackupOptions,
    picks: number,
    early: boolean,
    build: (root: string) => void,
  ): Promise<void> {
    const sandbox = makeSandbox();
    try {
      const source = sandbox.path('source');
      mkdirSync(sandbox.path('set'));
      build(source);
      const set = new BackupSet(engine(), sandbox.path('set'), source);
      const mutator = new Mutator(source, 7);
      let all: string[] = [];
      for (const [round, steps] of [[], ...changes].entries()) {
        mutator.applyAll(steps);
        all.push((await set.run({ ...choice, allowEmptySource: true })).generation.name);
        // Later generations then hold copies made by one that is gone.
        if (early && round === 1) all = all.slice(1);
        if (early && round === 1) await set.remove([(await set.names())[0] ?? '']);
      }
      const chosen = all.filter((_, i) => (picks & (1 << i)) !== 0);
      if (chosen.length === 0) return;
      const { generations, total } = await measure(set, chosen);
      const told = generations.map(
        ({ name, bytes, apparentBytes, files, uniqueBytes, freedIfRemoved, introduced }) => ({
          name,
          bytes,
          apparentBytes,
          files,
          uniqueBytes,
          freedIfRemoved,
          introduced,
        }),
      );
      expect(told).to.deep.equal(spaceOnDisk(set, all, chosen));
      expect(total.estimated).to.equal(false);
      const removed = await set.remove(chosen, { force: true });
      expect(removed.map(({ freedBytes }) => freedBytes)).to.deep.equal(told.map((one) => one.freedIfRemoved));
      expect(total.freedIfRemoved).to.equal(removed.reduce((sum, { freedBytes }) => sum + freedBytes, 0));
    } finally {
      sandbox.remove();
    }
  }

  async function property(seconds: number, build: (root: string) => void): Promise<void> {
    await assertFor(
      seconds,
      fc.asyncProperty(rounds(5), options, fc.nat({ max: 63 }), fc.boolean(), (changes, choice, picks, early) =>
        check(changes, choice, picks, early, build),
      ),
    );
  }

  it('is what lstat says, and what removal frees', async function () {
    requires(this, 'root');
    this.timeout(120_000);
    await property(4, (root) => void buildMany(root, 3, 4));
  });

  it('is so for long, and with everything in it @slow', async function () {
    requires(this, 'root');
    this.timeout(300_000);
    await property(40, (root) => void buildMany(root, 3, 4));
    await property(30, buildEverything);
  });
});
