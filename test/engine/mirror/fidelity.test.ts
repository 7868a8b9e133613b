import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { richAcl, setAcl } from '../../support/acl.ts';
import { withEngine, type BackupSet, type Run } from '../../support/backup-set.ts';
import { useFixture } from '../../support/fixture.ts';
import { posix } from '../../support/posix.ts';
import { requires, skip } from '../../support/requires.ts';
import { straceCommand } from '../../support/strace.ts';
import { buildTree } from '../../support/tree-everything.ts';
import type { FidelityLoss, Generation } from '../../support/wire.ts';

const NOBODY = 65_534;
const PLAIN_USER = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
/** A destination that has neither attributes nor ACLs says this when they are set. */
const WITHOUT_ATTRIBUTES = straceCommand([{ calls: ['fsetxattr', 'lsetxattr'], error: 'EOPNOTSUPP' }]);
const UNREADABLE_ATTRIBUTES = straceCommand([{ calls: ['fgetxattr', 'lgetxattr'], error: 'EIO' }]);

interface LogLine {
  kind: string;
  path: string;
  fidelityLosses?: { kind: string; cause: string }[];
}

describe('what cannot be kept', () => {
  const fixture = useFixture();

  function run(through: string[], options = {}): Promise<Run> {
    const { set, sandbox } = fixture();
    return withEngine({ through, environment: { HOME: sandbox.root } }, (engine) => set.through(engine).run(options));
  }

  /** Kind, cause and number of items of each loss. */
  function brief(losses: readonly FidelityLoss[]): string[] {
    return losses.map(({ kind, cause, items }) => `${kind} ${cause} ${items}`);
  }

  function logOf(set: BackupSet, generation: Generation): LogLine[] {
    const file = join(set.path, '.mirrorbackup/logs', `${generation.name}.jsonl`);
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    return lines.map((line) => JSON.parse(line) as LogLine).filter(({ kind }) => kind === 'loss');
  }

  function giveToNobody(): void {
    const { set, source, sandbox } = fixture();
    chmodSync(sandbox.root, 0o755);
    for (const path of [set.path, source]) chownSync(path, NOBODY, NOBODY);
  }

  it('because the account may not is told by kind, with the system’s reason, on the generation and on each item', async function () {
    requires(this, 'root', 'tool:setpriv');
    const { source } = fixture();
    buildTree(source, { foreign: 'x', program: 'p', folder: { inside: 'y' } });
    giveToNobody();
    chmodSync(`${source}/program`, 0o4755);
    symlinkSync('foreign', `${source}/pointer`);
    linkSync(`${source}/foreign`, `${source}/second`);
    const { generation, items } = await run(PLAIN_USER);
    expect(generation.state).to.equal('Complete');
    expect(brief(generation.fidelityLosses)).to.deep.equal(['Owner Privilege 6', 'Permissions Privilege 1']);
    const [owner, permissions] = generation.fidelityLosses;
    expect(owner?.reason).to.match(/may not.*EPERM/);
    expect(owner?.native).to.include({ code: 1, name: 'EPERM' });
    expect(owner?.examples).to.have.length(5);
    expect(permissions?.examples).to.deep.equal(['source/program']);
    const ofItem = (path: string): string[] =>
      (items.find((item) => item.path === path)?.fidelityLosses ?? []).map(({ kind, cause }) => `${kind} ${cause}`);
    expect(ofItem('source/program')).to.deep.equal(['Owner Privilege', 'Permissions Privilege']);
    for (const path of ['foreign', 'second', 'pointer', 'folder', 'folder/inside'])
      expect(ofItem(`source/${path}`), path).to.deep.equal(['Owner Privilege']);
    expect(ofItem('source')).to.deep.equal([]);
  });

  it('stays known, with its reason, while the file is linked, whoever makes the next generations', async function () {
    requires(this, 'root', 'tool:setpriv');
    const { set, source } = fixture();
    buildTree(source, { foreign: 'x', mine: 'm', folder: { inside: 'y' } });
    giveToNobody();
    chownSync(`${source}/mine`, NOBODY, NOBODY);
    const first = await run(PLAIN_USER, { workers: 2 });
    expect(brief(first.generation.fidelityLosses)).to.deep.equal(['Owner Privilege 3']);
    // Folders are made anew each time, and root may give them their owner.
    const second = await set.run();
    expect(second.generation).to.include({ linkedFiles: 3, copiedFiles: 0 });
    expect(brief(second.generation.fidelityLosses)).to.deep.equal(['Owner Privilege 2']);
    const third = await set.run({ workers: 2 });
    expect(third.generation.fidelityLosses[0]?.native?.name).to.equal('EPERM');
    for (const { generation } of [first, second, third]) {
      const listed = (await set.list({ name: generation.name }))[0];
      expect(listed?.fidelityLosses).to.deep.equal(generation.fidelityLosses);
      const [loss] = generation.fidelityLosses;
      const paths = logOf(set, generation).map(({ path }) => path);
      expect(paths).to.have.length(loss?.items ?? 0);
      expect(paths).to.include.members(loss?.examples ?? ['missing']);
    }
    // A change makes a fresh copy, which root keeps whole.
    writeFileSync(`${source}/foreign`, 'changed');
    const { generation } = await set.run();
    expect(brief(generation.fidelityLosses)).to.deep.equal(['Owner Privilege 1']);
    expect(generation.fidelityLosses[0]?.examples).to.deep.equal(['source/folder/inside']);
  });

  it('because the destination has no attributes or ACLs is told apart from what the account may not', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source } = fixture();
    buildTree(source, { both: 'b', plain: 'p', folder: { inside: 'i' } });
    posix.setXattr(Buffer.from(`${source}/both`), 'user.note', Buffer.from('n'));
    setAcl(Buffer.from(`${source}/both`), 'access', richAcl());
    setAcl(Buffer.from(`${source}/folder`), 'default', richAcl());
    const { generation, items } = await run(WITHOUT_ATTRIBUTES);
    expect(brief(generation.fidelityLosses)).to.deep.equal([
      'AccessControlList Destination 2',
      'ExtendedAttributes Destination 1',
    ]);
    for (const { native, reason } of generation.fidelityLosses) {
      expect(native?.name).to.equal('ENOTSUP');
      expect(reason).to.match(/file system of the destination/);
    }
    const lossy = items.filter(({ fidelityLosses }) => fidelityLosses !== undefined).map(({ path }) => path);
    expect(lossy.sort()).to.deep.equal(['source/both', 'source/folder']);
    // Nothing has changed in the source: what was lost is not copied again and again.
    const next = await set.run();
    expect(next.generation).to.include({ copiedFiles: 0, metadataChanged: 0 });
    expect(brief(next.generation.fidelityLosses)).to.deep.equal([
      'AccessControlList Destination 1',
      'ExtendedAttributes Destination 1',
    ]);
  });

  it('because it does not fit is a matter of the destination', async function () {
    requires(this, 'root', 'tool:mount');
    const { set, source } = fixture();
    mkdirSync(source);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', source]);
    buildTree(source, { large: 'l' });
    try {
      posix.setXattr(Buffer.from(`${source}/large`), 'user.large', Buffer.alloc(40_000, 'x'));
    } catch {
      skip(this, 'tmpfs holds no attribute of 40 kB here');
    }
    const { generation } = await set.run();
    expect(brief(generation.fidelityLosses)).to.deep.equal(['ExtendedAttributes Destination 1']);
    expect(generation.fidelityLosses[0]?.native?.name).to.be.oneOf(['ENOSPC', 'E2BIG']);
  });

  it('because it cannot be read is a matter of the source', async function () {
    requires(this, 'root', 'tool:strace');
    const { source } = fixture();
    buildTree(source, { noted: 'n' });
    posix.setXattr(Buffer.from(`${source}/noted`), 'user.note', Buffer.from('n'));
    const { generation } = await run(UNREADABLE_ATTRIBUTES);
    expect(brief(generation.fidelityLosses)).to.deep.equal(['ExtendedAttributes Source 1']);
    expect(generation.fidelityLosses[0]?.native?.name).to.equal('EIO');
  });

  it('of an item carried from the last generation is told again', async function () {
    requires(this, 'root', 'tool:setpriv');
    const { set, source } = fixture();
    buildTree(source, { folder: { inside: 'y' } });
    giveToNobody();
    const first = await run(PLAIN_USER);
    expect(brief(first.generation.fidelityLosses)).to.deep.equal(['Owner Privilege 2']);
    chmodSync(`${source}/folder`, 0o700);
    const { generation } = await run(PLAIN_USER);
    expect(generation).to.include({ state: 'Partial', stale: 1 });
    expect(brief(generation.fidelityLosses)).to.deep.equal(['Owner Privilege 2']);
    expect(
      logOf(set, generation)
        .map(({ path }) => path)
        .sort(),
    ).to.deep.equal(['source/folder', 'source/folder/inside']);
  });

  it('is counted, however many items there are; the paths of a few are kept', async function () {
    requires(this, 'root', 'tool:setpriv');
    const { set, source } = fixture();
    const names = Array.from({ length: 700 }, (_, i) => `f${i}`);
    buildTree(source, Object.fromEntries(names.map((name) => [name, ''])));
    giveToNobody();
    const { generation } = await run(PLAIN_USER, { workers: 3, outputItem: false });
    expect(brief(generation.fidelityLosses)).to.deep.equal(['Owner Privilege 700']);
    expect(generation.fidelityLosses[0]?.examples).to.have.length(5);
    expect(logOf(set, generation)).to.have.length(700);
  });
});
