import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, readdirSync, readlinkSync, symlinkSync, utimesSync } from 'node:fs';
import type { Restore, RestoreOptions } from '../../support/backup-set.ts';
import { useFixture } from '../../support/fixture.ts';
import { expectSameLines, frozen } from '../../support/oracle-mirror.ts';
import { notUnderWine, requires } from '../../support/requires.ts';
import { buildTree, type Tree } from '../../support/tree-everything.ts';

describe('a restore to where something is', () => {
  const fixture = useFixture();
  let to = '';
  let name = '';

  async function prepare(source: Tree, target: Tree): Promise<void> {
    const { set, source: path, sandbox } = fixture();
    buildTree(path, source);
    name = (await set.run()).generation.name;
    to = buildTree(sandbox.path('to'), target);
  }

  async function restore(options: RestoreOptions): Promise<Restore> {
    const result = await fixture().set.restore({ to, paths: ['source/*'], ...options });
    expect(readdirSync(to).filter((entry) => entry.startsWith('.mirrorbackup'))).to.deep.equal([]);
    return result;
  }

  function read(path: string): string {
    return readFileSync(`${to}/${path}`, 'utf8');
  }

  const actions = ({ items }: Restore): Record<string, string> =>
    Object.fromEntries(items.map(({ path, action }) => [path.slice('source/'.length), action]));

  it('Fail: tells all that exists, and changes nothing', async () => {
    await prepare({ a: 'new a', b: 'new b', c: 'c', folder: { d: 'new d' } }, { a: 'a', b: 'b', folder: { d: 'd' } });
    const before = frozen(to);
    const { refused, errors, items } = await restore({});
    expect(refused?.data).to.include({ id: 'RestoreConflict', category: 'ResourceExists' });
    expect(refused?.message).to.contain('3 items exist');
    expect(errors.map(({ id, path }) => `${id} ${path}`).sort()).to.deep.equal([
      'ItemExists source/a',
      'ItemExists source/b',
      'ItemExists source/folder/d',
    ]);
    expect(items).to.deep.equal([]);
    expectSameLines(frozen(to), before, 'the target');
  });

  it('Fail: folders that exist are merged', async () => {
    await prepare({ folder: { d: 'd' } }, { folder: { other: 'other' } });
    const result = await restore({});
    expect(result.refused).to.equal(undefined);
    expect(actions(result)).to.deep.equal({ folder: 'Merged', 'folder/d': 'Created' });
    expect([read('folder/d'), read('folder/other')]).to.deep.equal(['d', 'other']);
  });

  it('Skip: leaves what exists', async () => {
    await prepare({ a: 'new', b: 'b', folder: { d: 'd' } }, { a: 'old', folder: 'a file' });
    const result = await restore({ conflict: 'Skip' });
    expect(actions(result)).to.deep.equal({ a: 'Skipped', b: 'Created', folder: 'Skipped' });
    expect([read('a'), read('b'), read('folder')]).to.deep.equal(['old', 'b', 'a file']);
    expect(result.summary).to.include({ created: 1, skipped: 2, failed: 0 });
  });

  it('Overwrite: replaces files, links and what is in the place of a folder; gives folders their metadata', async function () {
    notUnderWine(this, 'it makes no symlinks');
    await prepare(
      { a: 'new', b: 'new', link: 'new', folder: { d: 'd' }, merged: { e: 'e' } },
      { a: 'old', folder: 'old', merged: { old: 'old' } },
    );
    const outside = fixture().sandbox.path('outside');
    buildTree(outside, { file: 'theirs' });
    symlinkSync(`${outside}/file`, `${to}/link`);
    symlinkSync(outside, `${to}/b`);
    utimesSync(`${to}/merged`, 1, 1);
    const result = await restore({ conflict: 'Overwrite' });
    expect(actions(result)).to.deep.equal({
      a: 'Overwritten',
      b: 'Overwritten',
      link: 'Overwritten',
      folder: 'Overwritten',
      'folder/d': 'Created',
      merged: 'Merged',
      'merged/e': 'Created',
    });
    expect([read('a'), read('b'), read('link'), read('folder/d')]).to.deep.equal(['new', 'new', 'new', 'd']);
    expect(read('merged/old')).to.equal('old');
    expect(readFileSync(`${outside}/file`, 'utf8')).to.equal('theirs');
    expect(lstatSync(`${to}/merged`).mtimeMs).to.equal(lstatSync(`${fixture().source}/merged`).mtimeMs);
  });

  it('Overwrite: never removes a folder for a file, be it empty', async () => {
    await prepare({ a: 'a', b: 'b' }, { a: { inside: 'inside' } });
    const result = await restore({ conflict: 'Overwrite' });
    expect(result.errors.map(({ id, path }) => `${id} ${path}`)).to.deep.equal(['ItemExists source/a']);
    expect(result.errors[0]?.message).to.contain('a folder is in its place');
    expect(read('a/inside')).to.equal('inside');
    expect(result.summary).to.include({ created: 1, failed: 1 });
  });

  it('KeepBoth: restores beside what exists, under names that say so', async () => {
    await prepare(
      { 'a.txt': 'new', '.profile': 'new', folder: { d: 'd' } },
      { 'a.txt': 'old', '.profile': 'old', folder: 'old' },
    );
    const result = await restore({ conflict: 'KeepBoth' });
    expect(Object.values(actions(result)).sort()).to.deep.equal(['Created', 'KeptBoth', 'KeptBoth', 'KeptBoth']);
    expect([read('a.txt'), read('.profile'), read('folder')]).to.deep.equal(['old', 'old', 'old']);
    expect(read(`a (restored ${name}).txt`)).to.equal('new');
    expect(read(`.profile (restored ${name})`)).to.equal('new');
    expect(read(`folder (restored ${name})/d`)).to.equal('d');
    await restore({ conflict: 'KeepBoth' });
    expect(read(`a (restored ${name} 2).txt`)).to.equal('new');
    expect(read(`folder (restored ${name} 2)/d`)).to.equal('d');
  });

  it('a link to a folder is no folder: nothing goes through it', async function () {
    notUnderWine(this, 'it makes no symlinks');
    await prepare({ folder: { d: 'd' } }, {});
    const outside = buildTree(fixture().sandbox.path('outside'), { file: 'theirs' });
    symlinkSync(outside, `${to}/folder`);
    const before = frozen(outside);
    expect((await restore({})).refused?.data.id).to.equal('RestoreConflict');
    expect(actions(await restore({ conflict: 'Skip' }))).to.deep.equal({ folder: 'Skipped' });
    expect(readlinkSync(`${to}/folder`)).to.equal(outside);
    expect(actions(await restore({ conflict: 'Overwrite' }))).to.deep.equal({
      folder: 'Overwritten',
      'folder/d': 'Created',
    });
    expectSameLines(frozen(outside), before, 'outside');
    expect(read('folder/d')).to.equal('d');
  });

  it('a plan tells what would be done, and writes nothing', async () => {
    await prepare({ a: 'new', b: 'b', folder: { d: 'd' } }, { a: 'old', folder: { d: 'old' } });
    const before = frozen(to);
    const plan = async (conflict: 'Fail' | 'Skip' | 'Overwrite' | 'KeepBoth'): Promise<Record<string, string>> =>
      actions(await restore({ conflict, whatIf: true }));
    expect(await plan('Fail')).to.deep.equal({ a: 'Conflict', b: 'Created', folder: 'Merged', 'folder/d': 'Conflict' });
    expect(await plan('Skip')).to.deep.equal({ a: 'Skipped', b: 'Created', folder: 'Merged', 'folder/d': 'Skipped' });
    expect((await plan('Overwrite'))['a']).to.equal('Overwritten');
    expect((await plan('KeepBoth'))['a']).to.equal('KeptBoth');
    expectSameLines(frozen(to), before, 'the target');
    const nowhere = fixture().sandbox.path('nowhere');
    expect((await restore({ to: nowhere, whatIf: true })).items).to.have.length(4);
    expect(existsSync(nowhere)).to.equal(false);
  });

  it('of two names that are one there, the second is reported', async function () {
    requires(this, 'root', 'tool:mkntfs', 'tool:lowntfs-3g');
    const { set, source, sandbox } = fixture();
    buildTree(source, { A: 'first', a: 'second', Folder: { x: 'x' }, folder: { y: 'y' } });
    await set.run();
    const [image, at] = [sandbox.path('image'), buildTree(sandbox.path('ntfs'), {})];
    for (const [file = '', ...args] of [
      ['truncate', '-s', '32M', image],
      ['mkntfs', '-F', '-Q', image],
      ['lowntfs-3g', image, at, '-o', 'ignore_case'],
    ])
      expect(spawnSync(file, args, { encoding: 'utf8' }).status, file).to.equal(0);
    const { errors } = await set.restore({ to: at, conflict: 'Overwrite' });
    expect(errors.map(({ id, path }) => `${id} ${path}`)).to.deep.equal([
      'ItemExists source/a',
      'ItemExists source/folder',
    ]);
    expect(readFileSync(`${at}/source/a`, 'utf8')).to.equal('first');
  });
});
