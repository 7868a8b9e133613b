import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { BackupSet, refusal, withEngine } from '../../support/backup-set.ts';
import { useFixture } from '../../support/fixture.ts';
import { listTree } from '../../support/listing.ts';
import { mountImage } from '../../support/mounts.ts';
import { expectSameLines, untouched } from '../../support/oracle-mirror.ts';
import { notUnderWine, requires } from '../../support/requires.ts';
import { straceCommand } from '../../support/strace.ts';
import { buildTree } from '../../support/tree-everything.ts';

describe('a destination is refused', () => {
  const fixture = useFixture();

  async function refused(set: BackupSet): Promise<string> {
    const { sandbox } = fixture();
    const before = untouched(sandbox.root);
    const { data } = await refusal(set.run());
    expectSameLines(untouched(sandbox.root), before, 'after the refusal');
    return data.id;
  }

  it('DestinationInsideSource: it lies below the source', async () => {
    const { source, engine } = fixture();
    buildTree(source, { a: 'a', deep: { er: {} } });
    for (const path of [source, `${source}/deep`, `${source}/deep/er`, `${source}/deep/not/there/yet`]) {
      expect(await refused(new BackupSet(engine, path, source)), path).to.equal('DestinationInsideSource');
    }
  });

  it('DestinationInsideSource: through symlinks on either side', async function () {
    notUnderWine(this, 'it makes no symlinks');
    const { source, sandbox, engine } = fixture();
    buildTree(source, { a: 'a', deep: {} });
    symlinkSync(`${source}/deep`, sandbox.path('to-set'));
    symlinkSync(source, sandbox.path('to-source'));
    const id = 'DestinationInsideSource';
    expect(await refused(new BackupSet(engine, sandbox.path('to-set'), source))).to.equal(id);
    expect(await refused(new BackupSet(engine, `${source}/deep`, sandbox.path('to-source')))).to.equal(id);
    expect(await refused(new BackupSet(engine, `${sandbox.path('to-source')}/deep/new`, source))).to.equal(id);
  });

  it('SourceInsideDestination: the source lies below the set', async function () {
    notUnderWine(this, 'it makes no symlinks');
    const { set, sandbox, engine } = fixture();
    buildTree(`${set.path}/mine/source`, { a: 'a' });
    expect(await refused(new BackupSet(engine, set.path, `${set.path}/mine/source`))).to.equal(
      'SourceInsideDestination',
    );
    symlinkSync(`${set.path}/mine`, sandbox.path('link'));
    const linked = new BackupSet(engine, set.path, sandbox.path('link/source'));
    expect(await refused(linked)).to.equal('SourceInsideDestination');
  });

  it('not: a set beside the source whose name begins alike', async () => {
    const { source, engine } = fixture();
    buildTree(source, { a: 'a' });
    const { generation } = await new BackupSet(engine, `${source}-set`, source).run();
    expect(generation.state).to.equal('Complete');
  });

  it('DestinationInsideSource: whatever name of a folder leads there', async function () {
    requires(this, 'root', 'linux');
    const { source, sandbox, engine } = fixture();
    buildTree(source, { a: 'a', deep: {} });
    mkdirSync(sandbox.path('mounted'));
    expect(spawnSync('mount', ['--bind', source, sandbox.path('mounted')]).status).to.equal(0);
    const id = 'DestinationInsideSource';
    expect(await refused(new BackupSet(engine, sandbox.path('mounted/deep/new'), source))).to.equal(id);
    expect(await refused(new BackupSet(engine, `${source}/deep`, sandbox.path('mounted')))).to.equal(id);
  });

  it('PathInvalid: it is not a path of this system', async function () {
    requires(this, 'linux');
    const { source, sandbox, engine } = fixture();
    buildTree(source, { a: 'a' });
    for (const path of ['C:\\set', '\\\\server\\share\\set', `${sandbox.root}/a␛00b`]) {
      expect(await refused(new BackupSet(engine, path, source)), path).to.equal('PathInvalid');
      expect(await refused(new BackupSet(engine, sandbox.path('set'), path)), path).to.equal('PathInvalid');
      const other = new BackupSet(engine, path, source);
      for (const request of [other.list(), other.remove(['2026-01-01T000000Z']), other.compare('2026-01-01T000000Z')])
        expect((await refusal(request)).data.id, path).to.equal('PathInvalid');
    }
  });

  it('DestinationNotDirectory: a file is there', async () => {
    const { set, source, engine } = fixture();
    buildTree(source, { a: 'a' });
    writeFileSync(`${set.path}/file`, 'mine');
    expect(await refused(new BackupSet(engine, `${set.path}/file`, source))).to.equal('DestinationNotDirectory');
    const below = await refused(new BackupSet(engine, `${set.path}/file/below`, source));
    expect(below).to.equal('DestinationNotDirectory');
  });

  it('LinkNotSupported: the file system has no hard links', async function () {
    requires(this, 'image:exfat');
    const { set, source, sandbox } = fixture();
    buildTree(source, { a: 'a' });
    mountImage(sandbox.path('image'), set.path, 'exfat');
    const before = [...listTree(set.path).keys()];
    const { data } = await refusal(set.run());
    expect(data).to.include({ id: 'LinkNotSupported', category: 'ResourceUnavailable' });
    expect(data.native).to.include({ name: 'EPERM', code: 1 });
    expect([...listTree(set.path).keys()]).to.deep.equal(before);
  });

  it('LinkNotSupported: every link() fails', async function () {
    requires(this, 'root', 'tool:strace');
    const { set, source, sandbox } = fixture();
    buildTree(source, { a: 'a' });
    const before = untouched(sandbox.root).map((line) => line.split(':')[0]);
    const through = straceCommand([{ calls: ['link', 'linkat'], error: 'EPERM' }]);
    await withEngine({ through }, async (engine) => {
      const { data } = await refusal(set.through(engine).run());
      expect(data.id).to.equal('LinkNotSupported');
    });
    expect(untouched(sandbox.root).map((line) => line.split(':')[0])).to.deep.equal(before);
  });

  it('DestinationNotWritable: it is read-only, or closed to the user', async function () {
    requires(this, 'root', 'tool:setpriv');
    const { set, source, sandbox } = fixture();
    buildTree(source, { a: 'a' });
    chmodSync(sandbox.root, 0o755);
    const before = untouched(sandbox.root);
    const through = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
    await withEngine({ through }, async (engine) => {
      const { data } = await refusal(set.through(engine).run());
      expect(data).to.include({ id: 'DestinationNotWritable', category: 'PermissionDenied' });
    });
    expectSameLines(untouched(sandbox.root), before, 'after the refusal');
  });

  it('SetFormatNotSupported and SetDamaged: set.json is of the future, or no JSON', async () => {
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    await set.run();
    const path = `${set.path}/.mirrorbackup/set.json`;
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(/("format(?:Version)?":\s*)\d+/u, '$199'));
    expect(await refused(set)).to.equal('SetFormatNotSupported');
    writeFileSync(path, text.slice(0, text.length / 2));
    expect(await refused(set)).to.equal('SetDamaged');
    writeFileSync(path, text);
    expect((await set.run()).generation.state).to.equal('Complete');
  });

  it('SetNotFound: there is nothing to list, remove or compare', async () => {
    const { set, engine, sandbox } = fixture();
    rmSync(set.path, { recursive: true });
    mkdirSync(sandbox.path('no-set'));
    for (const path of [set.path, sandbox.path('no-set')]) {
      const other = new BackupSet(engine, path, sandbox.path('source'));
      const before = untouched(sandbox.root);
      const requests = [other.list(), other.remove(['2026-01-01T000000Z']), other.compare('2026-01-01T000000Z')];
      for (const request of requests) expect((await refusal(request)).data.id).to.equal('SetNotFound');
      expectSameLines(untouched(sandbox.root), before, 'after the refusal');
    }
  });
});
