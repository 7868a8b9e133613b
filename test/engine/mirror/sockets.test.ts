import { expect } from 'chai';
import { unlinkSync } from 'node:fs';
import { useFixture } from '../../support/fixture.ts';
import { listTree } from '../../support/listing.ts';
import { posix } from '../../support/posix.ts';
import { requires } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';

describe('sockets', () => {
  const fixture = useFixture();

  it('are skipped and counted; the generation is Complete', async function () {
    requires(this, 'linux');
    const { set, source } = fixture();
    buildTree(source, { a: 'a', run: {} });
    for (const name of ['socket', 'run/socket']) posix.makeNode(Buffer.from(`${source}/${name}`), 0o140777);
    for (let run = 0; run < 2; run++) {
      const { generation, errors } = await set.run();
      expect(generation).to.include({ state: 'Complete', skippedSockets: 2, failed: 0, otherItems: 0 });
      expect(errors).to.deep.equal([]);
      expect([...listTree(set.at(generation, 'source')).keys()]).to.deep.equal(['', 'a', 'run']);
    }
  });

  it('that replaced a file: the file is removed, or of another type', async function () {
    requires(this, 'linux');
    const { set, source } = fixture();
    buildTree(source, { a: 'a', b: 'b' });
    await set.run();
    unlinkSync(`${source}/a`);
    posix.makeNode(Buffer.from(`${source}/a`), 0o140777);
    const { generation } = await set.run();
    expect(generation).to.include({ state: 'Complete', skippedSockets: 1 });
    expect(generation.removed + generation.typeChanged).to.equal(1);
    expect([...listTree(set.at(generation, 'source')).keys()]).to.deep.equal(['', 'b']);
  });
});
