import { expect } from 'chai';
import { chmodSync, chownSync } from 'node:fs';
import { richAcl, setAcl } from '../../support/acl.ts';
import { withEngine } from '../../support/backup-set.ts';
import { useFixture } from '../../support/fixture.ts';
import { expectMirror } from '../../support/oracle-mirror.ts';
import { requires } from '../../support/requires.ts';
import { buildEverything } from '../../support/tree-everything.ts';

describe('a set in a folder that hands things down', () => {
  const fixture = useFixture();

  async function expectExactTwice(): Promise<void> {
    const { set, source } = fixture();
    buildEverything(source);
    for (let run = 0; run < 2; run++) {
      const { generation } = await set.run();
      expect(generation.state).to.equal('Complete');
      expectMirror(source, set.at(generation, 'source'));
    }
  }

  it('a default ACL: no item gets it', async function () {
    requires(this, 'root');
    const { set } = fixture();
    setAcl(Buffer.from(set.path), 'default', richAcl());
    await expectExactTwice();
  });

  it('the set-group-ID bit: no item gets the group', async function () {
    requires(this, 'root');
    const { set } = fixture();
    chownSync(set.path, 0, 1234);
    chmodSync(set.path, 0o2775);
    await expectExactTwice();
  });

  it('both, and a source that hands things down to its own folders', async function () {
    requires(this, 'root');
    const { set, source } = fixture();
    chownSync(set.path, 0, 1234);
    chmodSync(set.path, 0o2775);
    setAcl(Buffer.from(set.path), 'default', richAcl());
    buildEverything(source);
    chownSync(source, 0, 4321);
    chmodSync(source, 0o2770);
    setAcl(Buffer.from(source), 'default', richAcl(9));
    for (let run = 0; run < 2; run++) {
      const { generation } = await set.run();
      expectMirror(source, set.at(generation, 'source'));
    }
  });

  it('a process whose umask forbids everything mirrors the same', async function () {
    requires(this, 'root');
    const { set, source } = fixture();
    buildEverything(source);
    const through = ['sh', '-c', 'umask 0777; exec "$@"', 'sh'];
    const { generation } = await withEngine({ through }, (engine) => set.through(engine).run());
    expect(generation.state).to.equal('Complete');
    expectMirror(source, set.at(generation, 'source'));
  });
});
