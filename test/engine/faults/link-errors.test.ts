import { expect } from 'chai';
import { withEngine } from '../../support/backup-set.ts';
import { useFixture } from '../../support/fixture.ts';
import { expectMirror, expectSameLines, frozen } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import { straceCommand } from '../../support/strace.ts';
import { buildMany } from '../../support/tree-everything.ts';

describe('a link that fails', () => {
  const fixture = useFixture();

  for (const error of ['EMLINK', 'EPERM', 'EXDEV', 'EIO'] as const) {
    it(`with ${error} becomes a fresh copy that is counted`, async function () {
      requires(this, 'root', 'tool:strace');
      const { set, source } = fixture();
      buildMany(source, 2, 10);
      const first = await set.run();
      const before = frozen(first.generation.path);
      const through = straceCommand([{ calls: ['linkat'], error, when: '5+2' }]);
      await withEngine({ through }, async (engine) => {
        const { generation, items } = await set.through(engine).run({ workers: 1 });
        expect(generation.state).to.equal('Complete');
        expect(generation.linkFallbacks).to.equal(8);
        expect(generation.copiedFiles).to.equal(generation.linkFallbacks);
        expect(generation.linkedFiles).to.equal(20 - generation.linkFallbacks);
        expect(generation).to.include({ modified: 0, metadataChanged: 0, added: 0 });
        expect(items.filter((item) => item.change !== undefined && item.itemType === 'Directory')).to.deep.equal([]);
        expectMirror(source, set.at(generation, 'source'));
      });
      expectSameLines(frozen(first.generation.path), before, 'the base');
    });
  }
});
