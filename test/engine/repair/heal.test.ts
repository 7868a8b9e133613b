import { expect } from 'chai';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { lstatSync, readlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { BackupSet, refusal } from '../../support/backup-set.ts';
import { age, rewriteInPlace } from '../../support/edit.ts';
import { useFixture } from '../../support/fixture.ts';
import { damageOf, heal, inodeOf, recordDamage, threeGenerations } from '../../support/heal.ts';
import { expectSameLines, frozen, untouched } from '../../support/oracle-mirror.ts';
import { expectRsyncFindsNothing } from '../../support/oracle-rsync.ts';
import { requires } from '../../support/requires.ts';
import { setTimes } from '../../support/set-times.ts';
import { buildTree } from '../../support/tree-everything.ts';

const WHOLE = 'content that is worth keeping';
const isRoot = process.getuid?.() === 0;

describe('healing a set', () => {
  const fixture = useFixture();
  const at = (set: BackupSet, generation: string | undefined, name: string): string =>
    `${set.path}/${generation}/source/${name}`;

  /** Three generations; `file` has two names in the source, and content that `folder/copy` has, too. */
  async function build(
    tree: Parameters<typeof buildTree>[1] = {},
  ): Promise<{ set: BackupSet; source: string; names: string[] }> {
    const { set, source } = fixture();
    buildTree(source, { folder: { file: WHOLE, other: 'other' }, ...tree });
    chmodSync(`${source}/folder/file`, 0o640);
    if (isRoot) chownSync(`${source}/folder/file`, 1234, 4321);
    for (const path of ['folder/file', 'folder']) age(`${source}/${path}`);
    return { set, source, names: await threeGenerations(set) };
  }

  /** Everything but which inode a file is. */
  const contents = (set: BackupSet, names: string[]): string[][] =>
    names.map((name) => frozen(at(set, name, '')).map((line) => line.replace(/ inode=\d+$/u, '')));

  function spoil(set: BackupSet, names: string[], path = 'folder/file'): void {
    rewriteInPlace(at(set, names[0], path), 'CONTENT', true);
    recordDamage(set, 'ContentDamaged', names, `source/${path}`);
  }

  function expectHealed(set: BackupSet, names: string[], before: string[][], path = 'folder/file'): void {
    expect(new Set(names.map((name) => inodeOf(at(set, name, path)))).size, 'inodes').to.equal(1);
    contents(set, names).forEach((lines, i) => expectSameLines(lines, before[i] ?? [], names[i] ?? ''));
    expect(damageOf(set)).to.deep.equal([]);
    expect(existsSync(`${set.path}/.mirrorbackup/work/heal`)).to.equal(false);
  }

  it('takes another copy in the set, and leaves all else alone', async () => {
    const { set, source, names } = await build({ copy: WHOLE });
    const before = contents(set, names);
    const old = inodeOf(at(set, names[0], 'folder/file'));
    const others = names.map((name) => [inodeOf(at(set, name, 'folder/other')), inodeOf(at(set, name, 'copy'))]);
    spoil(set, names);
    rmSync(`${source}/folder/file`);
    const [action] = await heal(set);
    expect(action).to.include({ kind: 'Damage', action: 'Heal', done: true });
    expect(action?.names).to.have.length(3);
    expect(action?.origin).to.match(/source.copy$/u);
    expectHealed(set, names, before);
    expect(inodeOf(at(set, names[0], 'folder/file'))).not.to.equal(old);
    expect(names.map((name) => [inodeOf(at(set, name, 'folder/other')), inodeOf(at(set, name, 'copy'))])).to.deep.equal(
      others,
    );
    expect(await heal(set)).to.deep.equal([]);
  });

  it('takes the source, and the next run links to what was healed', async () => {
    const { set, source, names } = await build();
    const before = contents(set, names);
    spoil(set, names);
    const [action] = await heal(set);
    expect(action).to.include({ done: true, reason: 'The source still has it.' });
    expectHealed(set, names, before);
    if (process.platform === 'linux' && isRoot) expectRsyncFindsNothing(source, at(set, names[2], ''));
    const { generation, warnings } = await set.run({ snapshot: 'None' });
    expect(generation).to.include({ copiedFiles: 0 });
    expect(warnings.filter(({ id }) => id !== 'ClockNotLater')).to.deep.equal([]);
  });

  it('takes the source although it has other metadata by now', async () => {
    const { set, source, names } = await build();
    const before = contents(set, names);
    spoil(set, names);
    chmodSync(`${source}/folder/file`, 0o600);
    if (isRoot) chownSync(`${source}/folder/file`, 0, 0);
    age(`${source}/folder/file`, 3);
    expect((await heal(set))[0]).to.include({ done: true });
    expectHealed(set, names, before);
  });

  it('takes a second set', async () => {
    const { set, source, names } = await build();
    const before = contents(set, names);
    const second = new BackupSet(set.engine, `${set.path}2`, source);
    mkdirSync(second.path);
    await second.run({ snapshot: 'None' });
    spoil(set, names);
    writeFileSync(`${source}/folder/file`, 'it has gone on');
    expect((await heal(set))[0]).to.include({ done: false, action: 'Heal' });
    expect(damageOf(set)).to.have.length(1);
    const kept = untouched(second.path);
    const [action] = await heal(set, { healFrom: second.path });
    expect(action).to.include({ done: true, reason: 'The other set has it.' });
    expectHealed(set, names, before);
    expectSameLines(untouched(second.path), kept, 'the second set');
  });

  it('does not take what is damaged, too', async () => {
    const { set, source, names } = await build({ copy: WHOLE });
    spoil(set, names);
    rewriteInPlace(at(set, names[0], 'copy'), 'CONTENT', true);
    rewriteInPlace(`${source}/copy`, 'CONTENT', true);
    rewriteInPlace(`${source}/folder/file`, 'CONTENT', true);
    const before = untouched(set.path).filter((line) => !line.includes('.mirrorbackup'));
    const [action] = await heal(set);
    expect(action).to.include({ done: false });
    expect(action?.reason).to.contain('no good copy');
    expect(damageOf(set)[0]?.names).to.have.length(3);
    expectSameLines(
      untouched(set.path).filter((line) => !line.includes('.mirrorbackup')),
      before,
      'the set',
    );
  });

  it('of a file that was cut off', async () => {
    const { set, names } = await build();
    const before = contents(set, names);
    truncateSync(at(set, names[1], 'folder/file'), 3);
    recordDamage(set, 'Altered', names, 'source/folder/file');
    expect((await heal(set))[0]).to.include({ done: true });
    expectHealed(set, names, before);
  });

  it('gives a name that is missing back to the file that has the others', async () => {
    const { set, source, names } = await build();
    const before = contents(set, names);
    const inode = inodeOf(at(set, names[0], 'folder/file'));
    unlinkSync(at(set, names[1], 'folder/file'));
    rmSync(source, { recursive: true });
    recordDamage(set, 'Missing', names.slice(1, 2), 'source/folder/file');
    expect((await heal(set))[0]).to.include({ done: true });
    expectHealed(set, names, before);
    expect(inodeOf(at(set, names[1], 'folder/file'))).to.equal(inode);
  });

  it('forgets what is whole again, and what is gone with its generations', async () => {
    const { set, names } = await build();
    recordDamage(set, 'Unreadable', names, 'source/folder/file');
    recordDamage(set, 'Missing', ['2001-01-01T000000Z'], 'source/folder/file');
    const before = untouched(set.path).filter((line) => !line.includes('.mirrorbackup'));
    expect((await heal(set)).map(({ action, done }) => [action, done])).to.deep.equal([
      ['Forget', true],
      ['Forget', true],
    ]);
    expect(damageOf(set)).to.deep.equal([]);
    expectSameLines(
      untouched(set.path).filter((line) => !line.includes('.mirrorbackup')),
      before,
      'the set',
    );
  });

  it('says what no manifest knows, or has no hash of', async () => {
    const { set, source } = fixture();
    buildTree(source, { file: WHOLE });
    const { generation } = await set.run({ snapshot: 'None', hash: 'None' });
    recordDamage(set, 'Missing', [generation.name], 'source/never there');
    recordDamage(set, 'Missing', [generation.name], '../../../etc/passwd');
    recordDamage(set, 'Missing', [generation.name], 'source/file');
    unlinkSync(at(set, generation.name, 'file'));
    const actions = await heal(set);
    expect(actions.map(({ done }) => done)).to.deep.equal([false, false, false]);
    expect(actions.map(({ reason }) => reason).join()).to.match(/has no such item.*has no such item.*No SHA-256/u);
    expect(damageOf(set)).to.have.length(3);
  });

  it('with whatIf changes nothing and says what would be taken', async () => {
    const { set, names } = await build();
    spoil(set, names);
    const before = untouched(set.path);
    const [action] = await heal(set, { whatIf: true });
    expect(action).to.include({ action: 'Heal', done: false, reason: 'The source still has it.' });
    expect(action?.origin).to.contain('file');
    expectSameLines(untouched(set.path), before, 'the set');
  });

  it('never follows a link that was planted', async function () {
    requires(this, 'linux');
    const { set, names, source } = await build();
    const before = contents(set, names);
    const { atimeNs, mtimeNs } = lstatSync(at(set, names[1], ''), { bigint: true });
    const victim = fixture().sandbox.path('victim');
    mkdirSync(victim);
    writeFileSync(`${victim}/file`, 'mine');
    renameSync(at(set, names[1], 'folder'), `${set.path}/aside`);
    symlinkSync(victim, at(set, names[1], 'folder'));
    unlinkSync(at(set, names[2], 'folder/file'));
    symlinkSync(`${victim}/file`, at(set, names[2], 'folder/file'));
    spoil(set, names);
    const [action] = await heal(set);
    expect(action).to.include({ done: false });
    expect(readFileSync(`${victim}/file`, 'utf8')).to.equal('mine');
    expect(readFileSync(at(set, names[2], 'folder/file'), 'utf8')).to.equal(WHOLE);
    expect(damageOf(set)[0]?.names).to.deep.equal([{ generation: names[1], path: 'source/folder/file' }]);
    unlinkSync(at(set, names[1], 'folder'));
    renameSync(`${set.path}/aside`, at(set, names[1], 'folder'));
    setTimes(Buffer.from(at(set, names[1], '')), atimeNs, mtimeNs);
    rmSync(source, { recursive: true });
    expect((await heal(set))[0]).to.include({ done: true });
    expectHealed(set, names, before);
  });

  it('brings back a symbolic link', async function () {
    requires(this, 'linux');
    const { source } = fixture();
    mkdirSync(source);
    symlinkSync('somewhere/else', `${source}/link`);
    const { set, names } = await build();
    const before = contents(set, names);
    for (const name of names) unlinkSync(at(set, name, 'link'));
    recordDamage(set, 'Missing', names, 'source/link');
    expect((await heal(set))[0]).to.include({ done: true });
    expect(readlinkSync(at(set, names[0], 'link'))).to.equal('somewhere/else');
    expectHealed(set, names, before, 'link');
  });

  it('works for names of many damaged files at once', async () => {
    const tree = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`file${i}`, `content ${i}`]));
    const { set, names } = await build({ many: tree });
    const before = contents(set, names);
    for (let i = 0; i < 40; i++) spoil(set, names, `many/file${i}`);
    expect((await heal(set)).filter(({ done }) => done)).to.have.length(40);
    for (let i = 0; i < 40; i++) expectHealed(set, names, before, `many/file${i}`);
  });

  it('refuses what makes no sense', async () => {
    const { set } = await build();
    for (const params of [{ healFrom: set.path }, { setPath: undefined }, { heal: false, healFrom: '/x' }])
      expect((await refusal(heal(set, params))).data.id).to.equal('InvalidParameter');
    expect((await refusal(heal(set, { healFrom: `${set.path}-not` }))).data.id).to.equal('SetNotFound');
  });
});
