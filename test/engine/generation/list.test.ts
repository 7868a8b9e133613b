import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { useFixture } from '../../support/fixture.ts';
import { requires } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';
import type { Generation } from '../../support/wire.ts';

describe('listGenerations', () => {
  const fixture = useFixture();

  it('gives what createGeneration returned, oldest first', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a', folder: { b: 'b' } });
    const made = [(await set.run()).generation, (await set.run()).generation, (await set.run()).generation];
    // The record is written before the run has ended: it cannot know how long that took.
    const known = (generation: Generation): object => ({
      ...generation,
      duration: 0,
      phases: {},
      // Nor whether its link could be set, which on Wine it cannot.
      warnings: generation.warnings.filter(({ id }) => id !== 'LatestNotUpdated'),
    });
    expect((await set.list()).map(known)).to.deep.equal(made.map(known));
  });

  it('selects by name, time, state and latest', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    const made = [(await set.run()).generation, (await set.run()).generation, (await set.run()).generation];
    const names = made.map((generation) => generation.name);
    expect(await set.names({ latest: true })).to.deep.equal(names.slice(2));
    expect(await set.names({ name: names[1] })).to.deep.equal(names.slice(1, 2));
    expect(await set.names({ name: '2*Z' })).to.deep.equal(names);
    expect(await set.names({ name: '1*' })).to.deep.equal([]);
    expect(await set.names({ name: `${names[0]?.slice(0, -2)}[0-9]Z` })).to.include(names[0]);
    expect(await set.names({ state: 'Complete' })).to.deep.equal(names);
    expect(await set.names({ state: ['Partial', 'Incomplete'] })).to.deep.equal([]);
    expect(await set.names({ after: '2001-01-01T00:00:00Z' })).to.deep.equal(names);
    expect(await set.names({ before: '2001-01-01T00:00:00Z' })).to.deep.equal([]);
  });

  it('does not take the user’s own folders for generations', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    const { generation } = await set.run();
    for (const name of ['mine', '2020-01-01T000000Z', '.hidden']) mkdirSync(`${set.path}/${name}`);
    writeFileSync(`${set.path}/notes.txt`, 'mine');
    expect(await set.names()).to.deep.equal([generation.name]);
    const next = await set.run();
    expect(next.generation.base).to.equal(generation.name);
  });

  it('reads a set of an earlier version that is mounted read-only', async function () {
    requires(this, 'root', 'linux');
    const { set, source, sandbox } = fixture();
    buildTree(source, { a: 'a' });
    const { generation } = await set.run();
    rmdirSync(`${set.path}/.mirrorbackup/pins`);
    const shared = sandbox.path('shared');
    mkdirSync(shared);
    for (const options of [
      ['--bind', set.path, shared],
      ['-o', 'remount,bind,ro', shared],
    ])
      expect(spawnSync('mount', options).status).to.equal(0);
    const { generations } = await set.engine.request<{ generations: Generation[] }>('listGenerations', {
      setPath: shared,
    });
    expect(generations.map(({ name, pinned }) => [name, pinned])).to.deep.equal([[generation.name, false]]);
  });
});
