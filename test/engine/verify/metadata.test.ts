import { expect } from 'chai';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { BackupSet, withEngine, type Run } from '../../support/backup-set.ts';
import { age, rewriteInPlace } from '../../support/edit.ts';
import { useFixture } from '../../support/fixture.ts';
import { heal } from '../../support/heal.ts';
import { mountImage, remount, unmount } from '../../support/mounts.ts';
import { notUnderWine, requires } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';
import { buildAttributes, buildHardLinks, buildModesOwnersTimes } from '../../support/tree-metadata.ts';
import type { Damage, Generation } from '../../support/wire.ts';

const NOBODY = 65_534;

describe('owners and modes in a test of generations', () => {
  const fixture = useFixture();

  function told(damages: readonly Damage[]): string[] {
    return damages.map(({ kind, path }) => `${kind} ${path}`).sort();
  }

  async function warned({ set }: { set: BackupSet }): Promise<{ generation: Generation; copied: string[] }> {
    const { generation, warnings } = await set.run();
    const copied = warnings.filter(({ id }) => id === 'BaseCopyDamaged').map(({ path }) => path ?? '');
    return { generation, copied };
  }

  it('are compared: a mode that was changed is told, copied afresh, and not linked to', async function () {
    requires(this, 'linux');
    const { set, source } = fixture();
    buildTree(source, { folder: { opened: 'secret', same: 'same' } });
    chmodSync(`${source}/folder/opened`, 0o600);
    await set.run();
    const { generation } = await set.run();
    chmodSync(set.at(generation, 'source/folder/opened'), 0o644);
    const { damages, summary } = await set.test({ names: ['*'], content: true });
    expect(told(damages)).to.deep.equal(['MetadataChanged source/folder/opened']);
    expect(damages[0]).to.include({ expected: 'mode 0600', actual: 'mode 0644' });
    expect(damages[0]?.paths).to.have.length(2);
    expect(summary).to.include({ isGood: false, damaged: 1 });
    const next = await warned({ set });
    expect(next.copied).to.deep.equal(['source/folder/opened']);
    expect(next.generation).to.include({ copiedFiles: 1, linkedFiles: 1, modified: 0, metadataChanged: 0 });
    expect(statSync(set.at(next.generation, 'source/folder/opened')).mode & 0o777).to.equal(0o600);
    expect((await set.test()).summary.isGood).to.equal(true);
  });

  it('are on Windows the attribute that makes a file read-only', async () => {
    const { set, source } = fixture();
    buildTree(source, { folder: { closed: 'a', same: 'b' } });
    const { generation } = await set.run();
    const before = statSync(set.at(generation, 'source/folder/closed')).mode;
    chmodSync(set.at(generation, 'source/folder/closed'), 0o444);
    const { damages } = await set.test({ content: true });
    expect(told(damages)).to.deep.equal(['MetadataChanged source/folder/closed']);
    if (process.platform === 'win32')
      expect(damages[0]).to.include({ expected: 'attributes none', actual: 'attributes ReadOnly' });
    const next = await warned({ set });
    expect(next.copied).to.deep.equal(['source/folder/closed']);
    const [action] = await heal(set);
    expect(action).to.include({ action: 'Heal', done: true });
    expect(statSync(set.at(generation, 'source/folder/closed')).mode).to.equal(before);
    expect((await set.test({ names: ['*'], content: true })).summary.isGood).to.equal(true);
    expect((await set.run()).generation).to.include({ copiedFiles: 0, linkedFiles: 2 });
  });

  it('of a read-only folder are given back', async function () {
    notUnderWine(this, 'it has no read-only folders');
    const { set, source } = fixture();
    buildTree(source, { folder: { a: 'a' } });
    const { generation } = await set.run();
    const folder = set.at(generation, 'source/folder');
    const { mode, mtimeMs } = statSync(folder);
    chmodSync(folder, 0o555);
    expect(told((await set.test()).damages)).to.deep.equal(['MetadataChanged source/folder']);
    const [action] = await heal(set);
    expect(action).to.include({ action: 'Heal', done: true });
    expect(statSync(folder)).to.include({ mode, mtimeMs });
    expect((await set.test({ content: true })).summary.isGood).to.equal(true);
  });

  it('are looked at by a run that nobody has told of them', async function () {
    requires(this, 'root');
    const { set, source } = fixture();
    buildTree(source, { mode: 'a', owner: 'b', group: 'c', same: 'd' });
    symlinkSync('same', `${source}/link`);
    const { generation } = await set.run();
    const at = (name: string): string => set.at(generation, 'source', name);
    chmodSync(at('mode'), 0o4755);
    chownSync(at('owner'), 1234, 0);
    chownSync(at('group'), 0, 1234);
    lchownSync(at('link'), 1234, 0);
    const next = await warned({ set });
    expect(next.copied.sort()).to.deep.equal(['source/group', 'source/link', 'source/mode', 'source/owner']);
    expect(next.generation).to.include({ copiedFiles: 3, linkedFiles: 1 });
    for (const name of ['mode', 'owner', 'group', 'link']) {
      const { mode, uid, gid } = lstatSync(set.at(next.generation, 'source', name));
      const original = lstatSync(join(source, name));
      expect({ mode, uid, gid }).to.deep.equal({ mode: original.mode, uid: original.uid, gid: original.gid });
    }
    const again = await warned({ set });
    expect(again.copied).to.deep.equal([]);
    expect(again.generation).to.include({ copiedFiles: 0, linkedFiles: 4 });
  });

  it('of folders are compared, too', async function () {
    requires(this, 'root');
    const { set, source } = fixture();
    buildTree(source, { folder: { deep: { a: 'a' }, b: 'b' }, empty: {} });
    const { generation } = await set.run();
    chmodSync(set.at(generation, 'source/folder/deep'), 0o700);
    chownSync(set.at(generation, 'source/empty'), 1234, 4321);
    chmodSync(set.at(generation, 'source'), 0o777);
    for (const workers of [1, 4]) {
      const { damages } = await set.test({ workers });
      expect(told(damages)).to.deep.equal([
        'MetadataChanged source',
        'MetadataChanged source/empty',
        'MetadataChanged source/folder/deep',
      ]);
      const empty = damages.find(({ path }) => path === 'source/empty');
      expect(empty).to.include({ expected: 'owner 0, group 0', actual: 'owner 1234, group 4321' });
    }
    const next = await warned({ set });
    expect(next.generation).to.include({ copiedFiles: 0 });
    expect((await set.test()).summary.isGood).to.equal(true);
  });

  it('do not hide damage to the content', async function () {
    requires(this, 'linux');
    const { set, source } = fixture();
    buildTree(source, { victim: 'good content' });
    age(`${source}/victim`);
    const { generation } = await set.run();
    const victim = set.at(generation, 'source/victim');
    rewriteInPlace(victim, 'gOod', true);
    const mode = statSync(victim).mode & 0o777;
    chmodSync(victim, 0o777);
    const both = ['ContentDamaged source/victim', 'MetadataChanged source/victim'];
    expect(told((await set.test({ content: true })).damages)).to.deep.equal(both);
    // What is known of the content is not forgotten by a test that reads none.
    await set.test();
    chmodSync(victim, mode);
    await set.test();
    expect((await set.run()).generation).to.include({ copiedFiles: 1 });
  });

  it('of every kind raise no alarm where nobody changed them', async function () {
    requires(this, 'root');
    const { set, source } = fixture();
    mkdirSync(source);
    buildModesOwnersTimes(join(source, 'modes'));
    buildAttributes(join(source, 'attributes'));
    buildHardLinks(join(source, 'links'));
    mkdirSync(join(source, 'shared'));
    chownSync(join(source, 'shared'), 0, 1234);
    chmodSync(join(source, 'shared'), 0o2775);
    writeFileSync(join(source, 'shared/file'), 'of the group');
    // A set that gives its group to all that is made in it.
    chownSync(set.path, 0, 4321);
    chmodSync(set.path, 0o2775);
    for (let run = 0; run < 3; run++) expect((await warned({ set })).copied).to.deep.equal([]);
    expect(told((await set.test({ names: ['*'], content: true })).damages)).to.deep.equal([]);
  });

  it('are not compared where a mounted file system was left out, or a folder could not be read', async function () {
    requires(this, 'image:ext4', 'tool:setpriv');
    const { set, source, sandbox } = fixture();
    buildTree(source, { other: {}, closed: { inside: 'x' }, open: 'y' });
    mountImage(sandbox.path('image'), `${source}/other`, 'ext4');
    chmodSync(`${source}/other`, 0o705);
    chmodSync(`${source}/closed`, 0o700);
    const through = asNobody(sandbox.root, set.path);
    await withEngine(through, async (engine) => {
      const own = set.through(engine);
      await own.run({ crossMount: false });
      await own.run({ crossMount: false });
      expect(told((await own.test({ names: ['*'], content: true })).damages)).to.deep.equal([]);
    });
    await set.run({ crossMount: false });
    expect(told((await set.test({ content: true })).damages)).to.deep.equal([]);
  });

  it('that an ordinary user could not give are neither told nor copied again, also by root', async function () {
    requires(this, 'root', 'tool:setpriv');
    const { set, source, sandbox } = fixture();
    buildTree(source, { foreign: 'a', program: 'b', own: 'c', folder: { d: 'd' } });
    chownSync(`${source}/own`, NOBODY, NOBODY);
    chownSync(`${source}/program`, 1234, 1234);
    chmodSync(`${source}/program`, 0o4755);
    chmodSync(`${source}/folder`, 0o2755);
    await withEngine(asNobody(sandbox.root, set.path), async (engine) => {
      const own = set.through(engine);
      const first = await own.run();
      expect(first.generation.fidelityLosses?.map(({ kind }) => kind)).to.include('Owner');
      const second = await own.run();
      expect(second.generation).to.include({ copiedFiles: 0, linkedFiles: 4 });
      expect(told((await own.test({ names: ['*'], content: true })).damages)).to.deep.equal([]);
      chmodSync(set.at(second.generation, 'source/own'), 0o666);
      expect(told((await own.test()).damages)).to.deep.equal(['MetadataChanged source/own']);
      expect((await own.run()).generation).to.include({ copiedFiles: 1, linkedFiles: 3 });
    });
    expect(told((await set.test({ content: true })).damages)).to.deep.equal([]);
    expect((await set.run()).generation).to.include({ copiedFiles: 0, linkedFiles: 4 });
  });

  function asNobody(home: string, set: string): { through: string[]; environment: Record<string, string> } {
    chmodSync(home, 0o755);
    chownSync(set, NOBODY, NOBODY);
    const through = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
    return { through, environment: { HOME: home } };
  }

  /** Everything of a source, twice, into a set on NTFS. */
  async function onNtfs(
    options: string | undefined,
    work: (set: BackupSet, runs: Run[]) => Promise<void>,
  ): Promise<void> {
    const { sandbox, source, engine } = fixture();
    const image = sandbox.path('ntfs.img');
    const folder = mountImage(image, sandbox.path('ntfs'), 'ntfs', 64);
    if (options !== undefined) {
      unmount(folder);
      remount(image, folder, 'ntfs', options);
    }
    buildTree(source, { a: 'a', secret: 'b', foreign: 'c', folder: { d: 'd' } });
    chmodSync(`${source}/secret`, 0o600);
    chownSync(`${source}/foreign`, 1234, 4321);
    chmodSync(`${source}/folder`, 0o700);
    symlinkSync('a', `${source}/link`);
    linkSync(`${source}/a`, `${source}/folder/twin`);
    const set = new BackupSet(engine, join(folder, 'set'), source);
    await work(set, [await set.run(), await set.run()]);
  }

  it('are told on NTFS that keeps them', async function () {
    requires(this, 'image:ntfs');
    await onNtfs(undefined, async (set, [, second]) => {
      if (!second) throw new Error('there are two');
      expect(second.generation).to.include({ copiedFiles: 0 });
      expect(told((await set.test({ names: ['*'], content: true })).damages)).to.deep.equal([]);
      chmodSync(set.at(second.generation, 'source/secret'), 0o644);
      expect(told((await set.test()).damages)).to.deep.equal(['MetadataChanged source/secret']);
      expect((await warned({ set })).copied).to.deep.equal(['source/secret']);
      expect(told((await set.test()).damages)).to.deep.equal([]);
    });
  });

  for (const options of ['loop', 'loop,uid=1000,gid=1000,umask=022'])
    it(`are lost, and no alarm, on NTFS mounted with ${options}`, async function () {
      requires(this, 'image:ntfs');
      await onNtfs(options, async (set, [first, second]) => {
        const lost = first?.generation.fidelityLosses?.map(({ kind, cause }) => `${kind} ${cause}`);
        expect(lost).to.include.members(['Permissions Destination', 'Owner Destination']);
        expect(second?.generation).to.include({ copiedFiles: 0 });
        expect(told((await set.test({ names: ['*'], content: true })).damages)).to.deep.equal([]);
      });
    });

  it('are no alarm where the same volume is mounted in another way by now', async function () {
    requires(this, 'image:ntfs');
    await onNtfs(undefined, async (set) => {
      const { sandbox } = fixture();
      const folder = sandbox.path('ntfs');
      unmount(folder);
      remount(sandbox.path('ntfs.img'), folder, 'ntfs', 'loop,uid=1000,gid=1000,umask=022');
      expect(told((await set.test({ names: ['*'], content: true })).damages)).to.deep.equal([]);
      expect((await set.run()).generation).to.include({ copiedFiles: 0 });
    });
  });

  it('of a set that cannot be written to are not compared', async function () {
    requires(this, 'image:ext4');
    const { sandbox, source, engine } = fixture();
    const image = sandbox.path('image');
    const folder = mountImage(image, sandbox.path('ext4'), 'ext4', 8);
    buildTree(source, { a: 'a' });
    const set = new BackupSet(engine, join(folder, 'set'), source);
    const { generation } = await set.run();
    chmodSync(set.at(generation, 'source/a'), 0o601);
    unmount(folder);
    remount(image, folder, 'ext4', 'loop,ro');
    expect(told((await set.test({ content: true })).damages)).to.deep.equal([]);
    unmount(folder);
    remount(image, folder, 'ext4');
    expect(told((await set.test({ content: true })).damages)).to.deep.equal(['MetadataChanged source/a']);
  });

  it('leave nothing of what was tried', async function () {
    requires(this, 'linux');
    const { set, source } = fixture();
    buildTree(source, { a: 'a' });
    await set.run();
    const before = lstatSync(set.path).mtimeMs;
    await set.test();
    expect(readdirSync(join(set.path, '.mirrorbackup/work'))).to.deep.equal([]);
    expect(lstatSync(set.path).mtimeMs).to.equal(before);
    expect(existsSync(join(set.path, '.mirrorbackup/damage.json'))).to.equal(false);
    expect(readFileSync(`${source}/a`, 'utf8')).to.equal('a');
  });
});
