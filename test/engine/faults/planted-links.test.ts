import { expect } from 'chai';
import { existsSync, lstatSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { useFixture } from '../../support/fixture.ts';
import { killedAt } from '../../support/interrupted.ts';
import { listTree } from '../../support/listing.ts';
import { expectMirror, expectSameLines, untouched } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import { buildMany, buildTree } from '../../support/tree-everything.ts';
import type { Generation } from '../../support/wire.ts';
import { EngineError } from '../../support/wire.ts';

/** Symlinks that somebody planted inside the set must not lead the engine out of it. */
describe('a symlink planted in the set', () => {
  const fixture = useFixture();
  let outside = '';
  let before: string[] = [];

  beforeEach(() => {
    const { sandbox, source } = fixture();
    outside = sandbox.path('outside');
    buildTree(outside, {
      source: { folder0: { file0: 'theirs', victim: 'theirs' }, victim: 'theirs' },
      victim: 'theirs',
    });
    buildMany(source, 2, 4);
  });

  function plant(path: string): void {
    if (existsSync(path)) renameSync(path, `${path}.real`);
    symlinkSync(outside, path);
    before = untouched(outside);
  }

  /** Runs, refused or not: what lies outside is as it was, and what was made is a mirror. */
  async function expectHarmless(): Promise<void> {
    const { set, source } = fixture();
    const outcome = await set.run().catch((error: unknown) => {
      if (!(error instanceof EngineError)) throw error;
      expect(error.data.id, error.message).not.to.equal('InternalError');
    });
    expectSameLines(untouched(outside), before, 'outside the set');
    if (outcome) {
      expect(lstatSync(outcome.generation.path).isDirectory()).to.equal(true);
      expectMirror(source, set.at(outcome.generation, 'source'));
    }
  }

  async function expectHarmlessRemoval(generation: Generation): Promise<void> {
    const { set } = fixture();
    await set.remove([generation.name], { force: true }).catch((error: unknown) => {
      if (!(error instanceof EngineError)) throw error;
      expect(error.data.id, error.message).not.to.equal('InternalError');
    });
    expectSameLines(untouched(outside), before, 'outside the set');
  }

  for (const name of ['', 'staging', 'trash', 'journal', 'manifests', 'pins', 'lock', 'set.json']) {
    const path = `.mirrorbackup${name === '' ? '' : `/${name}`}`;
    it(`as ${path}: runs and removals change nothing outside`, async () => {
      const { set } = fixture();
      const first = await set.run();
      await set.run();
      plant(`${set.path}/${path}`);
      await expectHarmless();
      await expectHarmlessRemoval(first.generation);
    });
  }

  it('as .mirrorbackup of a set that is not made yet', async () => {
    const { set } = fixture();
    plant(`${set.path}/.mirrorbackup`);
    await expectHarmless();
  });

  for (const name of ['', 'source', 'source/folder0']) {
    it(`in place of ${name || 'a generation'}: not followed by links, removal or comparison`, async () => {
      const { set } = fixture();
      const first = await set.run();
      const second = await set.run();
      plant(name === '' ? second.generation.path : set.at(second.generation, name));
      await expectHarmless();
      await set.compare(first.generation.name, second.generation.name).catch(() => undefined);
      await expectHarmlessRemoval(second.generation);
    });
  }

  it('in place of a file of the base is not linked or read through', async () => {
    const { set, source } = fixture();
    const first = await set.run();
    plant(set.at(first.generation, 'source/folder0/file0'));
    await expectHarmless();
    const { generation } = await set.run();
    expect(listTree(set.at(generation, 'source')).get('folder0/file0')?.type).to.equal('file');
    expectMirror(source, set.at(generation, 'source'));
  });

  for (const depth of ['', 'source', 'source/folder0']) {
    it(`in staging that a run left behind (${depth || 'the whole of it'})`, async function () {
      requires(this, 'root', 'tool:strace');
      const { set } = fixture();
      expect(await killedAt('utimensat', 9, (other) => other.run({ workers: 1 }), set)).to.equal(true);
      const staging = `${set.path}/.mirrorbackup/staging`;
      const [name = ''] = readdirSync(staging);
      const root = `${staging}/${name}`;
      const path = findBelow(root, depth);
      plant(path);
      await expectHarmless();
    });
  }

  it('in trash that a removal left behind', async function () {
    requires(this, 'root', 'tool:strace');
    const { set } = fixture();
    const first = await set.run();
    await set.run();
    expect(await killedAt('unlinkat', 3, (other) => other.remove([first.generation.name]), set)).to.equal(true);
    const trash = `${set.path}/.mirrorbackup/trash`;
    for (const name of readdirSync(trash)) {
      rmSync(`${trash}/${name}`, { recursive: true });
      plant(`${trash}/${name}`);
    }
    await expectHarmless();
  });
});

/** Staging may hold the tree in a folder of its own: the first directory that has the wanted path. */
function findBelow(root: string, wanted: string): string {
  if (wanted === '') return root;
  const candidates = [root, ...readdirSync(root).map((name) => `${root}/${name}`)];
  return candidates.map((base) => `${base}/${wanted}`).find((path) => existsSync(path)) ?? `${root}/${wanted}`;
}
