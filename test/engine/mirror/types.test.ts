import { expect } from 'chai';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { useFixture } from '../../support/fixture.ts';
import { expectMirror, expectSameLines, frozen } from '../../support/oracle-mirror.ts';
import { posix } from '../../support/posix.ts';
import { notUnderWine, requires } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';

const KINDS: Record<string, { type: string; make(path: string): void }> = {
  file: { type: 'File', make: (path) => writeFileSync(path, 'text') },
  directory: {
    type: 'Directory',
    make: (path) => {
      mkdirSync(path);
      writeFileSync(`${path}/child`, 'child');
    },
  },
  symlink: { type: 'SymbolicLink', make: (path) => symlinkSync('text', path) },
  fifo: { type: 'Fifo', make: (path) => posix.makeNode(Buffer.from(path), 0o010644) },
  device: { type: 'CharacterDevice', make: (path) => posix.makeNode(Buffer.from(path), 0o020644, 1, 3) },
};

describe('an item that becomes another type', () => {
  const fixture = useFixture();

  it('is TypeChanged, from every type to every other', async function () {
    requires(this, 'root');
    const { set, source } = fixture();
    const pairs = Object.keys(KINDS).flatMap((from) => Object.keys(KINDS).map((to) => ({ from, to })));
    const real = pairs.filter(({ from, to }) => from !== to);
    buildTree(source, {});
    for (const { from, to } of real) KINDS[from]?.make(`${source}/${from}-${to}`);
    const first = await set.run();
    const before = frozen(set.at(first.generation));
    for (const { from, to } of real) {
      rmSync(`${source}/${from}-${to}`, { recursive: true });
      KINDS[to]?.make(`${source}/${from}-${to}`);
    }
    const second = await set.run();
    expectMirror(source, set.at(second.generation, 'source'));
    expectSameLines(frozen(set.at(first.generation)), before, 'the old generation');
    const swapped = second.items.filter((item) => item.change === 'TypeChanged');
    const wanted = real.map(({ from, to }) => [`source/${from}-${to}`, KINDS[to]?.type]);
    expect(swapped.map((item) => [item.path, item.itemType]).sort()).to.deep.equal(wanted.sort());
    expect(second.generation).to.include({ typeChanged: real.length, state: 'Complete' });
    // What stood below a directory is gone, what stands below a new one is added.
    expect(second.generation).to.include({ removed: 4, added: 4 });
  });

  it('does not follow the symlink that replaced a directory', async function () {
    notUnderWine(this, 'it makes no symlinks');
    const { set, source, sandbox } = fixture();
    buildTree(source, { swapped: { child: 'child' } });
    buildTree(sandbox.path('elsewhere'), { child: 'other' });
    const first = await set.run();
    rmSync(`${source}/swapped`, { recursive: true });
    symlinkSync(sandbox.path('elsewhere'), `${source}/swapped`);
    const second = await set.run();
    expectMirror(source, set.at(second.generation, 'source'));
    expect(second.generation).to.include({ files: 0, otherItems: 1 });
    expect(frozen(set.at(first.generation, 'source')).join()).to.include('swapped/child');
  });
});
