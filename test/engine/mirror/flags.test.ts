import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { useFixture } from '../../support/fixture.ts';
import { expectMirror } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import type { Generation } from '../../support/wire.ts';
import { buildTree } from '../../support/tree-everything.ts';

function chattr(flag: string, ...paths: string[]): void {
  execFileSync('chattr', [flag, ...paths]);
}

function expectFlagsLost({ fidelityLosses }: Generation): void {
  expect(fidelityLosses).to.have.length(1);
  const [{ examples, ...loss }] = fidelityLosses;
  expect(loss).to.include({ kind: 'FileFlags', cause: 'Design', items: 3 });
  expect(loss.native).to.equal(undefined);
  expect([...examples].sort()).to.deep.equal(['source/fixed', 'source/folder', 'source/log']);
}

describe('immutable and append-only files', () => {
  const fixture = useFixture();

  it('are mirrored; the flag is a loss that is counted, for it would forbid links and removal', async function () {
    requires(this, 'root', 'tool:chattr');
    const { set, source } = fixture();
    buildTree(source, { fixed: 'fixed', log: 'log', plain: 'plain', folder: { inside: 'inside' } });
    chattr('+i', `${source}/fixed`, `${source}/folder`);
    chattr('+a', `${source}/log`);
    try {
      const first = await set.run();
      expect(first.generation.state).to.equal('Complete');
      expectFlagsLost(first.generation);
      expectMirror(source, set.at(first.generation, 'source'));
      const second = await set.run();
      expect(second.generation).to.include({ state: 'Complete', linkedFiles: 4, copiedFiles: 0 });
      expectFlagsLost(second.generation);
      const [result] = await set.remove([first.generation.name]);
      expect(result?.action).to.equal('Remove');
      expectMirror(source, set.at(second.generation, 'source'));
    } finally {
      chattr('-i', `${source}/fixed`, `${source}/folder`);
      chattr('-a', `${source}/log`);
    }
  });

  it('in an old generation keep neither the next run nor the other removals from working', async function () {
    requires(this, 'root', 'tool:chattr');
    const { set, source } = fixture();
    buildTree(source, { fixed: 'fixed', plain: 'plain' });
    const first = await set.run();
    const path = set.at(first.generation, 'source', 'fixed');
    chattr('+i', path);
    try {
      const second = await set.run();
      expect(second.generation).to.include({ state: 'Complete', linkFallbacks: 1, linkedFiles: 1, copiedFiles: 1 });
      expectMirror(source, set.at(second.generation, 'source'));
    } finally {
      chattr('-i', path);
    }
  });
});
