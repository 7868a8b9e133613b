import { expect } from 'chai';
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { rewriteInPlace } from '../../support/edit.ts';
import { sleep, useFixture } from '../../support/fixture.ts';
import { expectMirror } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';

/** Longer than a file counts as racy. */
const CALM_SECONDS = 2.2;

describe('an item whose change time moved', () => {
  const fixture = useFixture();

  it('is read: an edit whose write time was set back long after the run is found', async function () {
    requires(this, 'linux');
    const { set, source } = fixture();
    buildTree(source, { it: 'before', same: 'same' });
    await sleep(CALM_SECONDS);
    await set.run();
    rewriteInPlace(`${source}/it`, 'after!', true);
    const { generation, items } = await set.run();
    expectMirror(source, set.at(generation, 'source'));
    expect(items.map((item) => [item.path, item.change])).to.deep.equal([['source/it', 'Modified']]);
    expect(generation).to.include({ copiedFiles: 1, linkedFiles: 1 });
  });
});

describe('damage in the newest generation', () => {
  const fixture = useFixture();

  it('of a file is healed by the next run, also with skipUnchanged', async () => {
    const { set, source } = fixture();
    buildTree(source, { it: 'precious', same: 'same' });
    const first = await set.run();
    writeFileSync(set.at(first.generation, 'source/it'), '');
    const second = await set.run({ skipUnchanged: true });
    expect(second.generation.name).not.to.equal(first.generation.name);
    expectMirror(source, set.at(second.generation, 'source'));
    expect(second.warnings.map((warning) => warning.id)).to.include('BaseCopyDamaged');
    const third = await set.run({ skipUnchanged: true });
    expect(third.generation.name).to.equal(second.generation.name);
  });
});

describe('what a run says about a moved folder', () => {
  const fixture = useFixture();

  it('is what a comparison of the two generations says', async () => {
    const { set, source } = fixture();
    buildTree(source, { folder: { a: 'a', b: 'b', below: { c: 'c' } }, other: {} });
    const first = await set.run();
    renameSync(`${source}/folder`, `${source}/other/moved`);
    rewriteInPlace(`${source}/other/moved/b`, 'changed');
    const second = await set.run();
    const { items, summary } = await set.compare(first.generation.name, second.generation.name);
    const short = (all: typeof items): string[] =>
      all.map(({ change, oldPath, path }) => `${change} ${oldPath ?? ''} ${path}`).sort();
    expect(short(items)).to.deep.equal(short(second.items));
    expect(summary).to.include({ renamed: second.generation.renamed, modified: second.generation.modified });
    expect(readdirSync(set.at(second.generation, 'source/other/moved')).sort()).to.deep.equal(['a', 'b', 'below']);
  });
});
