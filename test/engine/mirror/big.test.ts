import { expect } from 'chai';
import { mkdirSync, statfsSync } from 'node:fs';
import { useFixture } from '../../support/fixture.ts';
import { expectMirror } from '../../support/oracle-mirror.ts';
import { requires, skip } from '../../support/requires.ts';
import { writeAllocated } from '../../support/tree-special.ts';

const GiB = 1024 ** 3;

describe('big files', () => {
  const fixture = useFixture({ room: 'big' });

  it('a file of more than 4 GiB with every block allocated @slow', async function () {
    requires(this, 'linux');
    this.timeout(300_000);
    const { set, source, sandbox } = fixture();
    const free = statfsSync(sandbox.root);
    if (free.bavail * free.bsize < 12 * GiB) skip(this, 'needs 12 GiB of disk');
    mkdirSync(source);
    writeAllocated(`${source}/big`, 4 * GiB + 12_345);
    const { generation } = await set.run();
    expectMirror(source, set.at(generation, 'source'));
    expect(generation.bytes).to.equal(4 * GiB + 12_345);
  });
});
