import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sleep, useFixture } from '../../support/fixture.ts';
import { expectRecovery, KnownGood } from '../../support/interrupted.ts';
import { buildMany } from '../../support/tree-everything.ts';

const PROGRAM = fileURLToPath(new URL('../../fixtures/mutate-forever.ts', import.meta.url));

describe('a program that works in the source meanwhile @slow', () => {
  const fixture = useFixture();

  /** As many as there is time for, and some on the slowest machine, too. */
  async function rounds(most: number, seconds: number): Promise<void> {
    const { set, source } = fixture();
    buildMany(source, 5, 20, 500);
    const known = new KnownGood(set);
    const program = spawn(process.execPath, [PROGRAM, source, '42'], { stdio: ['pipe', 'ignore', 'inherit'] });
    const ended = new Promise((resolve) => program.once('close', resolve));
    try {
      await sleep(0.3);
      const end = Date.now() + seconds * 1000;
      for (let round = 0; round < most && (round < 3 || Date.now() < end); round++) {
        const { generation, errors } = await set.run({ workers: 2 });
        expect(generation.state).to.be.oneOf(['Complete', 'Partial']);
        expect(generation.state === 'Complete').to.equal(errors.length === 0 && generation.failed === 0);
        const odd = errors.map((error) => error.id).filter((id) => !/^Item|^DirectoryUnreadable/u.test(id));
        expect(odd).to.deep.equal([]);
        known.add(generation.name);
      }
    } finally {
      program.stdin.end();
      await ended;
    }
    await expectRecovery(set, known);
  }

  it('every run ends, and what is kept stays as it is', function () {
    this.timeout(60_000);
    return rounds(5, 10);
  });

  it('every run ends, and what is kept stays as it is, many times @slow', function () {
    this.timeout(180_000);
    return rounds(100, 60);
  });
});
