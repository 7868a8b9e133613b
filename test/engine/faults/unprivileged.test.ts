import { expect } from 'chai';
import { chmodSync, chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { withEngine } from '../../support/backup-set.ts';
import type { Run } from '../../support/backup-set.ts';
import { useFixture } from '../../support/fixture.ts';
import { listTree } from '../../support/listing.ts';
import { expectMirror } from '../../support/oracle-mirror.ts';
import { posix } from '../../support/posix.ts';
import { requires } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';

const NOBODY = 65_534;

describe('an ordinary user', () => {
  const fixture = useFixture();

  function give(path: string): void {
    chownSync(path, NOBODY, NOBODY);
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const child = join(path, entry.name);
      if (entry.isDirectory()) give(child);
      else chownSync(child, NOBODY, NOBODY);
    }
  }

  async function runAsNobody(): Promise<Run> {
    const { set, sandbox } = fixture();
    chmodSync(sandbox.root, 0o755);
    chownSync(set.path, NOBODY, NOBODY);
    const through = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
    return withEngine({ through, environment: { HOME: sandbox.root } }, (engine) => set.through(engine).run());
  }

  it('backs up what is its own without any loss', async function () {
    requires(this, 'root', 'tool:setpriv');
    const { set, source } = fixture();
    buildTree(source, { a: 'a', folder: { b: 'b' }, closed: { c: 'c' } });
    give(source);
    chmodSync(`${source}/folder/b`, 0o400);
    chmodSync(`${source}/closed`, 0o500);
    for (let run = 0; run < 2; run++) {
      const { generation } = await runAsNobody();
      expect(generation.state).to.equal('Complete');
      expect(generation.fidelityLosses).to.deep.equal([]);
      expectMirror(source, set.at(generation, 'source'));
    }
  });

  it('is told which items it cannot read; the rest is kept', async function () {
    requires(this, 'root', 'tool:setpriv');
    const { set, source } = fixture();
    buildTree(source, { open: 'open', secret: 'secret', closed: { inside: 'inside' } });
    give(source);
    chownSync(`${source}/secret`, 0, 0);
    chmodSync(`${source}/secret`, 0o600);
    chownSync(`${source}/closed`, 0, 0);
    chmodSync(`${source}/closed`, 0o700);
    const { generation, errors } = await runAsNobody();
    expect(generation.state).to.equal('Partial');
    expect(errors.map((error) => [error.id, error.path]).sort()).to.deep.equal([
      ['DirectoryUnreadable', 'source/closed'],
      ['ItemUnreadable', 'source/secret'],
    ]);
    expect(errors.every((error) => error.native?.name === 'EACCES')).to.equal(true);
    expect([...listTree(set.at(generation, 'source')).keys()]).to.include('open');
  });

  it('keeps what a directory that is closed to it now held before', async function () {
    requires(this, 'root', 'tool:setpriv');
    const { set, source } = fixture();
    buildTree(source, { folder: { a: 'a', deep: { b: 'b' } }, file: 'c' });
    give(source);
    const first = await runAsNobody();
    chmodSync(`${source}/folder`, 0o000);
    const { generation } = await runAsNobody();
    expect(generation).to.include({ state: 'Partial', removed: 0, files: 3 });
    const kept = [...listTree(set.at(generation, 'source')).keys()];
    expect(kept).to.deep.equal([...listTree(set.at(first.generation, 'source')).keys()]);
  });

  it('loses foreign owners and trusted attributes, which is counted; the generation is Complete', async function () {
    requires(this, 'root', 'tool:setpriv');
    const { set, source } = fixture();
    buildTree(source, { mine: 'mine', foreign: 'foreign' });
    give(source);
    chownSync(`${source}/foreign`, 0, 0);
    chmodSync(`${source}/foreign`, 0o4755);
    posix.setXattr(Buffer.from(`${source}/mine`), 'user.kept', Buffer.from('kept'));
    const { generation } = await runAsNobody();
    expect(generation).to.include({ state: 'Complete', failed: 0 });
    const losses = generation.fidelityLosses.map(({ kind, cause, items, examples }) => [
      kind,
      cause,
      items,
      ...examples,
    ]);
    expect(losses).to.deep.equal([
      ['Owner', 'Privilege', 1, 'source/foreign'],
      ['Permissions', 'Privilege', 1, 'source/foreign'],
    ]);
    const kept = listTree(set.at(generation, 'source'));
    expect(kept.get('foreign')).to.include({ uid: NOBODY });
    // A program of another user must not run as whoever made the backup.
    expect((kept.get('foreign')?.mode ?? 0) & 0o6000).to.equal(0);
    const next = await runAsNobody();
    expect(next.generation).to.include({ copiedFiles: 0, linkedFiles: 2 });
    expect(next.generation.fidelityLosses).to.deep.equal(generation.fidelityLosses);
  });
});
