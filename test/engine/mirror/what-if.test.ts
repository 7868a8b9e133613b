import { expect } from 'chai';
import { linkSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rewriteInPlace } from '../../support/edit.ts';
import { useFixture } from '../../support/fixture.ts';
import { expectSameLines, untouched } from '../../support/oracle-mirror.ts';
import { writeSparse } from '../../support/tree-special.ts';
import { buildTree } from '../../support/tree-everything.ts';
import type { Counts, Generation } from '../../support/wire.ts';

const COUNTS: (keyof Counts)[] = [
  ...(['files', 'directories', 'otherItems', 'bytes', 'linkedFiles', 'copiedFiles', 'copiedBytes'] as const),
  ...(['added', 'modified', 'metadataChanged', 'renamed', 'removed', 'typeChanged', 'excluded'] as const),
  ...(['failed', 'stale', 'skippedSockets'] as const),
];

function counts(generation: Generation): Partial<Counts> {
  return Object.fromEntries(COUNTS.map((name) => [name, generation[name]]));
}

describe('whatIf', () => {
  const fixture = useFixture();

  it('of a first run counts what the run then does, and changes nothing', async () => {
    const { set, source, sandbox } = fixture();
    buildTree(source, { a: 'alpha', folder: { b: 'beta', skip: 'skipped' }, empty: {} });
    linkSync(`${source}/a`, `${source}/folder/a`);
    symlinkSync('a', `${source}/link`);
    writeSparse(`${source}/sparse`, 1 << 20, [500_000]);
    const before = untouched(sandbox.root);
    const { generation: plan } = await set.run({ whatIf: true, exclude: ['skip'] });
    expectSameLines(untouched(sandbox.root), before, 'after whatIf');
    expect(plan.state).to.equal('Planned');
    expect(plan.freeBytes).to.be.greaterThan(0);
    expect(plan.path).to.equal(join(set.path, plan.name));
    expect(await set.list().catch(() => [])).to.deep.equal([]);
    const { generation } = await set.run({ exclude: ['skip'] });
    expect(counts(plan)).to.deep.equal(counts(generation));
    expect(generation.name >= plan.name).to.equal(true);
  });

  it('of a later run counts and names every kind of change, and changes nothing', async () => {
    const { set, source, sandbox } = fixture();
    buildTree(source, { same: '1', edited: '2', gone: '3', moved: '4', swapped: '5', old: { x: '6', y: '7' } });
    await set.run();
    rewriteInPlace(`${source}/edited`, 'two');
    rmSync(`${source}/gone`);
    renameSync(`${source}/moved`, `${source}/there`);
    rmSync(`${source}/swapped`);
    mkdirSync(`${source}/swapped`);
    renameSync(`${source}/old`, `${source}/new`);
    writeFileSync(`${source}/added`, 'added');
    const before = untouched(sandbox.root);
    const planned = await set.run({ whatIf: true });
    expectSameLines(untouched(sandbox.root), before, 'after whatIf');
    const real = await set.run();
    expect(counts(planned.generation)).to.deep.equal(counts(real.generation));
    expect(planned.generation.base).to.equal(real.generation.base);
    const said = planned.items.map(({ change, path, oldPath, action }) => ({ change, path, oldPath, action }));
    const done = real.items.map(({ change, path, oldPath, action }) => ({ change, path, oldPath, action }));
    expect(said).to.deep.equal(done);
  });

  it('does not make a set that is not there', async () => {
    const { set, source, sandbox } = fixture();
    buildTree(source, { a: 'a' });
    rmSync(set.path, { recursive: true });
    const before = untouched(sandbox.root);
    const { generation } = await set.run({ whatIf: true });
    expectSameLines(untouched(sandbox.root), before, 'after whatIf');
    expect(generation).to.include({ state: 'Planned', files: 1, added: 2 });
  });

  it('of a removal changes nothing', async () => {
    const { set, source, sandbox } = fixture();
    buildTree(source, { a: 'a' });
    const first = await set.run();
    await set.run();
    const before = untouched(sandbox.root);
    const [result] = await set.remove([first.generation.name], { whatIf: true });
    expect(result).to.include({ name: first.generation.name, action: 'Remove', estimated: true });
    expectSameLines(untouched(sandbox.root), before, 'after whatIf');
  });
});
