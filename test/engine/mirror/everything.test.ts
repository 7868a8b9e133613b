import { expect } from 'chai';
import { mkdirSync } from 'node:fs';
import { useFixture } from '../../support/fixture.ts';
import { listTree } from '../../support/listing.ts';
import { expectMirror } from '../../support/oracle-mirror.ts';
import { expectRsyncFindsNothing, rsyncGeneration, sharedPaths } from '../../support/oracle-rsync.ts';
import { requires } from '../../support/requires.ts';
import { buildEverything } from '../../support/tree-everything.ts';

describe('mirror of everything', () => {
  const fixture = useFixture();

  it('keeps types, data, modes, owners, times, attributes, ACLs and hard links', async function () {
    requires(this, 'root');
    const { set, source } = fixture();
    buildEverything(source);
    const { generation, errors } = await set.run({ workers: 4 });
    expect(errors).to.deep.equal([]);
    expect(generation).to.include({ state: 'Complete', failed: 0, stale: 0, skippedSockets: 1 });
    expect(generation.fidelityLosses).to.deep.equal([]);
    expectMirror(source, set.at(generation, 'source'));
  });

  it('looks the same to rsync', async function () {
    requires(this, 'root', 'tool:rsync');
    const { set, source } = fixture();
    buildEverything(source);
    const { generation } = await set.run();
    expectRsyncFindsNothing(source, set.at(generation, 'source'));
  });

  it('counts what it made', async function () {
    requires(this, 'root');
    const { set, source } = fixture();
    buildEverything(source);
    const { generation } = await set.run();
    const items = [...listTree(source).values()].filter((item) => item.type !== 'socket');
    const files = items.filter((item) => item.type === 'file');
    const directories = items.filter((item) => item.type === 'directory');
    expect(generation.files).to.equal(files.length);
    expect(generation.directories).to.equal(directories.length);
    expect(generation.otherItems).to.equal(items.length - files.length - directories.length);
    expect(generation.added).to.equal(items.length);
    // Further names of a file are links, too.
    expect(generation).to.include({ base: null, linkedFiles: 2, copiedFiles: files.length - 2 });
    expect(generation).to.include({ removed: 0, modified: 0, metadataChanged: 0, typeChanged: 0, renamed: 0 });
  });

  it('links every file, symlink, FIFO and device of an unchanged source', async function () {
    requires(this, 'root');
    const { set, source } = fixture();
    buildEverything(source);
    const first = await set.run();
    const second = await set.run();
    expect(second.generation.base).to.equal(first.generation.name);
    expect(second.generation).to.include({ copiedFiles: 0, copiedBytes: 0, linkedFiles: first.generation.files });
    expect(second.generation).to.include({ added: 0, modified: 0, metadataChanged: 0, removed: 0, renamed: 0 });
    expect(second.items).to.deep.equal([]);
    const shared = sharedPaths(set.at(first.generation, 'source'), set.at(second.generation, 'source'));
    const keepable = [...listTree(source).values()].filter(({ type }) => type !== 'directory' && type !== 'socket');
    expect(shared).to.deep.equal(keepable.map((item) => item.path).sort());
    expectMirror(source, set.at(second.generation, 'source'));
  });

  it('shares what rsync --link-dest shares', async function () {
    requires(this, 'root', 'tool:rsync');
    const { set, source, sandbox } = fixture();
    buildEverything(source);
    const first = await set.run();
    const second = await set.run();
    mkdirSync(sandbox.path('peer'));
    rsyncGeneration(source, sandbox.path('peer/1'), null);
    rsyncGeneration(source, sandbox.path('peer/2'), sandbox.path('peer/1'));
    const shared = sharedPaths(set.at(first.generation, 'source'), set.at(second.generation, 'source'));
    expect(shared).to.deep.equal(sharedPaths(sandbox.path('peer/1'), sandbox.path('peer/2')));
  });
});
