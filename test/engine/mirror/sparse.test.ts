import { expect } from 'chai';
import { lstatSync, mkdirSync } from 'node:fs';
import { useFixture } from '../../support/fixture.ts';
import { expectMirror } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import { writeSparse } from '../../support/tree-special.ts';

const MiB = 1024 * 1024;
const GiB = 1024 * MiB;

describe('sparse files', () => {
  const fixture = useFixture();

  it('holes at the begin, in the middle and at the end stay holes', async function () {
    requires(this, 'linux');
    const { set, source } = fixture();
    mkdirSync(source);
    writeSparse(`${source}/begin`, 8 * MiB, [8 * MiB - 6]);
    writeSparse(`${source}/middle`, 8 * MiB, [0, 3 * MiB, 8 * MiB - 6]);
    writeSparse(`${source}/end`, 8 * MiB, [0]);
    writeSparse(`${source}/all`, 8 * MiB, []);
    writeSparse(`${source}/odd`, 5 * MiB + 4097, [4095, 2 * MiB + 1]);
    const { generation } = await set.run();
    expectMirror(source, set.at(generation, 'source'));
    for (const name of ['begin', 'middle', 'end', 'all', 'odd']) {
      const [from, to] = [lstatSync(`${source}/${name}`), lstatSync(set.at(generation, 'source', name))];
      expect(to.blocks, name).to.be.at.most(from.blocks + 16);
    }
  });

  it('a file of more than 4 GiB that is nearly all hole @slow', async function () {
    requires(this, 'linux');
    this.timeout(300_000);
    const { set, source } = fixture();
    mkdirSync(source);
    const size = 4 * GiB + 64 * MiB + 5;
    writeSparse(`${source}/big`, size, [0, 4 * GiB + MiB, size - 8]);
    const { generation } = await set.run();
    const copy = lstatSync(set.at(generation, 'source', 'big'));
    expect(copy.size).to.equal(size);
    expect(copy.blocks * 512).to.be.below(MiB);
    expect(generation).to.include({ bytes: size, state: 'Complete' });
    expectMirror(source, set.at(generation, 'source'));
    expect((await set.run()).generation).to.include({ linkedFiles: 1, copiedBytes: 0 });
  });
});
