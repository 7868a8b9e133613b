import { expect } from 'chai';
import { chmodSync, chownSync, lstatSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { withEngine, type BackupSet } from '../../support/backup-set.ts';
import { age, rewriteInPlace } from '../../support/edit.ts';
import { useFixture } from '../../support/fixture.ts';
import { damageOf, heal, inodeOf, threeGenerations } from '../../support/heal.ts';
import { requires } from '../../support/requires.ts';
import { buildTree } from '../../support/tree-everything.ts';

const NOBODY = 65_534;

describe('healing owners and modes', () => {
  const fixture = useFixture();
  const at = (set: BackupSet, generation: string | undefined, name: string): string =>
    `${set.path}/${generation}/source/${name}`;

  async function build(owner = 0): Promise<{ set: BackupSet; source: string; names: string[] }> {
    const { set, source } = fixture();
    buildTree(source, { folder: { file: 'good content', other: 'other' } });
    chmodSync(`${source}/folder/file`, 0o640);
    chmodSync(`${source}/folder`, 0o750);
    if (owner !== 0) for (const path of ['folder/file', 'folder']) chownSync(`${source}/${path}`, owner, owner);
    for (const path of ['folder/file', 'folder']) age(`${source}/${path}`);
    return { set, source, names: await threeGenerations(set) };
  }

  it('makes a fresh file of its own content, with all its names', async function () {
    requires(this, 'linux');
    const { set, names } = await build();
    const [first] = names;
    const file = at(set, first, 'folder/file');
    const { ino, mtimeMs } = statSync(file);
    const folderTime = statSync(at(set, first, 'folder')).mtimeMs;
    chmodSync(file, 0o666);
    await set.test({ names: ['*'] });
    expect(damageOf(set).map(({ kind, names: all }) => `${kind} ${all.length}`)).to.deep.equal(['MetadataChanged 3']);
    const [planned] = await heal(set, { whatIf: true });
    expect(planned).to.include({ action: 'Heal', done: false });
    expect(planned?.reason).to.match(/content is whole/u);
    expect(statSync(file).mode & 0o777).to.equal(0o666);
    const [action] = await heal(set);
    expect(action).to.include({ action: 'Heal', done: true });
    expect(new Set(names.map((name) => inodeOf(at(set, name, 'folder/file')))).size).to.equal(1);
    const healed = statSync(file);
    expect(healed.ino).not.to.equal(ino);
    expect(healed.mode & 0o777).to.equal(0o640);
    expect(healed.mtimeMs).to.equal(mtimeMs);
    expect(statSync(at(set, first, 'folder')).mtimeMs).to.equal(folderTime);
    expect(damageOf(set)).to.deep.equal([]);
    expect((await set.test({ names: ['*'], content: true })).summary.isGood).to.equal(true);
    expect((await set.run()).generation).to.include({ copiedFiles: 0, linkedFiles: 2 });
  });

  it('takes content from elsewhere where its own is damaged, too', async function () {
    requires(this, 'linux');
    const { set, names } = await build();
    const file = at(set, names[0], 'folder/file');
    rewriteInPlace(file, 'GOOD', true);
    chmodSync(file, 0o600);
    await set.test({ names: ['*'], content: true });
    expect(
      damageOf(set)
        .map(({ kind }) => kind)
        .sort(),
    ).to.deep.equal(['ContentDamaged', 'MetadataChanged']);
    const actions = await heal(set);
    expect(actions.map(({ action, done }) => `${action} ${done}`).sort()).to.deep.equal(['Forget true', 'Heal true']);
    expect(readFileSync(file, 'utf8')).to.equal('good content');
    expect(statSync(file).mode & 0o777).to.equal(0o640);
    expect((await set.test({ names: ['*'], content: true })).summary.isGood).to.equal(true);
  });

  it('gives folders theirs where they are, also those nobody may open', async function () {
    requires(this, 'root');
    const { set, names } = await build(1234);
    const folder = at(set, names[1], 'folder');
    const { ino, mtimeMs } = statSync(folder);
    chownSync(folder, 4321, 0);
    chmodSync(folder, 0);
    await set.test({ names: ['*'] });
    const planned = await heal(set, { whatIf: true });
    expect(planned.map(({ action, done }) => `${action} ${done}`)).to.deep.equal(['Heal false']);
    expect(statSync(folder).uid).to.equal(4321);
    const [action] = await heal(set);
    expect(action).to.include({ action: 'Heal', done: true });
    const healed = lstatSync(folder);
    expect(healed).to.include({ ino, mtimeMs, uid: 1234, gid: 1234 });
    expect(healed.mode & 0o7777).to.equal(0o750);
    expect((await set.test({ names: ['*'], content: true })).summary.isGood).to.equal(true);
    expect(await heal(set)).to.deep.equal([]);
  });

  it('leaves a file alone where the rights to give it its owner are lacking, and says so', async function () {
    requires(this, 'root', 'tool:setpriv');
    const { set, names } = await build(1234);
    const { sandbox } = fixture();
    const file = at(set, names[0], 'folder/file');
    chownSync(file, NOBODY, NOBODY);
    await set.test({ names: ['*'] });
    chmodSync(sandbox.root, 0o755);
    give(set.path, names);
    const { ino } = statSync(file);
    const through = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
    const actions = await withEngine({ through, environment: { HOME: sandbox.root } }, (engine) =>
      heal(set.through(engine)),
    );
    expect(actions.map(({ action, done }) => `${action} ${done}`)).to.deep.equal(['Heal false']);
    expect(actions[0]?.reason).to.match(/EPERM/u);
    expect(statSync(file).ino).to.equal(ino);
    expect(damageOf(set)).to.have.length(1);
    expect(readdirSync(`${set.path}/.mirrorbackup/work`)).to.deep.equal([]);
  });

  /** The set's own folders, and folders of generations, but no file in them. */
  function give(set: string, names: readonly string[]): void {
    const own = readdirSync(`${set}/.mirrorbackup`, { recursive: true, encoding: 'utf8' });
    const folders = names.flatMap((name) => [name, `${name}/source`, `${name}/source/folder`]);
    for (const path of ['', '.mirrorbackup', ...own.map((name) => `.mirrorbackup/${name}`), ...folders])
      chownSync(`${set}/${path}`, NOBODY, NOBODY);
  }
});
