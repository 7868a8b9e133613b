import { expect } from 'chai';
import { linkSync, writeFileSync } from 'node:fs';
import { withEngine } from '../../support/backup-set.ts';
import type { Run } from '../../support/backup-set.ts';
import { rewriteInPlace } from '../../support/edit.ts';
import { sleep, useFixture } from '../../support/fixture.ts';
import { listTree } from '../../support/listing.ts';
import { expectMirror } from '../../support/oracle-mirror.ts';
import { sharedPaths } from '../../support/oracle-rsync.ts';
import { requires } from '../../support/requires.ts';
import { straceCommand } from '../../support/strace.ts';
import type { Fault } from '../../support/strace.ts';
import { buildTree } from '../../support/tree-everything.ts';

describe('an item that cannot be read', () => {
  const fixture = useFixture();

  async function runWith(fault: Fault, paths: string[]): Promise<Run> {
    const { set } = fixture();
    return withEngine({ through: straceCommand([fault], paths) }, (engine) => set.through(engine).run());
  }

  const faults: { what: string; fault: Fault; names: (source: string) => string[] }[] = [
    { what: 'open: EIO', fault: { calls: ['openat'], error: 'EIO' }, names: () => ['victim'] },
    { what: 'open: EACCES', fault: { calls: ['openat'], error: 'EACCES' }, names: () => ['victim'] },
    {
      what: 'read: EIO',
      fault: { calls: ['read', 'pread64', 'copy_file_range'], error: 'EIO' },
      names: (source) => [`${source}/folder/victim`],
    },
  ];

  for (const { what, fault, names } of faults) {
    it(`${what}: carried stale from the base, the generation is Partial`, async function () {
      requires(this, 'root', 'tool:strace');
      const { set, source } = fixture();
      buildTree(source, { folder: { victim: 'before', other: 'other' }, last: 'last' });
      const first = await set.run();
      rewriteInPlace(`${source}/folder/victim`, 'after it');
      const { generation, errors, items } = await runWith(fault, names(source));
      expect(generation).to.include({ state: 'Partial', failed: 1, stale: 1, removed: 0, base: first.generation.name });
      expect(errors).to.have.length(1);
      expect(errors[0]).to.include({ path: 'source/folder/victim' });
      expect(errors[0]?.id).to.equal(what.includes('EACCES') ? 'ItemUnreadable' : 'ItemIOError');
      expect(errors[0]?.native?.name).to.equal(fault.error);
      expect(items.find((item) => item.path === 'source/folder/victim')?.action).to.be.oneOf(['Carried', undefined]);
      const shared = sharedPaths(set.at(first.generation, 'source'), set.at(generation, 'source'));
      expect(shared).to.deep.equal(['folder/other', 'folder/victim', 'last']);
      const next = await set.run();
      expect(next.generation).to.include({ state: 'Complete', copiedFiles: 1, stale: 0 });
      expectMirror(source, set.at(next.generation, 'source'));
    });
  }

  it('and is in no base is left out, counted and reported', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildTree(source, { folder: { victim: 'new', other: 'other' } });
    const { generation, errors } = await runWith({ calls: ['openat'], error: 'EIO' }, ['victim']);
    expect(generation).to.include({ state: 'Partial', failed: 1, stale: 0, files: 1 });
    expect(errors.map((error) => error.path)).to.deep.equal(['source/folder/victim']);
    expect([...listTree(set.at(generation, 'source')).keys()]).to.deep.equal(['', 'folder', 'folder/other']);
  });

  it('a directory that cannot be listed carries all that the base has below it', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildTree(source, { folder: { a: 'a', inner: { b: 'b', empty: {} } }, last: 'last' });
    const first = await set.run();
    writeFileSync(`${source}/folder/new`, 'cannot be seen');
    const { generation, errors, items } = await runWith({ calls: ['getdents64'], error: 'EIO' }, [`${source}/folder`]);
    expect(generation).to.include({ state: 'Partial', removed: 0, files: 3 });
    expect(generation.stale).to.be.at.least(2);
    expect(errors.map((error) => error.path)).to.deep.equal(['source/folder']);
    expect(items.filter((item) => item.change === 'Removed')).to.deep.equal([]);
    const shared = sharedPaths(set.at(first.generation, 'source'), set.at(generation, 'source'));
    expect(shared).to.deep.equal(['folder/a', 'folder/inner/b', 'last']);
    expect([...listTree(set.at(generation, 'source')).keys()]).to.include('folder/inner/empty');
    const next = await set.run();
    expectMirror(source, set.at(next.generation, 'source'));
    expect(next.generation).to.include({ state: 'Complete', copiedFiles: 1 });
  });

  for (const other of ['before it', 'last'])
    it(`names of a file that changed meanwhile are one file again after that: ${other}`, async function () {
      requires(this, 'root', 'tool:strace');
      const { set, source } = fixture();
      buildTree(source, { [other]: 'text 1', folder: {} });
      linkSync(`${source}/${other}`, `${source}/folder/name`);
      await set.run();
      rewriteInPlace(`${source}/${other}`, 'text 2');
      // A file that was written just before a run is read again by the next one, which would find it.
      await sleep(2.1);
      const { generation } = await runWith({ calls: ['getdents64'], error: 'EIO' }, [`${source}/folder`]);
      expect(generation).to.include({ state: 'Partial' });
      const next = await set.run();
      expectMirror(source, set.at(next.generation, 'source'));
      expect(next.generation).to.include({ state: 'Complete', copiedBytes: 0 });
    });

  it('a directory that cannot be opened carries its base subtree, too', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildTree(source, { folder: { a: 'a', inner: { b: 'b' } } });
    const first = await set.run();
    const fault: Fault = { calls: ['openat', 'openat2'], error: 'EACCES', when: '1' };
    const { generation, errors } = await runWith(fault, ['source/folder/inner', 'folder/inner', 'inner']);
    expect(generation).to.include({ state: 'Partial', removed: 0, files: 2 });
    expect(errors.map((error) => [error.id, error.path])).to.deep.equal([
      ['DirectoryUnreadable', 'source/folder/inner'],
    ]);
    const shared = sharedPaths(set.at(first.generation, 'source'), set.at(generation, 'source'));
    expect(shared).to.deep.equal(['folder/a', 'folder/inner/b']);
  });
});
