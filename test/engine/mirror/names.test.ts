import { expect } from 'chai';
import { fromWire, toWire } from '../../support/byte-path.ts';
import { useFixture } from '../../support/fixture.ts';
import { listTree } from '../../support/listing.ts';
import { expectMirror } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import { buildBeyondPathMax } from '../../support/tree-deep.ts';
import { buildOddNames } from '../../support/tree-names.ts';
import { buildTree } from '../../support/tree-everything.ts';
import type { ItemChange } from '../../support/wire.ts';

function bytesOf(items: ItemChange[]): string[] {
  return items.map((item) => fromWire(item.path).toString('latin1')).sort();
}

function pathsBelow(source: string): string[] {
  return [...listTree(source, { content: false }).keys()]
    .map((path) => (path === '' ? 'source' : `source/${path}`))
    .sort();
}

describe('names', () => {
  const fixture = useFixture();

  it('of every byte, invalid UTF-8 and 255 bytes are mirrored, reported and linked', async function () {
    requires(this, 'linux');
    const { set, source } = fixture();
    buildOddNames(source);
    const first = await set.run();
    expectMirror(source, set.at(first.generation, 'source'));
    expect(bytesOf(first.items)).to.deep.equal(pathsBelow(source));
    for (const { path } of first.items) expect(toWire(fromWire(path))).to.equal(path);
    const second = await set.run();
    expect(second.generation).to.include({ copiedFiles: 0, linkedFiles: first.generation.files, state: 'Complete' });
    expectMirror(source, set.at(second.generation, 'source'));
  });

  it('arrive unchanged from compareGenerations', async function () {
    requires(this, 'linux');
    const { set, source } = fixture();
    buildTree(source, { 'only before': '' });
    const first = await set.run();
    buildOddNames(`${source}/odd`);
    const second = await set.run();
    const { items, summary } = await set.compare(first.generation.name, second.generation.name);
    const added = items.filter((item) => item.change === 'Added');
    expect(bytesOf(added)).to.deep.equal(pathsBelow(source).filter((path) => path.startsWith('source/odd')));
    expect(summary.added).to.equal(added.length);
    const back = await set.compare(second.generation.name, first.generation.name);
    expect(bytesOf(back.items.filter((item) => item.change === 'Removed'))).to.deep.equal(bytesOf(added));
  });

  it('may form paths beyond PATH_MAX', async function () {
    requires(this, 'linux');
    const { set, source } = fixture();
    buildBeyondPathMax(source);
    const first = await set.run();
    expect(first.generation).to.include({ state: 'Complete', files: 1, failed: 0 });
    expectMirror(source, set.at(first.generation, 'source'));
    const second = await set.run();
    expect(second.generation).to.include({ state: 'Complete', linkedFiles: 1, copiedFiles: 0 });
    const [result] = await set.remove([first.generation.name]);
    expect(result?.action).to.equal('Remove');
    expectMirror(source, set.at(second.generation, 'source'));
  });
});
