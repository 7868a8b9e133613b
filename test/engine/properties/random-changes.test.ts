import fc from 'fast-check';
import { mkdirSync } from 'node:fs';
import { BackupSet, useEngine } from '../../support/backup-set.ts';
import { Mutator, type Mutation } from '../../support/mutator.ts';
import { expectMirror, expectSameLines, frozen } from '../../support/oracle-mirror.ts';
import { expectSharing } from '../../support/oracle-partition.ts';
import { expectRsyncFindsNothing, rsyncGeneration } from '../../support/oracle-rsync.ts';
import { assertFor, rounds } from '../../support/properties.ts';
import { requires } from '../../support/requires.ts';
import { makeSandbox } from '../../support/sandbox.ts';
import { buildEverything, buildMany } from '../../support/tree-everything.ts';
import type { BackupOptions } from '../../support/wire.ts';
import { expect } from 'chai';

const options: fc.Arbitrary<BackupOptions> = fc.record({
  comparison: fc.constantFrom('Metadata', 'Content'),
  hash: fc.constantFrom('Sha256', 'None'),
  workers: fc.constantFrom(1, 2),
});

describe('random changes over generations', () => {
  const engine = useEngine();

  /** Every generation mirrors the source of its time, shares what it can, and never changes afterwards. */
  async function check(changes: Mutation[][], choice: BackupOptions, build: (root: string) => void): Promise<void> {
    const sandbox = makeSandbox();
    try {
      const source = sandbox.path('source');
      mkdirSync(sandbox.path('set'));
      build(source);
      const set = new BackupSet(engine(), sandbox.path('set'), source);
      const mutator = new Mutator(source, 7);
      const made: { name: string; listing: string[] }[] = [];
      for (const [round, steps] of [[], ...changes].entries()) {
        mutator.applyAll(steps);
        const { generation, errors } = await set.run({ ...choice, allowEmptySource: true });
        expect(errors).to.deep.equal([]);
        expect(generation.state).to.equal('Complete');
        expectMirror(source, set.at(generation, 'source'));
        expectPeerAgrees(sandbox.path('peer'), round, set, generation.name, made.at(-1)?.name);
        for (const { name, listing } of made) expectSameLines(frozen(`${set.path}/${name}`), listing, name);
        made.push({ name: generation.name, listing: frozen(generation.path) });
      }
      expectRsyncFindsNothing(source, `${set.path}/${made.at(-1)?.name}/source`);
      await expectRemovalKeepsOthers(set, made);
    } finally {
      sandbox.remove();
    }
  }

  function expectPeerAgrees(peer: string, round: number, set: BackupSet, name: string, base: string | undefined): void {
    const source = set.sources[0]?.path ?? '';
    mkdirSync(peer, { recursive: true });
    rsyncGeneration(source, `${peer}/${round}`, round === 0 ? null : `${peer}/${round - 1}`);
    if (base === undefined) return;
    const older = `${set.path}/${base}/source`;
    const newer = `${set.path}/${name}/source`;
    expectSharing({ source, older, newer, peerOlder: `${peer}/${round - 1}`, peerNewer: `${peer}/${round}` });
  }

  async function expectRemovalKeepsOthers(set: BackupSet, made: { name: string; listing: string[] }[]): Promise<void> {
    const [oldest, ...others] = made;
    await set.remove([oldest?.name ?? '']);
    for (const { name, listing } of others) expectSameLines(frozen(`${set.path}/${name}`), listing, name);
  }

  async function property(seconds: number, build: (root: string) => void): Promise<void> {
    await assertFor(
      seconds,
      fc.asyncProperty(rounds(4), options, (changes, choice) => check(changes, choice, build)),
    );
  }

  it('of a plain tree: each is a mirror, shares what rsync shares, and stays as it is', async function () {
    requires(this, 'root', 'tool:rsync');
    this.timeout(120_000);
    await property(4, (root) => void buildMany(root, 3, 4));
  });

  it('of a plain tree, for long @slow', async function () {
    requires(this, 'root', 'tool:rsync');
    this.timeout(300_000);
    await property(40, (root) => void buildMany(root, 4, 6));
  });

  it('of a tree with everything in it, for long @slow', async function () {
    requires(this, 'root', 'tool:rsync');
    this.timeout(300_000);
    await property(40, buildEverything);
  });
});
